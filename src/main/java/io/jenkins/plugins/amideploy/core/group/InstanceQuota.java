package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuotasException;

/**
 * Whether the account may run so many more On-Demand instances. That quota counts virtual processors, apart for each
 * class of instance types (Amazon EC2 User Guide, "Amazon EC2 instance type quotas"). Only what AWS is sure to refuse is
 * a problem: where several types can be launched, the smallest is reckoned with.
 */
public final class InstanceQuota {
    /** Most instances on one page (Amazon EC2 API Reference, "DescribeInstances"). */
    private static final int PAGE = 1000;

    private final AwsSession aws;
    private final InstanceTypes types;
    private final List<String> problems;

    public InstanceQuota(AwsSession aws, InstanceTypes types, List<String> problems) {
        this.aws = aws;
        this.types = types;
        this.problems = problems;
    }

    /** @return what could not be found out, as a sentence; empty where all is known */
    public Optional<String> check(OnDemand more) {
        if (more.capacity() == 0) {
            return Optional.empty();
        }
        if (more.weights().isEmpty()) {
            return Optional.of("The instance quota was not checked, for the group lets AWS choose the instance types");
        }
        Optional<VcpuClass> one = VcpuClass.ofAll(more.weights().keySet());
        if (one.isEmpty()) {
            return Optional.of("The instance quota was not checked, for the instance types "
                    + String.join(", ", new TreeSet<>(more.weights().keySet())) + " do not share one");
        }
        return check(one.get(), more);
    }

    private Optional<String> check(VcpuClass counted, OnDemand more) {
        double quota;
        try {
            quota = aws.serviceQuotas()
                    .getServiceQuota(r -> r.serviceCode("ec2").quotaCode(counted.quotaCode()))
                    .quota()
                    .value();
        } catch (ServiceQuotasException e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.kind() == AwsFailure.Kind.DENIED || failure.kind() == AwsFailure.Kind.REFUSED) {
                return Optional.of("The instance quota was not checked: " + failure);
            }
            throw e;
        }
        Map<String, Integer> running = running(counted);
        types.of(all(running.keySet(), more.weights().keySet()));
        int used = running.entrySet().stream()
                .mapToInt(type -> type.getValue() * types.vcpus(type.getKey()))
                .sum();
        int needed = more.weights().entrySet().stream()
                .mapToInt(type -> instances(more.capacity(), type.getValue()) * types.vcpus(type.getKey()))
                .min()
                .orElse(0);
        if (used + needed > quota) {
            problems.add("quota: " + counted + " instances use " + used + " of the " + Math.round(quota)
                    + " vCPUs that the account may run on demand in this region (" + counted.quotaCode()
                    + "); the new group needs " + needed + " more");
        }
        return Optional.empty();
    }

    private static Set<String> all(Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }

    private static int instances(int capacity, int weight) {
        return (capacity + weight - 1) / weight;
    }

    /** How many On-Demand instances of each type of the class run now. */
    private Map<String, Integer> running(VcpuClass counted) {
        Filter alive = Filter.builder()
                .name("instance-state-name")
                .values("pending", "running")
                .build();
        Map<String, Integer> number = new HashMap<>();
        aws.ec2().describeInstancesPaginator(r -> r.maxResults(PAGE).filters(alive)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> instance.instanceLifecycle() != InstanceLifecycleType.SPOT)
                .map(Instance::instanceTypeAsString)
                .filter(type -> VcpuClass.of(type).filter(counted::equals).isPresent())
                .forEach(type -> number.merge(type, 1, Integer::sum));
        return number;
    }
}
