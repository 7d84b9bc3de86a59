package io.jenkins.plugins.amideploy.core.history;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes the history of one deployment, each change once. What a tick tells is written by {@link #flush} in one go, so
 * that a tick that was cut off by a crash and is repeated is told once; after a restart the chronicle reads what it has
 * written and goes on from there.
 *
 * <p>Between ticks it holds a few bytes for each instance that is there. Safe for use by several threads.
 */
public final class Chronicle {
    /** A history that is as long, in bytes, is closed to all but the few lines without which it cannot be read. */
    static final long ENOUGH = 1_500_000;

    private static final int LONGEST_TEXT = 2_000;
    /** More that cannot be written is not kept, either. */
    private static final int MOST_PENDING = 200_000;
    /** As many events a tick tells at most before it is cut off, or more that need not be known again. */
    private static final int LAST = 30;

    private final Sheet sheet;
    private final Marks marks = new Marks();
    private String phase = "";
    private String capacity = "";

    /** What was told since the last {@link #flush}; null where nothing was. */
    private StringBuilder pending;

    /** Whether what is written has been read. */
    private boolean read;

    private boolean full;
    private boolean begun;
    private boolean ended;

    /** The events that were written before this process began and that its first tick may repeat. */
    private Set<String> repeated = Set.of();

    public Chronicle(Sheet sheet) {
        this.sheet = sheet;
    }

    /** Tells what kind of deployment it is; nothing where that was told already. */
    public synchronized void begin(Instant at, Map<String, String> facts) throws IOException {
        look();
        if (!begun) {
            begun = true;
            facts.forEach((name, value) -> tell(Line.of(Line.FACT, at, name, shortened(value))));
        }
    }

    public synchronized void entered(Instant at, String name, boolean unwinding) throws IOException {
        look();
        String now = name + "\t" + unwinding;
        if (!now.equals(phase)) {
            phase = now;
            tell(Line.of(Line.PHASE, at, name, Boolean.toString(unwinding)));
        }
    }

    public synchronized void saw(Instant at, Sight sight) throws IOException {
        look();
        if (full) {
            return;
        }
        String now = sight.floor() + "\t" + sight.desired();
        if (sight.complete() && !now.equals(capacity)) {
            capacity = now;
            tell(Line.of(Line.CAPACITY, at, Integer.toString(sight.floor()), Integer.toString(sight.desired())));
        }
        Set<Long> there = new HashSet<>();
        for (Seen seen : sight.instances()) {
            there.add(Marks.key(seen.id()));
            saw(at, seen);
        }
        if (sight.complete()) {
            Arrays.stream(marks.keys()).filter(key -> !there.contains(key)).forEach(key -> {
                marks.put(key, State.GONE);
                tell(Line.of(Line.GONE, at, Long.toHexString(key)));
            });
        }
    }

    private synchronized void saw(Instant at, Seen seen) {
        long key = Marks.key(seen.id());
        if (seen.state() == null || marks.state(key).orElse(State.GONE) == seen.state()) {
            return;
        }
        marks.put(key, seen.state());
        tell(Line.of(
                Line.INSTANCE,
                seen.since() == null ? at : seen.since(),
                seen.id(),
                seen.zone(),
                seen.side().name(),
                seen.state().name()));
    }

    public synchronized void said(Event event) throws IOException {
        look();
        Line line = Line.of(Line.EVENT, event.at(), event.kind().name(), event.progress(), shortened(event.text()));
        if ((!full || event.kind() == Event.Kind.FAILURE) && !repeated.contains(same(line))) {
            tell(line);
        }
    }

    private static String same(Line line) {
        return String.join("\t", line.fields());
    }

    public synchronized void ended(Instant at, Outcome outcome) throws IOException {
        look();
        if (!ended) {
            ended = true;
            boolean success = outcome instanceof Outcome.Succeeded;
            String text = outcome instanceof Outcome.Failed failed ? failed.message() : "";
            tell(Line.of(Line.END, at, Boolean.toString(success), shortened(text)));
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private synchronized void tell(Line line) {
        if (pending == null) {
            pending = new StringBuilder();
        }
        if (pending.length() < MOST_PENDING) {
            pending.append(line.asText());
        }
    }

    /**
     * Writes what was told.
     *
     * @throws IOException where that cannot be done; it is tried again the next time
     */
    public synchronized void flush() throws IOException {
        if (pending == null) {
            return;
        }
        if (!full && sheet.size() + pending.length() > ENOUGH) {
            full = true;
            tell(Line.of(Line.FULL, Instant.EPOCH));
        }
        sheet.append(pending.toString());
        pending = null;
        repeated = Set.of();
    }

    private synchronized void look() throws IOException {
        if (read) {
            return;
        }
        Deque<String> events = new ArrayDeque<>();
        History.lines(sheet.read(), line -> take(line, events));
        repeated = Set.copyOf(new HashSet<>(events));
        read = true;
    }

    /** Knows again what was written. */
    private synchronized void take(Line line, Deque<String> events) {
        switch (line.kind()) {
            case Line.FACT -> begun = true;
            case Line.PHASE -> phase = line.field(0) + "\t" + line.field(1);
            case Line.CAPACITY -> capacity = line.field(0) + "\t" + line.field(1);
            case Line.INSTANCE -> marks.put(Marks.key(line.field(0)), State.valueOf(line.field(3)));
            case Line.GONE -> marks.put(Long.parseLong(line.field(0), 16), State.GONE);
            case Line.EVENT -> events.add(same(line));
            case Line.END -> ended = true;
            case Line.FULL -> full = true;
            default -> {
                // of a newer version
            }
        }
        if (events.size() > LAST) {
            events.remove();
        }
    }
}
