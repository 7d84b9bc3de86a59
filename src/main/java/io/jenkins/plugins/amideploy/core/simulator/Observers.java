package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Those who watch the world. */
final class Observers {
    private final SimulatedClock clock;
    private final List<Consumer<StateChange>> listeners = new ArrayList<>();
    private final List<Termination> terminations = new ArrayList<>();

    Observers(SimulatedClock clock) {
        this.clock = clock;
    }

    void listen(Consumer<StateChange> listener) {
        listeners.add(listener);
    }

    List<Termination> terminations() {
        return terminations;
    }

    void changed(SimulatedInstance instance, String aspect, Object from, Object to) {
        if (listeners.isEmpty()) {
            return;
        }
        StateChange change = new StateChange(
                clock.now(),
                instance.groupName(),
                instance.id,
                instance.zone,
                instance.image.id,
                aspect,
                from == null ? null : from.toString(),
                to.toString());
        listeners.forEach(listener -> listener.accept(change));
    }

    void terminated(SimulatedInstance instance, TerminationCause cause) {
        if (instance.terminationCause != null) {
            return;
        }
        instance.terminationCause = cause;
        terminations.add(new Termination(
                clock.now(),
                instance.groupName(),
                instance.id,
                instance.zone,
                instance.image.id,
                cause,
                instance.serving()));
    }
}
