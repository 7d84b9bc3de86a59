package io.jenkins.plugins.amideploy.page;

import static io.jenkins.plugins.amideploy.page.Histories.START;
import static io.jenkins.plugins.amideploy.page.Histories.after;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.page.Outlook.Standing;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutlookTest {
    private static Outlook running(History history, Optional<History> plan, int seconds) {
        return new Outlook(history, plan, false, Optional.of(after(seconds)));
    }

    private static Outlook over(History history, Optional<History> plan) {
        return new Outlook(history, plan, false, Optional.empty());
    }

    @Test
    void saysWhatIsLeftByThePlan() throws IOException {
        History plan = Histories.replacing(4, 300).ended(1200).history();
        Outlook outlook = running(Histories.replacing(4, 300).history(), Optional.of(plan), 1200);
        assertEquals("20 min so far, about 0 s to go", outlook.time());
        assertArrayEquals(new int[] {4, 4}, outlook.progress());
    }

    @Test
    void saysHowFarItIsBehindThePlan() throws IOException {
        History plan = Histories.replacing(4, 60).ended(240).history();
        History none =
                new Histories().tell(c -> c.entered(START, "REPLACE", false)).history();
        assertEquals(
                "10 min so far, about 3 min to go (9 min behind the plan)",
                running(none, Optional.of(plan), 600).time());
    }

    @Test
    void whileTheBlockHasTheWordNothingIsLate() throws IOException {
        History plan = Histories.replacing(4, 60).ended(240).history();
        History waiting =
                new Histories().tell(c -> c.entered(START, "GATE", false)).history();
        Outlook outlook = running(waiting, Optional.of(plan), 600);
        assertEquals(Standing.WAITING, outlook.standing());
        assertEquals("10 min so far, about 3 min after the block", outlook.time());
    }

    @Test
    void whyItTurnsBackIsSaidWhileItDoes() throws IOException {
        History history = new Histories()
                .tell(c -> c.entered(START, "REPLACE", false))
                .tell(c -> c.said(new Event(after(5), Event.Kind.FAILURE, "1/4", "Aborted by alice")))
                .tell(c -> c.said(new Event(after(6), Event.Kind.FAILURE, "1/4", "and another")))
                .tell(c -> c.entered(after(7), "REPLACE", true))
                .history();
        Outlook outlook = running(history, Optional.empty(), 10);
        assertEquals(Standing.UNWINDING, outlook.standing());
        assertEquals("Rolling back", outlook.headline());
        assertEquals("Aborted by alice", outlook.trouble());
    }

    @Test
    void theEndSaysHowItEnded() throws IOException {
        History plan = Histories.replacing(4, 60).ended(300).history();
        Outlook done = over(Histories.replacing(4, 60).ended(360).history(), Optional.of(plan));
        assertEquals("Done in 6 min", done.headline());
        assertEquals("Planned: 5 min", done.time());
        Outcome failure = new Outcome.Failed(new Trouble(Trouble.Kind.ABORTED, "Aborted"), "Rolled back.");
        Outlook failed = over(
                Histories.replacing(4, 60)
                        .tell(c -> c.ended(after(400), failure))
                        .history(),
                Optional.empty());
        assertEquals(Standing.FAILED, failed.standing());
        assertEquals("Aborted\nRolled back.", failed.trouble());
    }

    @Test
    void whoStoppedWithoutAWordIsNotTakenForRunning() throws IOException {
        assertEquals(
                Standing.LOST,
                over(Histories.replacing(2, 60).history(), Optional.empty()).standing());
    }

    @Test
    void phasesAreToldBesideThePlan() throws IOException {
        History plan = new Histories()
                .tell(c -> c.entered(START, "REPLACE", false))
                .tell(c -> c.entered(after(100), "DRAIN", false))
                .ended(130)
                .history();
        History history = new Histories()
                .tell(c -> c.entered(START, "REPLACE", false))
                .tell(c -> c.entered(after(50), "GATE", false))
                .tell(c -> c.entered(after(80), "REPLACE", false))
                .history();
        assertEquals(
                List.of(
                        new PhaseRow("Replacing instances", "1 min 40 s", "1 min 10 s"),
                        new PhaseRow("Waiting for the block", "", "30 s"),
                        new PhaseRow("Draining", "30 s", ""),
                        new PhaseRow("Total", "2 min 10 s", "1 min 40 s")),
                PhaseTable.rows(history, Optional.of(plan), after(100)));
    }

    @Test
    void everyPhaseOfEveryProcedureHasAName() {
        for (String phase : List.of(
                "",
                "GATE",
                "LEASE",
                "REPLACE",
                "MAKE_ROOM",
                "COME_UP",
                "CUT",
                "UNDO",
                "LOOK",
                "PROPOSE",
                "FOLLOW",
                "RESOURCES",
                "USER_DATA",
                "IMAGE",
                "PUBLISH",
                "RETENTION",
                "CLEAN_UP")) {
            String name = PhaseNames.of(new History.Phase(START, phase, false));
            assertEquals(false, name.isEmpty() || name.equals(phase), phase);
        }
        assertEquals("Shift traffic", PhaseNames.of(new History.Phase(START, "SHIFT_TRAFFIC", false)));
        assertEquals("Shift traffic (turning back)", PhaseNames.of(new History.Phase(START, "SHIFT_TRAFFIC", true)));
    }
}
