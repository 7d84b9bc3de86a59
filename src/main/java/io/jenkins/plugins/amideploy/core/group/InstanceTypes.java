package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/** What AWS says of instance types; each is asked for once. */
public final class InstanceTypes {
    /** Most types in one request (Amazon EC2 API Reference, "DescribeInstanceTypes"). */
    private static final int MOST = 100;

    private final AwsSession aws;
    private final Map<String, InstanceTypeInfo> known = new HashMap<>();

    public InstanceTypes(AwsSession aws) {
        this.aws = aws;
    }

    /** What is known of these types, in the order of their names. */
    List<InstanceTypeInfo> of(Collection<String> types) {
        List<String> unknown = new ArrayList<>(new TreeSet<>(types));
        unknown.removeAll(known.keySet());
        for (int from = 0; from < unknown.size(); from += MOST) {
            List<String> some = unknown.subList(from, Math.min(from + MOST, unknown.size()));
            aws.ec2()
                    .describeInstanceTypes(r -> r.instanceTypesWithStrings(some))
                    .instanceTypes()
                    .forEach(type -> known.put(type.instanceTypeAsString(), type));
        }
        return new TreeSet<>(types)
                .stream().filter(known::containsKey).map(known::get).toList();
    }

    /** How many virtual processors an instance of that type has unless it is launched with others. */
    int vcpus(String type) {
        return of(List.of(type)).stream()
                .mapToInt(info -> info.vCpuInfo().defaultVCpus())
                .sum();
    }
}
