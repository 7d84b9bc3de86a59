package io.jenkins.plugins.amideploy.core.history;

import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an instance has done.
 *
 * @param zone empty where it is not known
 * @param spans in the order of time, at least one
 */
public record Life(String id, String zone, Side side, List<Span> spans) {
    /** From then on until the next. */
    public record Span(Instant from, State state) {}

    public Life {
        spans = List.copyOf(spans);
    }

    /** What it does at that time; empty before it was there. */
    public Optional<Span> at(Instant time) {
        Span found = null;
        for (Span span : spans) {
            if (!span.from().isAfter(time)) {
                found = span;
            }
        }
        return Optional.ofNullable(found);
    }

    public Span first() {
        return spans.get(0);
    }

    /** What it does now. */
    public Span latest() {
        return spans.get(spans.size() - 1);
    }

    /** Since when it was first in that state; empty where it never was. */
    public Optional<Instant> first(State state) {
        return spans.stream()
                .filter(span -> span.state() == state)
                .map(Span::from)
                .findFirst();
    }

    public boolean gone() {
        return latest().state() == State.GONE;
    }
}
