package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** An EC2 instance, and its part in its Auto Scaling group where it has one. */
final class SimulatedInstance {
    static final String HEALTHY = "Healthy";
    static final String UNHEALTHY = "Unhealthy";

    final String id;
    final String type;
    final String zone;
    final SimulatedImage image;
    final Instant launched;
    final String creator;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<Balancer, Registration> registrations = new LinkedHashMap<>();
    final Lag<Instance> lag;
    private final World world;

    SimulatedGroup group;
    LaunchTemplateSpecification template;
    String launchConfigurationName;
    boolean weighted;
    int weight = 1;
    boolean protectedFromScaleIn;
    boolean spot;
    /** Where no group launched it: how it was launched, and its inside; otherwise both null. */
    Launch launch;

    GuestRun guest;
    Instant runningSince;
    Instant inServiceSince;
    boolean booted;
    boolean crashed;
    String stateReason = "";
    LifecycleHooks.Wait wait;
    SimulatedActivity activity;
    SimulatedClock.Event evaluation;
    TerminationCause terminationCause;

    private InstanceStateName state = InstanceStateName.PENDING;
    private LifecycleState lifecycle = LifecycleState.PENDING;
    private String health = HEALTHY;
    private boolean serving;

    SimulatedInstance(World world, SimulatedImage image, String type, String zone, String creator, Instant launched) {
        this.world = world;
        this.id = world.ids.resource("i");
        this.image = image;
        this.type = type;
        this.zone = zone;
        this.creator = creator;
        this.launched = launched;
        this.lag = new Lag<>(world);
    }

    String groupName() {
        return group == null ? null : group.name;
    }

    InstanceStateName state() {
        return state;
    }

    LifecycleState lifecycle() {
        return lifecycle;
    }

    String health() {
        return health;
    }

    boolean running() {
        return state == InstanceStateName.RUNNING;
    }

    boolean alive() {
        return state == InstanceStateName.PENDING || state == InstanceStateName.RUNNING;
    }

    /** Whether it is in a warm pool, and none of its group's capacity. */
    boolean warm() {
        return group != null && !group.instances.containsKey(id);
    }

    /** Whether it is on its way out, or gone. */
    boolean ending() {
        return state == InstanceStateName.SHUTTING_DOWN || state == InstanceStateName.TERMINATED;
    }

    boolean serving() {
        return serving;
    }

    /** Whether the application answers a balancer's health check. */
    boolean answers() {
        return booted && !crashed && running() && image.application.answers();
    }

    boolean terminating() {
        return switch (lifecycle) {
            case TERMINATING, TERMINATING_WAIT, TERMINATING_PROCEED, TERMINATED, WARMED_TERMINATING -> true;
            default -> false;
        };
    }

    /** Whether it counts towards the desired capacity. */
    boolean counts() {
        return switch (lifecycle) {
            case PENDING, PENDING_WAIT, PENDING_PROCEED, IN_SERVICE -> true;
            default ->
                world.behaviour.replacementWaitsForDrain()
                        && terminating()
                        && registrations.values().stream().anyMatch(Registration::draining);
        };
    }

    void state(InstanceStateName next) {
        InstanceStateName before = state;
        state = next;
        world.observers.changed(this, "instance", before, next);
        if (next == InstanceStateName.RUNNING) {
            runningSince = world.clock.now();
        }
        if (next == InstanceStateName.TERMINATED && group != null) {
            group.watch.instances(-1);
        }
        conditionChanged();
    }

    void lifecycle(LifecycleState next) {
        LifecycleState before = lifecycle;
        lifecycle = next;
        world.observers.changed(this, "lifecycle", before, next);
        if (next == LifecycleState.IN_SERVICE) {
            inServiceSince = world.clock.now();
        }
        updateServing();
    }

    void health(String next) {
        if (!health.equals(next)) {
            String before = health;
            health = next;
            world.observers.changed(this, "health", before, next);
            updateServing();
        }
    }

    /** The application has begun or ceased to answer. */
    void conditionChanged() {
        registrations.values().forEach(Registration::reschedule);
        updateServing();
    }

    void updateServing() {
        registrations.values().forEach(Registration::recount);
        boolean now = group != null
                && lifecycle == LifecycleState.IN_SERVICE
                && running()
                && health.equals(HEALTHY)
                && passesEverywhere();
        if (now != serving) {
            serving = now;
            if (group != null) {
                group.watch.serving(now ? 1 : -1);
            }
        }
    }

    /** It leaves its group as it is. */
    void leaveGroup() {
        if (serving) {
            serving = false;
            group.watch.serving(-1);
        }
        if (state != InstanceStateName.TERMINATED) {
            group.watch.instances(-1);
        }
        group.instances.remove(id);
        if (group.pool != null) {
            group.pool.instances.remove(id);
        }
        group = null;
    }

    private boolean passesEverywhere() {
        for (Balancer balancer : group.balancers()) {
            Registration registration = registrations.get(balancer);
            if (balancer.inUse() && (registration == null || !registration.healthy())) {
                return false;
            }
        }
        return true;
    }
}
