package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.amideploy.core.cfn.EventStream.Heard;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

class SignsTest {
    private static final Instant AT = Instant.parse("2026-01-05T09:00:00Z");

    private static List<Seen> in(String reason, boolean back) {
        StackEvent event = StackEvent.builder()
                .timestamp(AT)
                .resourceStatus("UPDATE_IN_PROGRESS")
                .resourceStatusReason(reason)
                .build();
        return new Signs(back).in(new Heard("events", "", event, false));
    }

    private static Seen seen(String id, Side side, State state) {
        return new Seen(id, "", side, state, AT);
    }

    @Test
    void whoSignalsServesAndWhoIsTerminatedGoes() {
        assertEquals(
                List.of(seen("i-0abc", Side.NEW, State.IN_SERVICE)),
                in("Received SUCCESS signal with UniqueId i-0abc", false));
        assertEquals(
                List.of(seen("i-01", Side.OLD, State.DRAINING), seen("i-02", Side.OLD, State.DRAINING)),
                in("Terminating instance(s) [i-01,i-02]; replacing with 2 new instance(s).", false));
        assertEquals(
                List.of(seen("i-01", Side.OLD, State.GONE)),
                in("Successfully terminated instance(s) [i-01] (Progress 50%).", false));
    }

    @Test
    void onTheWayBackTheSidesAreExchanged() {
        assertEquals(
                List.of(seen("i-0abc", Side.OLD, State.IN_SERVICE)),
                in("Received SUCCESS signal with UniqueId i-0abc", true));
        assertEquals(
                List.of(seen("i-01", Side.NEW, State.GONE)), in("Successfully terminated instance(s) [i-01]", true));
    }

    @Test
    void otherWordsSayNothingOfInstances() {
        assertEquals(List.of(), in("Rolling update initiated. Terminating 3 obsolete instance(s)", false));
        assertEquals(List.of(), in("Successfully terminated instance(s) []", false));
        assertEquals(List.of(), in("", false));
    }
}
