package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {
    private static final Instant START = SimulatedClock.START;

    private final SimulatedClock clock = SimulatedClock.virtual();
    private final List<String> happened = new ArrayList<>();

    @Test
    void eventsHappenInTheOrderOfTheirTimeThenOfTheirScheduling() {
        clock.at(START.plusSeconds(2), () -> happened.add("third"));
        clock.at(START.plusSeconds(1), () -> happened.add("first"));
        clock.at(START.plusSeconds(1), () -> happened.add("second"));
        clock.advance(Duration.ofSeconds(2));
        assertEquals(List.of("first", "second", "third"), happened);
    }

    @Test
    void anEventMayCauseAnotherAndSeesItsOwnTime() {
        clock.at(START.plusSeconds(1), () -> clock.at(START.plusSeconds(3), () -> happened.add("" + clock.instant())));
        clock.advance(Duration.ofSeconds(2));
        assertTrue(happened.isEmpty());
        clock.advanceTo(START.plusSeconds(60));
        assertEquals(List.of("" + START.plusSeconds(3)), happened);
        assertEquals(START.plusSeconds(60), clock.instant());
    }

    @Test
    void aVirtualClockStandsStill() {
        assertEquals(START, clock.instant());
        clock.advanceTo(START.minusSeconds(1));
        assertEquals(START, clock.instant());
    }

    @Test
    void aClockThatFollowsRealTimeCatchesUpWhenSomeoneLooks() throws InterruptedException {
        SimulatedClock following = SimulatedClock.followingRealTime(1_000_000);
        following.at(START.plusSeconds(60), () -> happened.add("due"));
        Thread.sleep(20);
        assertFalse(following.instant().isBefore(START.plusSeconds(60)));
        assertEquals(List.of("due"), happened);
    }
}
