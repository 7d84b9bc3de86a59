package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.history.Chronicle;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.MemorySheet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Histories of deployments that never were. */
final class Histories {
    static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final MemorySheet sheet = new MemorySheet();
    private final Chronicle chronicle = new Chronicle(sheet);

    static Instant after(long seconds) {
        return START.plusSeconds(seconds);
    }

    interface Telling {
        void tell(Chronicle chronicle) throws IOException;
    }

    Histories tell(Telling telling) throws IOException {
        telling.tell(chronicle);
        chronicle.flush();
        return this;
    }

    History history() {
        return History.of(sheet.read());
    }

    /** Replaces one instance after the other, each within that many seconds. */
    static Histories replacing(int size, int seconds) throws IOException {
        Histories histories = new Histories();
        histories.tell(c -> c.begin(START, Map.of("region", "eu-west-1", "console", "true")));
        histories.tell(c -> c.entered(START, "REPLACE", false));
        for (int done = 0; done <= size; done++) {
            int replaced = done;
            List<Seen> seen = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                String zone = "eu-west-1" + "abc".charAt(i % 3);
                if (i >= replaced) {
                    seen.add(new Seen("i-00" + i + "0000000", zone, Side.OLD, State.IN_SERVICE, null));
                }
                if (i <= replaced) {
                    State state = i == replaced ? State.BOOTING : State.IN_SERVICE;
                    seen.add(new Seen("i-0" + i + "f0000000", zone, Side.NEW, state, null));
                }
            }
            Instant at = after((long) done * seconds);
            histories.tell(c -> c.saw(at, Sight.all(size, size + 1, seen)));
            histories.tell(c -> c.said(new Event(at, Event.Kind.INFO, replaced + "/" + size, "line " + replaced)));
        }
        return histories;
    }

    Histories ended(int seconds) throws IOException {
        return tell(c -> c.ended(after(seconds), new Outcome.Succeeded(Map.of())));
    }
}
