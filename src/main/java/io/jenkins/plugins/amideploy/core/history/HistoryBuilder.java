package io.jenkins.plugins.amideploy.core.history;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.history.History.Capacity;
import io.jenkins.plugins.amideploy.core.history.History.End;
import io.jenkins.plugins.amideploy.core.history.History.Phase;
import io.jenkins.plugins.amideploy.core.history.Life.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the lines of a history together. */
final class HistoryBuilder {
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Capacity> capacities = new ArrayList<>();
    private final Map<String, Growing> lives = new LinkedHashMap<>();
    private final Map<Long, String> ids = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private End end;
    private boolean full;
    private Instant begin;
    private Instant last = Instant.EPOCH;

    /** An instance as far as the lines have come. */
    private static final class Growing {
        private String zone = "";
        private Side side;
        private final List<Span> spans = new ArrayList<>();

        /** A time before the one of the line before is that time: lines are in order. */
        private void add(Instant at, State state) {
            Instant from = at;
            if (!spans.isEmpty()) {
                Span latest = spans.get(spans.size() - 1);
                from = at.isBefore(latest.from()) ? latest.from() : at;
            }
            boolean served = spans.stream().anyMatch(span -> span.state() == State.IN_SERVICE);
            spans.add(new Span(from, served && state == State.BOOTING ? State.OUT_OF_SERVICE : state));
        }
    }

    void add(Line line) {
        switch (line.kind()) {
            case Line.FACT -> facts.put(line.field(0), line.field(1));
            case Line.PHASE -> phases.add(new Phase(line.at(), line.field(0), Boolean.parseBoolean(line.field(1))));
            case Line.CAPACITY -> capacities.add(new Capacity(line.at(), line.number(0), line.number(1)));
            case Line.INSTANCE -> instance(line);
            case Line.GONE ->
                Optional.ofNullable(ids.get(Long.parseLong(line.field(0), 16)))
                        .ifPresent(id -> lives.get(id).add(line.at(), State.GONE));
            case Line.EVENT ->
                events.add(new Event(line.at(), Event.Kind.valueOf(line.field(0)), line.field(1), line.field(2)));
            case Line.END -> end = new End(line.at(), Boolean.parseBoolean(line.field(0)), line.field(1));
            case Line.FULL -> {
                full = true;
                return;
            }
            default -> {
                return; // of a newer version
            }
        }
        begin = begin == null ? line.at() : begin;
        last = line.at().isAfter(last) ? line.at() : last;
    }

    private void instance(Line line) {
        String id = line.field(0);
        ids.put(Marks.key(id), id);
        Growing life = lives.computeIfAbsent(id, unknown -> new Growing());
        life.zone = line.field(1).isEmpty() ? life.zone : line.field(1);
        life.side = Side.valueOf(line.field(2));
        State state = State.valueOf(line.field(3));
        if (life.spans.isEmpty() && state == State.DRAINING && life.side == Side.OLD && begin != null) {
            life.add(begin, State.IN_SERVICE); // who is heard of only when it goes was there before
        }
        life.add(life.spans.isEmpty() && wasThere(line, state) ? begin : line.at(), state);
    }

    /** What serves at the first look has done so before. */
    private boolean wasThere(Line line, State state) {
        return state == State.IN_SERVICE
                && !capacities.isEmpty()
                && line.at().equals(capacities.get(0).from());
    }

    History build() {
        List<Life> all = new ArrayList<>();
        lives.forEach((id, life) -> all.add(new Life(id, life.zone, life.side, life.spans)));
        return new History(
                facts,
                begin == null ? Instant.EPOCH : begin,
                last,
                List.copyOf(phases),
                List.copyOf(capacities),
                List.copyOf(all),
                List.copyOf(events),
                Optional.ofNullable(end),
                full);
    }
}
