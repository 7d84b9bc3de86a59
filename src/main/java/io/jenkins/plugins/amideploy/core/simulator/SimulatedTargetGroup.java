package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** A target group of instances. */
final class SimulatedTargetGroup extends Balancer {
    private static final String DELAY = "deregistration_delay.timeout_seconds";
    private static final String SLOW_START = "slow_start.duration_seconds";

    /** Not documented; seen to take some seconds after its load balancer was deleted. */
    private static final Span RELEASE = Span.seconds(0, 20);

    final String arn;
    final Map<String, String> attributes;
    final Resource<TargetGroup> resource;
    private final World world;
    /** Of which load balancer's listeners or rules forwards to it; null where none does. */
    SimulatedLoadBalancer loadBalancer;

    private Instant held = Instant.MIN;
    /** What it was created with, with whatever was changed since. */
    CreateTargetGroupRequest settings;

    /** @param settings complete: with all of the health check */
    SimulatedTargetGroup(World world, CreateTargetGroupRequest settings) {
        super(world, settings.name(), TargetGroupSettings.check(settings), Duration.ofSeconds(300));
        this.world = world;
        this.settings = settings;
        this.arn = Service.ELB_V2.arn(world.region, "targetgroup/" + settings.name() + "/" + world.ids.hex());
        this.attributes = BalancerAttributes.ofTargetGroup(settings.protocolAsString());
        this.resource = new Resource<>(world, arn) {
            @Override
            TargetGroup describe() {
                return SimulatedTargetGroup.this.describe();
            }
        };
        BalancerTags.put(resource.tags, settings.tags());
    }

    SimulatedTargetGroup(World world, TargetGroupSpec spec) {
        this(world, TargetGroupSettings.of(spec));
        attributes(Map.of(
                DELAY, Long.toString(spec.deregistrationDelay().toSeconds()),
                SLOW_START, Long.toString(spec.slowStart().toSeconds())));
    }

    static SimulatedTargetGroup find(World world, String arn) {
        SimulatedTargetGroup group = world.targetGroups.get(arn);
        if (group == null || !group.resource.exists()) {
            throw notFound("Target groups '" + arn + "' not found");
        }
        return group;
    }

    static Rejection notFound(String message) {
        return new Rejection(TargetGroupNotFoundException.builder(), 400, "TargetGroupNotFound", message);
    }

    void attributes(Map<String, String> changes) {
        BalancerAttributes.put(attributes, changes);
        deregistrationDelay = Duration.ofSeconds(Long.parseLong(attributes.get(DELAY)));
    }

    int port() {
        return settings.port();
    }

    private TargetGroup describe() {
        return Pojos.copy(settings, TargetGroup.builder())
                .targetGroupArn(arn)
                .targetGroupName(name)
                .loadBalancerArns(loadBalancer == null ? List.of() : List.of(loadBalancer.id))
                .build();
    }

    /** What an account may see of it. */
    Optional<TargetGroup> shown() {
        return resource.seen();
    }

    /** A target that no traffic goes to is not checked: "TargetHealth", {@code Target.NotInUse}. */
    @Override
    boolean inUse() {
        return loadBalancer != null;
    }

    void usedBy(SimulatedLoadBalancer user) {
        boolean before = inUse();
        if (before && user == null && !world.behaviour.consistencyLag().isZero()) {
            held = world.clock.now().plus(world.draws.span("release of target groups", RELEASE));
        }
        loadBalancer = user;
        if (before != inUse()) {
            List.copyOf(registrations.values()).forEach(Registration::useChanged);
        }
    }

    /** Whether it cannot be deleted: some seconds longer than something forwards to it. */
    boolean held() {
        return inUse() || world.clock.now().isBefore(held);
    }

    /** As scaling policies name it: Amazon EC2 Auto Scaling API Reference, "PredefinedMetricSpecification". */
    String label() {
        return loadBalancer == null || !loadBalancer.application
                ? "not in use"
                : loadBalancer.id.substring(loadBalancer.id.indexOf("app/")) + "/"
                        + arn.substring(arn.indexOf("targetgroup/"));
    }

    /** One, whatever the healthy threshold: Application Load Balancers, "Register targets". */
    @Override
    int initialChecks() {
        return 1;
    }

    /** Whichever of its target groups they are in: "Quotas for your Application Load Balancers". */
    @Override
    boolean full() {
        return world.targetGroups.values().stream()
                        .filter(group -> group == this || group.inUse() && group.loadBalancer == loadBalancer)
                        .mapToInt(group -> group.registrations.size())
                        .sum()
                >= world.quota(Quota.TARGETS_PER_LOAD_BALANCER);
    }

    @Override
    String identifier() {
        return arn;
    }

    @Override
    String trafficSourceType() {
        return "elbv2";
    }
}
