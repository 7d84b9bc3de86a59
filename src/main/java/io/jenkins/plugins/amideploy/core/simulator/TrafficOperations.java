package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancersRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancersResponse;
import software.amazon.awssdk.services.autoscaling.model.AttachTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancersRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancersResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerState;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceState;

/**
 * The balancers of a group: Amazon EC2 Auto Scaling User Guide, "Attach an Elastic Load Balancing load balancer to your
 * Auto Scaling group" (the states {@code Adding}, {@code Added}, {@code InService}, {@code Removing}); at most ten in
 * one request.
 */
final class TrafficOperations {
    private static final String ELB = "elb";
    private static final String ELB_V2 = "elbv2";

    private final World world;

    TrafficOperations(World world, Operations operations) {
        this.world = world;
        Service service = Service.AUTO_SCALING;
        operations.on(service, AttachLoadBalancersRequest.class, request -> {
            attach(request.autoScalingGroupName(), all(ELB, request.loadBalancerNames()));
            return AttachLoadBalancersResponse.builder().build();
        });
        operations.on(service, AttachLoadBalancerTargetGroupsRequest.class, request -> {
            attach(request.autoScalingGroupName(), all(ELB_V2, request.targetGroupARNs()));
            return AttachLoadBalancerTargetGroupsResponse.builder().build();
        });
        operations.on(service, AttachTrafficSourcesRequest.class, request -> {
            attach(
                    request.autoScalingGroupName(),
                    request.trafficSources().stream()
                            .map(source -> Map.entry(type(source.type(), source.identifier()), source.identifier()))
                            .toList());
            return AttachTrafficSourcesResponse.builder().build();
        });
        operations.on(service, DetachLoadBalancersRequest.class, request -> {
            detach(request.autoScalingGroupName(), request.loadBalancerNames());
            return DetachLoadBalancersResponse.builder().build();
        });
        operations.on(service, DetachLoadBalancerTargetGroupsRequest.class, request -> {
            detach(request.autoScalingGroupName(), request.targetGroupARNs());
            return DetachLoadBalancerTargetGroupsResponse.builder().build();
        });
        operations.on(service, DetachTrafficSourcesRequest.class, request -> {
            detach(
                    request.autoScalingGroupName(),
                    request.trafficSources().stream()
                            .map(source -> source.identifier())
                            .toList());
            return DetachTrafficSourcesResponse.builder().build();
        });
        operations.on(service, DescribeLoadBalancersRequest.class, this::loadBalancers);
        operations.on(service, DescribeLoadBalancerTargetGroupsRequest.class, this::targetGroups);
        operations.on(service, DescribeTrafficSourcesRequest.class, this::trafficSources);
    }

    private static List<Map.Entry<String, String>> all(String type, List<String> identifiers) {
        return identifiers.stream()
                .map(identifier -> Map.entry(type, identifier))
                .toList();
    }

    private static String type(String type, String identifier) {
        return type != null ? type : identifier.startsWith("arn:") ? ELB_V2 : ELB;
    }

    private void attach(String groupName, List<Map.Entry<String, String>> sources) {
        SimulatedGroup group = Groups.toChange(world, groupName);
        if (sources.size() > 10) {
            throw Rejection.validation("A maximum of 10 load balancers can be attached in one request.");
        }
        group.beforeWrite();
        sources.forEach(source -> attach(world, group, source.getKey(), source.getValue()));
    }

    static void attach(World world, SimulatedGroup group, String type, String identifier) {
        Balancer balancer = type(type, identifier).equals(ELB)
                ? world.classics.get(identifier)
                : world.targetGroups.get(identifier);
        if (balancer == null) {
            throw Rejection.validation("Provided Load Balancers or Target Groups may not be valid. Please ensure they"
                    + " exist and try again.");
        }
        if (group.balancers().contains(balancer)) {
            return;
        }
        group.attachments.removeIf(attachment -> attachment.balancer == balancer);
        group.attachments.add(new SimulatedGroup.Attachment(balancer));
        group.in(LifecycleState.IN_SERVICE).forEach(instance -> {
            if (group.runs("AddToLoadBalancer")) {
                balancer.register(instance);
            }
            instance.updateServing();
        });
    }

    private void detach(String groupName, List<String> identifiers) {
        SimulatedGroup group = Groups.toChange(world, groupName);
        List<SimulatedGroup.Attachment> attachments = group.attachments.stream()
                .filter(attachment -> identifiers.contains(attachment.balancer.identifier()))
                .toList();
        if (attachments.size() < identifiers.size()) {
            throw Rejection.validation(
                    "Trying to remove Load Balancers or Target Groups that are not part of the" + " group.");
        }
        group.beforeWrite();
        attachments.forEach(attachment -> detach(group, attachment));
    }

    private static void detach(SimulatedGroup group, SimulatedGroup.Attachment attachment) {
        attachment.removing = true;
        List<SimulatedInstance> registered = group.instances.values().stream()
                .filter(instance -> instance.registrations.containsKey(attachment.balancer))
                .toList();
        int[] open = {registered.size()};
        if (open[0] == 0) {
            group.attachments.remove(attachment);
        }
        for (SimulatedInstance instance : registered) {
            attachment.balancer.deregister(instance, () -> {
                if (--open[0] == 0) {
                    group.attachments.remove(attachment);
                }
            });
            instance.updateServing();
        }
    }

    private static String state(SimulatedGroup.Attachment attachment) {
        if (attachment.removing) {
            return "Removing";
        }
        Map<String, Registration> registrations = attachment.balancer.registrations;
        return registrations.values().stream().anyMatch(Registration::healthy)
                ? "InService"
                : registrations.isEmpty() ? "Adding" : "Added";
    }

    private Stream<SimulatedGroup.Attachment> attachments(String groupName, String type) {
        return Groups.find(world, groupName).attachments.stream()
                .filter(attachment ->
                        type == null || attachment.balancer.trafficSourceType().equals(type));
    }

    private DescribeLoadBalancersResponse loadBalancers(DescribeLoadBalancersRequest request) {
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(attachments(request.autoScalingGroupName(), ELB)
                        .map(attachment -> LoadBalancerState.builder()
                                .loadBalancerName(attachment.balancer.identifier())
                                .state(state(attachment))
                                .build())
                        .toList())
                .build();
    }

    private DescribeLoadBalancerTargetGroupsResponse targetGroups(DescribeLoadBalancerTargetGroupsRequest request) {
        return DescribeLoadBalancerTargetGroupsResponse.builder()
                .loadBalancerTargetGroups(attachments(request.autoScalingGroupName(), ELB_V2)
                        .map(attachment -> LoadBalancerTargetGroupState.builder()
                                .loadBalancerTargetGroupARN(attachment.balancer.identifier())
                                .state(state(attachment))
                                .build())
                        .toList())
                .build();
    }

    private DescribeTrafficSourcesResponse trafficSources(DescribeTrafficSourcesRequest request) {
        return DescribeTrafficSourcesResponse.builder()
                .trafficSources(attachments(request.autoScalingGroupName(), request.trafficSourceType())
                        .map(attachment -> TrafficSourceState.builder()
                                .identifier(attachment.balancer.identifier())
                                .type(attachment.balancer.trafficSourceType())
                                .state(state(attachment))
                                .build())
                        .toList())
                .build();
    }
}
