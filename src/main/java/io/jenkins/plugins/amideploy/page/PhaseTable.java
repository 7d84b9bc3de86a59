package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.History.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long each phase was planned to take and took. */
final class PhaseTable {
    private static final Duration BARELY = Duration.ofSeconds(1);

    private PhaseTable() {}

    /** @param until where what has happened ends */
    static List<PhaseRow> rows(History history, Optional<History> plan, Instant until) {
        Map<String, Duration> taken = lengths(history, until);
        Map<String, Duration> planned = plan.map(p -> lengths(p, p.last())).orElse(Map.of());
        List<PhaseRow> rows = new ArrayList<>();
        Map<String, Duration> all = new LinkedHashMap<>(planned);
        all.putAll(taken);
        Map<String, Duration> ordered = new LinkedHashMap<>(taken);
        all.forEach(ordered::putIfAbsent);
        ordered.forEach((name, unused) -> {
            Duration took = taken.getOrDefault(name, Duration.ZERO);
            Duration expected = planned.getOrDefault(name, Duration.ZERO);
            if (took.compareTo(BARELY) >= 0 || expected.compareTo(BARELY) >= 0) {
                rows.add(new PhaseRow(name, text(expected), text(took)));
            }
        });
        if (!rows.isEmpty()) {
            rows.add(new PhaseRow(
                    Messages.PhaseTable_total(),
                    plan.map(p -> Words.of(p.length(p.last()))).orElse(""),
                    taken.isEmpty() ? "" : Words.of(history.length(until))));
        }
        return rows;
    }

    private static String text(Duration length) {
        return length.compareTo(BARELY) < 0 ? "" : Words.of(length);
    }

    /** By name, in the order in which the phases first came; one that came again counts on. */
    private static Map<String, Duration> lengths(History history, Instant until) {
        Map<String, Duration> lengths = new LinkedHashMap<>();
        List<Phase> phases = history.phases();
        for (int i = 0; i < phases.size(); i++) {
            Instant end = i + 1 < phases.size() ? phases.get(i + 1).from() : until;
            Duration length = Duration.between(phases.get(i).from(), end);
            lengths.merge(PhaseNames.of(phases.get(i)), length, Duration::plus);
        }
        return lengths;
    }
}
