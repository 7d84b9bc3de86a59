package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTargetsException;

/** Target groups: Elastic Load Balancing API Reference (2015-12-01), "DescribeTargetHealth" and "TargetHealth". */
final class TargetGroupOperations {
    private static final Duration REGISTERING = Duration.ofSeconds(3);

    private final World world;

    TargetGroupOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, DescribeTargetGroupsRequest.class, this::describe);
        operations.on(Service.ELB_V2, DescribeTargetHealthRequest.class, this::health);
        operations.on(Service.ELB_V2, RegisterTargetsRequest.class, this::register);
        operations.on(Service.ELB_V2, DeregisterTargetsRequest.class, this::deregister);
    }

    static Rejection badMarker() {
        return Service.ELB_V2.rejection("ValidationError", "The marker is not valid");
    }

    private SimulatedTargetGroup find(String arn) {
        return SimulatedTargetGroup.find(world, arn);
    }

    private DescribeTargetGroupsResponse describe(DescribeTargetGroupsRequest request) {
        List<TargetGroup> found = new ArrayList<>();
        world.targetGroups.values().forEach(group -> group.shown().ifPresent(found::add));
        if (!request.targetGroupArns().isEmpty()) {
            found.removeIf(group -> !request.targetGroupArns().contains(group.targetGroupArn()));
            if (found.size() < request.targetGroupArns().size()) {
                throw SimulatedTargetGroup.notFound("Target groups '" + request.targetGroupArns() + "' not found");
            }
        } else if (!request.names().isEmpty()) {
            found.removeIf(group -> !request.names().contains(group.targetGroupName()));
            if (found.size() < request.names().size()) {
                throw SimulatedTargetGroup.notFound("One or more target groups not found");
            }
        } else if (request.loadBalancerArn() != null) {
            found.removeIf(group -> !group.loadBalancerArns().contains(request.loadBalancerArn()));
        }
        Pages<TargetGroup> page = Pages.of(found, request.marker(), request.pageSize(), 400, badMarker());
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    private DescribeTargetHealthResponse health(DescribeTargetHealthRequest request) {
        SimulatedTargetGroup group = find(request.targetGroupArn());
        List<TargetHealthDescription> health = new ArrayList<>();
        if (!request.targets().isEmpty()) {
            for (TargetDescription target : request.targets()) {
                health.add(health(group, target.id(), group.registrations.get(target.id())));
            }
        } else {
            Collection<Registration> registrations = group.registrations.values();
            registrations.forEach(registration -> health.add(health(group, registration.instance.id, registration)));
        }
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(health)
                .build();
    }

    private TargetHealthDescription health(SimulatedTargetGroup group, String id, Registration registration) {
        String checked = group.settings.healthCheckPort();
        return TargetHealthDescription.builder()
                .target(target -> target.id(id).port(group.port()))
                .healthCheckPort(checked.equals("traffic-port") ? Integer.toString(group.port()) : checked)
                .targetHealth(health(group, registration))
                .build();
    }

    private TargetHealth health(SimulatedTargetGroup group, Registration registration) {
        if (registration == null) {
            return health(
                    TargetHealthStateEnum.UNUSED,
                    TargetHealthReasonEnum.TARGET_NOT_REGISTERED,
                    "Target is not registered to the target group");
        }
        SimulatedInstance instance = registration.instance;
        if (!instance.alive()) {
            return health(
                    TargetHealthStateEnum.UNUSED,
                    TargetHealthReasonEnum.TARGET_INVALID_STATE,
                    "Target is in the " + instance.state() + " state");
        }
        if (!group.inUse()) {
            return health(
                    TargetHealthStateEnum.UNUSED,
                    TargetHealthReasonEnum.TARGET_NOT_IN_USE,
                    "Target group is not configured to receive traffic from the load balancer");
        }
        return switch (registration.state()) {
            case INITIAL -> initial(registration);
            case HEALTHY -> health(TargetHealthStateEnum.HEALTHY, null, null);
            case UNHEALTHY ->
                instance.crashed
                        ? health(
                                TargetHealthStateEnum.UNHEALTHY,
                                TargetHealthReasonEnum.TARGET_TIMEOUT,
                                "Request timed out")
                        : health(
                                TargetHealthStateEnum.UNHEALTHY,
                                TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS,
                                "Health checks failed");
            case DRAINING ->
                health(
                        TargetHealthStateEnum.DRAINING,
                        TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS,
                        "Target deregistration is in progress");
        };
    }

    private TargetHealth initial(Registration registration) {
        boolean registering =
                world.clock.now().isBefore(registration.registered().plus(REGISTERING));
        return registering
                ? health(
                        TargetHealthStateEnum.INITIAL,
                        TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS,
                        "Target registration is in progress")
                : health(
                        TargetHealthStateEnum.INITIAL,
                        TargetHealthReasonEnum.ELB_INITIAL_HEALTH_CHECKING,
                        "Initial health checks in progress");
    }

    private static TargetHealth health(TargetHealthStateEnum state, TargetHealthReasonEnum reason, String description) {
        return TargetHealth.builder()
                .state(state)
                .reason(reason)
                .description(description)
                .build();
    }

    private List<SimulatedInstance> targets(List<TargetDescription> targets) {
        return targets.stream()
                .map(target -> {
                    SimulatedInstance instance = world.instances.get(target.id());
                    if (instance == null || !instance.running()) {
                        throw new Rejection(
                                InvalidTargetException.builder(),
                                400,
                                "InvalidTarget",
                                "The following targets are not in a running state and cannot be registered: '"
                                        + target.id() + "'");
                    }
                    return instance;
                })
                .toList();
    }

    private RegisterTargetsResponse register(RegisterTargetsRequest request) {
        SimulatedTargetGroup group = find(request.targetGroupArn());
        for (SimulatedInstance instance : targets(request.targets())) {
            if (group.full()) {
                throw new Rejection(
                        TooManyTargetsException.builder(),
                        400,
                        "TooManyTargets",
                        "You've reached the limit on the number of targets");
            }
            group.register(instance);
        }
        return RegisterTargetsResponse.builder().build();
    }

    private DeregisterTargetsResponse deregister(DeregisterTargetsRequest request) {
        SimulatedTargetGroup group = find(request.targetGroupArn());
        for (TargetDescription target : request.targets()) {
            Registration registration = group.registrations.get(target.id());
            if (registration != null) {
                group.deregister(registration.instance, () -> {});
            }
        }
        return DeregisterTargetsResponse.builder().build();
    }
}
