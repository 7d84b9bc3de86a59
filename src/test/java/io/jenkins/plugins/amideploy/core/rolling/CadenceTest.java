package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CadenceTest {
    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
    private static final Duration WARMUP = Duration.ofSeconds(60);

    private final SavedState saved = SavedState.empty();
    private final Slots slots = new Slots(saved);

    private void booting(String id, int seenAgo) {
        slots.put(new Slot(id, "a", NOW.minusSeconds(seenAgo), null, 0));
    }

    private void warming(String id, int servingFor) {
        slots.put(new Slot(id, "a", NOW.minusSeconds(200), NOW.minusSeconds(servingFor), 0));
    }

    private long groupIn(Optional<Instant> launches) {
        return Duration.between(NOW, new Cadence(slots, WARMUP, NOW).group(launches))
                .toSeconds();
    }

    private long lookIn(int group, int free) {
        Tick next = new Cadence(slots, WARMUP, NOW).next(NOW.plusSeconds(group), NOW.plusSeconds(free));
        return Duration.between(NOW, ((Tick.LookAgain) next).at()).toSeconds();
    }

    @Test
    void theGroupIsLookedAtNowAndThen() {
        assertEquals(25, groupIn(Optional.empty()));
    }

    @Test
    void theGroupIsLookedAtWhenAWarmUpEnds() {
        warming("i-1", 50);
        assertEquals(10, groupIn(Optional.empty()));
    }

    @Test
    void whatOthersDoWaitsForAWarmUpThatEndsSoonAfter() {
        warming("i-1", 30);
        assertEquals(30, groupIn(Optional.empty()));
    }

    @Test
    void theGroupIsLookedAtWhenLaunchesShouldShow() {
        assertEquals(9, groupIn(Optional.of(NOW.plusSeconds(9))));
    }

    @Test
    void nobodyLooksForAnInstanceBeforeTheQuickestWouldServe() {
        slots.learn(Duration.ofSeconds(100));
        slots.learn(Duration.ofSeconds(140));
        booting("i-1", 80);
        assertEquals(10, lookIn(25, 0));
    }

    @Test
    void fromThenOnTheyLookClosely() {
        slots.learn(Duration.ofSeconds(100));
        slots.learn(Duration.ofSeconds(140));
        booting("i-1", 120);
        assertEquals(5, lookIn(25, 0));
    }

    @Test
    void theLongerItIsOverdueTheSeldomerTheyLook() {
        slots.learn(Duration.ofSeconds(100));
        slots.learn(Duration.ofSeconds(140));
        booting("i-1", 340);
        assertEquals(20, lookIn(100, 0));
    }

    @Test
    void noLookBeforeThereMayBeCallsAgain() {
        booting("i-1", 120);
        assertEquals(12, lookIn(25, 12));
    }

    @Test
    void aLookWaitsForTheEndOfAWarmUpThatIsNear() {
        booting("i-1", 120);
        warming("i-2", 50);
        warming("i-3", 59);
        assertEquals(10, lookIn(1, 7));
    }

    @Test
    void whatIsNotUsedMayBeUsedLater() {
        Allowance allowance = new Allowance(saved);
        assertEquals(NOW.plusSeconds(10), allowance.spend(2, NOW));
        Instant later = NOW.plusSeconds(40);
        for (int i = 1; i <= 6; i++) {
            assertEquals(later, allowance.spend(1, later));
        }
        assertEquals(later.plusSeconds(5), allowance.spend(1, later));
    }
}
