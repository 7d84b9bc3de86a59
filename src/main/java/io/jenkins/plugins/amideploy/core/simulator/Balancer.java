package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What target groups and Classic Load Balancers have in common. */
abstract class Balancer {
    final String name;
    BalancerCheck check;
    Duration deregistrationDelay;
    final Map<String, Registration> registrations = new LinkedHashMap<>();
    final BalancerWatch watch;
    private final World world;

    Balancer(World world, String name, BalancerCheck check, Duration deregistrationDelay) {
        this.world = world;
        this.watch = new BalancerWatch(world.clock);
        this.name = name;
        this.check = check;
        this.deregistrationDelay = deregistrationDelay;
    }

    /** How many checks a newly registered instance must pass. */
    abstract int initialChecks();

    /** The name or ARN that Auto Scaling knows it by. */
    abstract String identifier();

    abstract String trafficSourceType();

    /** Whether it sends traffic to its targets, and checks them for that. */
    abstract boolean inUse();

    /** Whether the account's quota allows no further target. */
    abstract boolean full();

    Registration register(SimulatedInstance instance) {
        Registration present = registrations.get(instance.id);
        if (present != null && !present.draining()) {
            return present;
        }
        if (present != null) {
            present.cancel();
            present.uncount();
        }
        Registration registration = new Registration(world, this, instance);
        registrations.put(instance.id, registration);
        instance.registrations.put(this, registration);
        registration.reschedule();
        instance.updateServing();
        return registration;
    }

    /** @param done run when nothing is in flight any more, at once where the instance is not registered */
    void deregister(SimulatedInstance instance, Runnable done) {
        Registration registration = registrations.get(instance.id);
        if (registration == null || registration.draining()) {
            done.run();
        } else {
            registration.drain(done);
        }
    }

    void remove(Registration registration) {
        SimulatedInstance instance = registration.instance;
        registration.cancel();
        registration.uncount();
        registrations.remove(instance.id, registration);
        instance.registrations.remove(this, registration);
        instance.updateServing();
    }
}
