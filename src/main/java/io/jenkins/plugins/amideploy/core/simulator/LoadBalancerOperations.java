package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * Application Load Balancers: Elastic Load Balancing API Reference (2015-12-01), "DescribeLoadBalancers",
 * "DescribeListeners", "DescribeRules". Each has one listener, whose only rule forwards to all its target groups.
 */
final class LoadBalancerOperations {
    private final World world;

    LoadBalancerOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, DescribeLoadBalancersRequest.class, this::describe);
        operations.on(Service.ELB_V2, DescribeListenersRequest.class, this::listeners);
        operations.on(Service.ELB_V2, DescribeRulesRequest.class, this::rules);
    }

    private DescribeLoadBalancersResponse describe(DescribeLoadBalancersRequest request) {
        List<SimulatedLoadBalancer> found = new ArrayList<>(world.loadBalancers.values());
        if (!request.names().isEmpty()) {
            found.removeIf(balancer -> !request.names().contains(balancer.name));
            refuseMissing(found.size(), request.names());
        } else if (!request.loadBalancerArns().isEmpty()) {
            found.removeIf(balancer -> !request.loadBalancerArns().contains(balancer.arn));
            refuseMissing(found.size(), request.loadBalancerArns());
        }
        Pages<SimulatedLoadBalancer> page =
                Pages.of(found, request.marker(), request.pageSize(), 400, TargetGroupOperations.badMarker());
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items().stream().map(this::describe).toList())
                .nextMarker(page.nextToken())
                .build();
    }

    private static void refuseMissing(int found, List<String> asked) {
        if (found < asked.size()) {
            throw new Rejection(
                    LoadBalancerNotFoundException.builder(),
                    400,
                    "LoadBalancerNotFound",
                    "Load balancers '" + asked + "' not found");
        }
    }

    private LoadBalancer describe(SimulatedLoadBalancer balancer) {
        return LoadBalancer.builder()
                .loadBalancerArn(balancer.arn)
                .loadBalancerName(balancer.name)
                .dnsName(balancer.name + "-1234567890." + world.region + ".elb.amazonaws.com")
                .canonicalHostedZoneId("Z32O12XQLNTSW2")
                .createdTime(balancer.created)
                .scheme(LoadBalancerSchemeEnum.INTERNET_FACING)
                .type(LoadBalancerTypeEnum.APPLICATION)
                .state(state -> state.code(LoadBalancerStateEnum.ACTIVE))
                .build();
    }

    private Action forward(SimulatedLoadBalancer balancer) {
        List<SimulatedTargetGroup> groups = world.targetGroups.values().stream()
                .filter(group -> group.loadBalancer == balancer)
                .toList();
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(groups.size() == 1 ? groups.get(0).arn : null)
                .forwardConfig(config -> config.targetGroups(groups.stream()
                        .map(group -> TargetGroupTuple.builder()
                                .targetGroupArn(group.arn)
                                .weight(1)
                                .build())
                        .toList()))
                .build();
    }

    private DescribeListenersResponse listeners(DescribeListenersRequest request) {
        List<SimulatedLoadBalancer> found = new ArrayList<>(world.loadBalancers.values());
        found.removeIf(balancer -> !request.listenerArns().isEmpty()
                ? !request.listenerArns().contains(balancer.listenerArn)
                : !balancer.arn.equals(request.loadBalancerArn()));
        if (found.isEmpty()) {
            throw new Rejection(
                    ListenerNotFoundException.builder(), 400, "ListenerNotFound", "One or more listeners not found");
        }
        return DescribeListenersResponse.builder()
                .listeners(found.stream()
                        .map(balancer -> Listener.builder()
                                .listenerArn(balancer.listenerArn)
                                .loadBalancerArn(balancer.arn)
                                .port(80)
                                .protocol(ProtocolEnum.HTTP)
                                .defaultActions(forward(balancer))
                                .build())
                        .toList())
                .build();
    }

    private DescribeRulesResponse rules(DescribeRulesRequest request) {
        return DescribeRulesResponse.builder()
                .rules(world.loadBalancers.values().stream()
                        .filter(balancer -> balancer.listenerArn.equals(request.listenerArn()))
                        .map(balancer -> Rule.builder()
                                .ruleArn(balancer.listenerArn.replace(":listener/", ":listener-rule/") + "/default")
                                .priority("default")
                                .isDefault(true)
                                .actions(forward(balancer))
                                .build())
                        .toList())
                .build();
    }
}
