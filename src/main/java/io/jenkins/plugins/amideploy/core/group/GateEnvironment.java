package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.model.Filter;

/** What there is to test, as environment variables for the block. */
public final class GateEnvironment {
    /** The most values that a filter of DescribeInstances takes. */
    private static final int MOST_VALUES = 200;

    private GateEnvironment() {}

    /**
     * The instances, their private addresses, and what is in front of them; lists are separated by blanks.
     *
     * @param ids of the instances, in the order in which they are told
     */
    public static Map<String, String> of(AwsSession aws, AutoScalingGroup group, Collection<String> ids) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_DEPLOY_INSTANCE_IDS", String.join(" ", ids));
        environment.put("AMI_DEPLOY_PRIVATE_IPS", String.join(" ", addresses(aws, ids)));
        environment.put("AMI_DEPLOY_LOAD_BALANCERS", String.join(" ", Balancers.classic(group)));
        environment.put(
                "AMI_DEPLOY_TARGET_GROUPS",
                String.join(
                        " ",
                        Balancers.targetGroups(group).stream()
                                .map(Balancers::shortName)
                                .toList()));
        return environment;
    }

    private static List<String> addresses(AwsSession aws, Collection<String> ids) {
        List<String> addresses = new ArrayList<>();
        if (ids.isEmpty()) {
            return addresses;
        }
        List<String> some = ids.stream().limit(MOST_VALUES).toList();
        aws.ec2()
                .describeInstances(r -> r.filters(
                        Filter.builder().name("instance-id").values(some).build()))
                .reservations()
                .forEach(reservation -> reservation.instances().stream()
                        .filter(instance -> instance.privateIpAddress() != null)
                        .forEach(instance -> addresses.add(instance.privateIpAddress())));
        return addresses;
    }
}
