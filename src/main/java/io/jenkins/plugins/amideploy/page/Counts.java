package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.Life;
import io.jenkins.plugins.amideploy.core.history.Life.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many instances of each kind serve, from each time at which that changed. */
final class Counts {
    /** One kind on top of the other. */
    enum Kind {
        NEW_SERVING,
        KEPT_SERVING,
        OLD_SERVING,
        WARMING
    }

    /** From then on; by {@link Kind#ordinal}. */
    record Step(Instant from, int[] numbers) {
        int upTo(Kind kind) {
            return Arrays.stream(numbers, 0, kind.ordinal() + 1).sum();
        }

        int of(Kind kind) {
            return numbers[kind.ordinal()];
        }

        int serving() {
            return upTo(Kind.OLD_SERVING);
        }
    }

    private final List<Step> steps = new ArrayList<>();

    private Counts() {}

    static Counts of(History history) {
        Map<Instant, int[]> changes = new TreeMap<>();
        history.lives().forEach(life -> add(life, changes));
        Counts counts = new Counts();
        int[] numbers = new int[Kind.values().length];
        changes.forEach((at, change) -> {
            Arrays.setAll(numbers, kind -> numbers[kind] + change[kind]);
            counts.steps.add(new Step(at, numbers.clone()));
        });
        return counts;
    }

    private static void add(Life life, Map<Instant, int[]> changes) {
        Kind before = null;
        for (Span span : life.spans()) {
            Kind now = kind(life.side(), span.state());
            if (now != before) {
                int[] change = changes.computeIfAbsent(span.from(), at -> new int[Kind.values().length]);
                if (before != null) {
                    change[before.ordinal()]--;
                }
                if (now != null) {
                    change[now.ordinal()]++;
                }
            }
            before = now;
        }
    }

    private static Kind kind(Side side, State state) {
        if (state == State.WARMING) {
            return Kind.WARMING;
        }
        if (state != State.IN_SERVICE) {
            return null;
        }
        return switch (side) {
            case OLD -> Kind.OLD_SERVING;
            case NEW -> Kind.NEW_SERVING;
            case KEPT -> Kind.KEPT_SERVING;
        };
    }

    List<Step> steps() {
        return steps;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The most that there were of all kinds together. */
    int peak() {
        return steps.stream().mapToInt(step -> step.upTo(Kind.WARMING)).max().orElse(0);
    }

    /** The fewest that were in service at any moment. */
    int least() {
        return steps.stream().mapToInt(Step::serving).min().orElse(0);
    }
}
