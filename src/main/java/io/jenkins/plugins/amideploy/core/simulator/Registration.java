package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock.Event;
import java.time.Duration;
import java.time.Instant;

/**
 * One instance behind one balancer. No health check is an event of its own: as the application's condition is known,
 * the time of the check that changes the state is computed when the condition changes.
 */
final class Registration {
    enum State {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        DRAINING
    }

    final SimulatedInstance instance;
    private final World world;
    private final Balancer balancer;
    private final Instant firstCheck;
    private final Instant registered;
    private State state = State.INITIAL;
    private boolean hasServed;
    private boolean counted;
    private Event next;
    private Runnable end;

    Registration(World world, Balancer balancer, SimulatedInstance instance) {
        this.world = world;
        this.balancer = balancer;
        this.instance = instance;
        this.registered = world.clock.now();
        Span phase = new Span(Duration.ZERO, balancer.check.interval());
        this.firstCheck = registered.plus(world.draws.of(balancer.name + registered + instance.id, phase));
    }

    State state() {
        return state;
    }

    Instant registered() {
        return registered;
    }

    boolean healthy() {
        return state == State.HEALTHY;
    }

    boolean failing() {
        return state == State.UNHEALTHY;
    }

    boolean draining() {
        return state == State.DRAINING;
    }

    /** Already passing: for what was in service before the world began. */
    void settle() {
        if (balancer.inUse()) {
            become(State.HEALTHY);
        }
    }

    /** Its balancer has begun or ceased to send traffic to its targets: what was known of them is forgotten. */
    void useChanged() {
        if (state != State.DRAINING) {
            become(State.INITIAL);
        }
    }

    void reschedule() {
        cancel();
        if (!balancer.inUse()) {
            return;
        }
        boolean answers = instance.answers();
        BalancerCheck check = balancer.check;
        switch (state) {
            case INITIAL ->
                changeAt(
                        answers ? balancer.initialChecks() : check.unhealthy(),
                        answers ? State.HEALTHY : State.UNHEALTHY);
            case HEALTHY -> {
                if (!answers) {
                    changeAt(check.unhealthy(), State.UNHEALTHY);
                }
            }
            case UNHEALTHY -> {
                if (answers) {
                    changeAt(check.healthy(), State.HEALTHY);
                }
            }
            case DRAINING -> {}
        }
    }

    /**
     * Stops the traffic. An instance that never served has no request in flight, and its deregistration completes at
     * once: Elastic Load Balancing, "Deregistration delay".
     */
    void drain(Runnable done) {
        cancel();
        boolean inFlight =
                hasServed && balancer.inUse() && instance.running() && !balancer.deregistrationDelay.isZero();
        become(State.DRAINING);
        end = done;
        if (inFlight) {
            next = world.clock.after(balancer.deregistrationDelay, this::gone);
        } else {
            gone();
        }
    }

    /** The instance does not exist any more; whoever waits for its draining need not. */
    void gone() {
        Runnable waiting = end;
        balancer.remove(this);
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Whether it is capacity behind its balancer has perhaps changed. */
    void recount() {
        count(state == State.HEALTHY && instance.running());
    }

    /** It is no registration any more. */
    void uncount() {
        count(false);
    }

    private void count(boolean now) {
        if (now != counted) {
            counted = now;
            balancer.watch.changed(now ? 1 : -1);
        }
    }

    void cancel() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void changeAt(int checks, State then) {
        Instant now = world.clock.now();
        long interval = Math.max(1, balancer.check.interval().toMillis()); // zero is an AWS that answers at once
        long since = Math.max(0, now.toEpochMilli() - firstCheck.toEpochMilli());
        Instant check = firstCheck.plusMillis((since + interval - 1) / interval * interval);
        next = world.clock.schedule(check.plusMillis(interval * (checks - 1L)), () -> become(then));
    }

    private void become(State then) {
        State before = state;
        state = then;
        hasServed |= then == State.HEALTHY;
        world.observers.changed(
                instance,
                balancer.name,
                before.name().toLowerCase(),
                then.name().toLowerCase());
        if (then != State.DRAINING) {
            reschedule();
        }
        instance.updateServing();
        if (then == State.UNHEALTHY) {
            world.health.evaluate(instance);
        }
    }
}
