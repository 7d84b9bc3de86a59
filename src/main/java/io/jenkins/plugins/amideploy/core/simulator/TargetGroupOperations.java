package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTargetsException;

/** Target groups: Elastic Load Balancing API Reference (2015-12-01), "DescribeTargetHealth" and "TargetHealth". */
final class TargetGroupOperations {
    private static final int PORT = 80;
    private static final Duration REGISTERING = Duration.ofSeconds(3);

    private final World world;

    TargetGroupOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, DescribeTargetGroupsRequest.class, this::describe);
        operations.on(Service.ELB_V2, DescribeTargetGroupAttributesRequest.class, this::attributes);
        operations.on(Service.ELB_V2, DescribeTargetHealthRequest.class, this::health);
        operations.on(Service.ELB_V2, RegisterTargetsRequest.class, this::register);
        operations.on(Service.ELB_V2, DeregisterTargetsRequest.class, this::deregister);
    }

    static Rejection badMarker() {
        return Service.ELB_V2.rejection("ValidationError", "The marker is not valid");
    }

    private SimulatedTargetGroup find(String arn) {
        SimulatedTargetGroup group = world.targetGroups.get(arn);
        if (group == null) {
            throw notFound("Target groups '" + arn + "' not found");
        }
        return group;
    }

    private static Rejection notFound(String message) {
        return new Rejection(TargetGroupNotFoundException.builder(), 400, "TargetGroupNotFound", message);
    }

    private DescribeTargetGroupsResponse describe(DescribeTargetGroupsRequest request) {
        List<SimulatedTargetGroup> found = new ArrayList<>(world.targetGroups.values());
        if (!request.targetGroupArns().isEmpty()) {
            found = request.targetGroupArns().stream().map(this::find).toList();
        } else if (!request.names().isEmpty()) {
            found.removeIf(group -> !request.names().contains(group.name));
            if (found.size() < request.names().size()) {
                throw notFound("One or more target groups not found");
            }
        } else if (request.loadBalancerArn() != null) {
            found.removeIf(group -> !group.loadBalancer.arn.equals(request.loadBalancerArn()));
        }
        Pages<SimulatedTargetGroup> page = Pages.of(found, request.marker(), request.pageSize(), 400, badMarker());
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(page.items().stream()
                        .map(TargetGroupOperations::describe)
                        .toList())
                .nextMarker(page.nextToken())
                .build();
    }

    private static TargetGroup describe(SimulatedTargetGroup group) {
        return TargetGroup.builder()
                .targetGroupArn(group.arn)
                .targetGroupName(group.name)
                .protocol(ProtocolEnum.HTTP)
                .port(PORT)
                .targetType(TargetTypeEnum.INSTANCE)
                .healthCheckEnabled(true)
                .healthCheckProtocol(ProtocolEnum.HTTP)
                .healthCheckPort("traffic-port")
                .healthCheckPath("/")
                .healthCheckIntervalSeconds((int) group.check.interval().toSeconds())
                .healthCheckTimeoutSeconds(5)
                .healthyThresholdCount(group.check.healthy())
                .unhealthyThresholdCount(group.check.unhealthy())
                .matcher(matcher -> matcher.httpCode("200"))
                .loadBalancerArns(group.loadBalancer.arn)
                .build();
    }

    private DescribeTargetGroupAttributesResponse attributes(DescribeTargetGroupAttributesRequest request) {
        SimulatedTargetGroup group = find(request.targetGroupArn());
        return DescribeTargetGroupAttributesResponse.builder()
                .attributes(
                        attribute("deregistration_delay.timeout_seconds", group.deregistrationDelay.toSeconds()),
                        attribute("slow_start.duration_seconds", group.slowStart.toSeconds()),
                        attribute("load_balancing.algorithm.type", "round_robin"),
                        attribute("stickiness.enabled", false))
                .build();
    }

    private static TargetGroupAttribute attribute(String key, Object value) {
        return TargetGroupAttribute.builder().key(key).value(value.toString()).build();
    }

    private DescribeTargetHealthResponse health(DescribeTargetHealthRequest request) {
        SimulatedTargetGroup group = find(request.targetGroupArn());
        List<TargetHealthDescription> health = new ArrayList<>();
        if (!request.targets().isEmpty()) {
            for (TargetDescription target : request.targets()) {
                health.add(health(target.id(), group.registrations.get(target.id())));
            }
        } else {
            Collection<Registration> registrations = group.registrations.values();
            registrations.forEach(registration -> health.add(health(registration.instance.id, registration)));
        }
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(health)
                .build();
    }

    private TargetHealthDescription health(String id, Registration registration) {
        return TargetHealthDescription.builder()
                .target(target -> target.id(id).port(PORT))
                .healthCheckPort(Integer.toString(PORT))
                .targetHealth(health(registration))
                .build();
    }

    private TargetHealth health(Registration registration) {
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
