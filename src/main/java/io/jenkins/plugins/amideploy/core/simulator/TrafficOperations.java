package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancersRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancersResponse;
import software.amazon.awssdk.services.autoscaling.model.AttachTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
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
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerState;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceState;

/**
 * The balancers of a group: Amazon EC2 Auto Scaling User Guide, "Attach an Elastic Load Balancing load balancer to your
 * Auto Scaling group" (the states {@code Adding}, {@code Added}, {@code InService}, {@code Removing}, {@code Removed});
 * at most ten in one request.
 */
final class TrafficOperations {
    private static final String ELB = "elb";
    private static final String ELB_V2 = "elbv2";

    private final World world;
    private final Attachments attachments;

    TrafficOperations(World world, Operations operations) {
        this.world = world;
        this.attachments = new Attachments(world);
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
                            .map(source -> Map.entry(
                                    Attachments.type(source.type(), source.identifier()), source.identifier()))
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

    private void attach(String groupName, List<Map.Entry<String, String>> sources) {
        SimulatedGroup group = Groups.toChange(world, groupName);
        if (sources.size() > 10) {
            throw Rejection.validation("A maximum of 10 load balancers can be attached in one request.");
        }
        group.beforeWrite();
        sources.forEach(source -> attachments.attach(group, source.getKey(), source.getValue()));
    }

    /** The balancers of a group that is being created. */
    static void attachAll(World world, SimulatedGroup group, CreateAutoScalingGroupRequest request) {
        Attachments attachments = new Attachments(world);
        request.loadBalancerNames().forEach(name -> attachments.attach(group, ELB, name));
        request.targetGroupARNs().forEach(arn -> attachments.attach(group, ELB_V2, arn));
        request.trafficSources().forEach(source -> attachments.attach(group, source.type(), source.identifier()));
    }

    private void detach(String groupName, List<String> identifiers) {
        SimulatedGroup group = Groups.toChange(world, groupName);
        List<Attachment> found = group.attachments.stream()
                .filter(attachment -> !attachment.removing && identifiers.contains(attachment.balancer.identifier()))
                .toList();
        if (found.size() < identifiers.size()) {
            throw Rejection.validation(
                    "Trying to remove Load Balancers or Target Groups that are not part of the" + " group.");
        }
        group.beforeWrite();
        found.forEach(attachment -> attachments.detach(group, attachment));
    }

    private <T> Pages<T> shown(
            String group, String type, String token, Integer size, BiFunction<Balancer, String, T> describe) {
        List<T> shown = Groups.find(world, group).attachments.stream()
                .filter(attachment ->
                        type == null || attachment.balancer.trafficSourceType().equals(type))
                .flatMap(attachment -> attachment.lag.read(attachment::state).stream()
                        .map(state -> describe.apply(attachment.balancer, state)))
                .toList();
        return Pages.of(shown, token, size, 100, Groups.badToken());
    }

    private DescribeLoadBalancersResponse loadBalancers(DescribeLoadBalancersRequest request) {
        Pages<LoadBalancerState> page = shown(
                request.autoScalingGroupName(),
                ELB,
                request.nextToken(),
                request.maxRecords(),
                (balancer, state) -> LoadBalancerState.builder()
                        .loadBalancerName(balancer.identifier())
                        .state(state)
                        .build());
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeLoadBalancerTargetGroupsResponse targetGroups(DescribeLoadBalancerTargetGroupsRequest request) {
        Pages<LoadBalancerTargetGroupState> page = shown(
                request.autoScalingGroupName(),
                ELB_V2,
                request.nextToken(),
                request.maxRecords(),
                (balancer, state) -> LoadBalancerTargetGroupState.builder()
                        .loadBalancerTargetGroupARN(balancer.identifier())
                        .state(state)
                        .build());
        return DescribeLoadBalancerTargetGroupsResponse.builder()
                .loadBalancerTargetGroups(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private DescribeTrafficSourcesResponse trafficSources(DescribeTrafficSourcesRequest request) {
        Pages<TrafficSourceState> page = shown(
                request.autoScalingGroupName(),
                request.trafficSourceType(),
                request.nextToken(),
                request.maxRecords(),
                (balancer, state) -> TrafficSourceState.builder()
                        .identifier(balancer.identifier())
                        .type(balancer.trafficSourceType())
                        .state(state)
                        .build());
        return DescribeTrafficSourcesResponse.builder()
                .trafficSources(page.items())
                .nextToken(page.nextToken())
                .build();
    }
}
