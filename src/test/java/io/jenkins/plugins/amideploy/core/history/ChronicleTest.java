package io.jenkins.plugins.amideploy.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.history.Life.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleTest {
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    @TempDir
    private Path build;

    private Path file;
    private Chronicle chronicle;

    @BeforeEach
    void begin() {
        file = build.resolve("ami-deploy").resolve("d1.history");
        chronicle = restarted();
    }

    /** As a process that has just started would have it. */
    private Chronicle restarted() {
        return new Chronicle(new SheetFile(() -> Optional.of(file)));
    }

    private History history() throws IOException {
        return History.read(file);
    }

    private static Instant after(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static Seen seen(String id, Side side, State state) {
        return new Seen(id, "eu-west-1a", side, state, null);
    }

    private static Sight sight(Seen... seen) {
        return Sight.all(2, 3, List.of(seen));
    }

    private static Event event(int seconds, String text) {
        return new Event(after(seconds), Event.Kind.INFO, "1/2", text);
    }

    @Test
    void whatWasToldIsReadBack() throws IOException {
        chronicle.begin(START, Map.of("region", "eu-west-1"));
        chronicle.entered(START, "LEASE", false);
        chronicle.saw(after(5), sight(seen("i-1", Side.OLD, State.IN_SERVICE)));
        chronicle.said(event(6, "a line\twith\\everything\nand a second one"));
        chronicle.entered(after(9), "REPLACE", true);
        chronicle.ended(
                after(60), new Outcome.Failed(new Trouble(Trouble.Kind.ABORTED, "Aborted"), "Nothing was changed."));
        chronicle.flush();

        History history = history();
        assertEquals("eu-west-1", history.fact("region"));
        assertEquals(
                List.of(new History.Phase(START, "LEASE", false), new History.Phase(after(9), "REPLACE", true)),
                history.phases());
        assertEquals(List.of(new History.Capacity(after(5), 2, 3)), history.capacities());
        assertEquals(
                "a line\twith\\everything\nand a second one",
                history.events().get(0).text());
        assertEquals("1/2", history.progress());
        assertEquals(
                "Aborted\nNothing was changed.", history.end().orElseThrow().text());
        assertEquals(Duration.ofSeconds(60), history.length(after(1000)));
    }

    @Test
    void eachChangeOfAnInstanceIsToldOnce() throws IOException {
        chronicle.saw(START, sight(seen("i-1", Side.OLD, State.IN_SERVICE)));
        chronicle.saw(after(10), sight(seen("i-1", Side.OLD, State.IN_SERVICE), seen("i-2", Side.NEW, State.BOOTING)));
        Seen warming = new Seen("i-2", "eu-west-1a", Side.NEW, State.WARMING, after(25));
        chronicle.saw(after(30), sight(seen("i-1", Side.OLD, State.DRAINING), warming));
        chronicle.saw(after(40), sight(seen("i-1", Side.OLD, State.DRAINING), warming));
        chronicle.saw(after(50), sight(seen("i-2", Side.NEW, State.IN_SERVICE)));
        chronicle.flush();

        Life old = history().lives().get(0);
        assertEquals(
                List.of(
                        new Span(START, State.IN_SERVICE),
                        new Span(after(30), State.DRAINING),
                        new Span(after(50), State.GONE)),
                old.spans());
        Life fresh = history().lives().get(1);
        assertEquals(
                List.of(
                        new Span(after(10), State.BOOTING),
                        new Span(after(25), State.WARMING),
                        new Span(after(50), State.IN_SERVICE)),
                fresh.spans());
        assertEquals("eu-west-1a", fresh.zone());
    }

    @Test
    void whereNothingIsKnownOfAnInstanceItStaysAsItWas() throws IOException {
        chronicle.saw(START, sight(seen("i-1", Side.NEW, State.BOOTING)));
        chronicle.saw(after(10), sight(seen("i-1", Side.NEW, null)));
        chronicle.flush();
        assertEquals(1, history().lives().get(0).spans().size());
    }

    @Test
    void anInstanceThatIsNotMentionedIsGoneOnlyWhereAllWereLookedAt() throws IOException {
        chronicle.saw(START, Sight.some(List.of(seen("i-1", Side.NEW, State.IN_SERVICE))));
        chronicle.saw(after(10), Sight.some(List.of(seen("i-2", Side.NEW, State.IN_SERVICE))));
        chronicle.flush();
        assertEquals(List.of(), history().lives().stream().filter(Life::gone).toList());
        chronicle.saw(after(20), sight(seen("i-2", Side.NEW, State.IN_SERVICE)));
        chronicle.flush();
        assertTrue(history().lives().get(0).gone());
    }

    @Test
    void anOldInstanceThatIsHeardOfOnlyWhenItGoesWasThereBefore() throws IOException {
        chronicle.entered(START, "FOLLOW", false);
        chronicle.saw(after(60), Sight.some(List.of(seen("i-1", Side.OLD, State.DRAINING))));
        chronicle.flush();
        assertEquals(
                List.of(new Span(START, State.IN_SERVICE), new Span(after(60), State.DRAINING)),
                history().lives().get(0).spans());
    }

    @Test
    void afterARestartNothingIsToldTwiceAndNothingIsLost() throws IOException {
        Sight sight = sight(seen("i-1", Side.OLD, State.IN_SERVICE), seen("i-2", Side.NEW, State.BOOTING));
        chronicle.begin(START, Map.of("region", "eu-west-1"));
        chronicle.entered(START, "REPLACE", false);
        chronicle.saw(START, sight);
        chronicle.said(event(1, "i-2 launched"));
        chronicle.flush();
        chronicle.said(event(2, "told in a tick that a crash cut off"));
        String before = Files.readString(file);

        Chronicle second = restarted();
        second.begin(after(30), Map.of("region", "eu-west-1"));
        second.entered(after(30), "REPLACE", false);
        second.saw(after(30), sight);
        second.said(event(31, "i-2 launched"));
        second.flush();
        assertEquals(before, Files.readString(file));

        second.said(event(32, "told in a tick that a crash cut off"));
        second.saw(after(40), sight(seen("i-2", Side.NEW, State.IN_SERVICE)));
        second.flush();
        assertEquals(
                List.of("i-2 launched", "told in a tick that a crash cut off"),
                history().events().stream().map(Event::text).toList());
        assertEquals(after(40), history().lives().get(0).first(State.GONE).orElseThrow());
        assertEquals(after(40), history().lives().get(1).first(State.IN_SERVICE).orElseThrow());
    }

    @Test
    void aLineThatACrashCutOffIsNeitherReadNorHarmsTheNext() throws IOException {
        chronicle.said(event(1, "first"));
        chronicle.flush();
        byte[] torn =
                Line.of(Line.EVENT, after(2), "INFO", "", "Gerät").asText().getBytes("UTF-8");
        Files.write(file, java.util.Arrays.copyOf(torn, torn.length - 3), StandardOpenOption.APPEND);
        assertEquals(1, history().events().size());

        Chronicle second = restarted();
        second.said(event(3, "third"));
        second.flush();
        assertEquals(
                List.of("first", "third"),
                history().events().stream().map(Event::text).toList());
    }

    @Test
    void whatIsNoLineIsPassedOver() throws IOException {
        chronicle.said(event(1, "first"));
        chronicle.flush();
        Files.writeString(
                file,
                "\n\nnonsense\ni\tx\te\nc\t1\tmany\nz\t5\tof a newer version\ni\t7\ti-1\t\tNO\tSIDE\n",
                StandardOpenOption.APPEND);
        assertEquals(1, history().events().size());
        Chronicle second = restarted();
        second.said(event(2, "second"));
        second.flush();
        assertEquals(2, history().events().size());
    }

    @Test
    void aHistoryOfEndlessTroubleIsBoundedAndStillEnds() throws IOException {
        for (int i = 0; i < 30_000; i++) {
            chronicle.said(event(i, "The same again, for the " + i + "th time: " + "x".repeat(60)));
            chronicle.saw(after(i), sight(seen("i-" + i, Side.NEW, State.BOOTING)));
            if (i % 100 == 0) {
                chronicle.flush();
            }
        }
        chronicle.said(new Event(after(40_000), Event.Kind.FAILURE, "", "It is given up"));
        chronicle.ended(after(40_001), new Outcome.Succeeded(Map.of()));
        chronicle.flush();
        assertTrue(
                Files.size(file) < Chronicle.ENOUGH + 300_000,
                () -> "" + file.toFile().length());
        assertTrue(history().full());
        assertTrue(history().end().isPresent());
        List<Event> events = history().events();
        assertEquals("It is given up", events.get(events.size() - 1).text());
    }

    @Test
    void aTextOfAnyLengthIsCut() throws IOException {
        chronicle.said(event(1, "x".repeat(1_000_000)));
        chronicle.flush();
        assertTrue(Files.size(file) < 3_000);
    }

    @Test
    void aBuildThatWasDeletedDoesNotComeBack() throws IOException {
        Path deleted = build.resolve("17");
        Chronicle orphan = new Chronicle(
                new SheetFile(() -> Optional.of(deleted.resolve("ami-deploy").resolve("d1.history"))));
        orphan.said(event(1, "told"));
        assertThrows(NoSuchFileException.class, orphan::flush);
        assertFalse(Files.exists(deleted));
    }

    @Test
    void instancesAreToldApart() {
        Marks marks = new Marks();
        IntStream.range(0, 5_000).forEach(i -> marks.put(Marks.key(id(i)), State.values()[i % 6]));
        assertEquals(5_000, marks.keys().length);
        IntStream.range(0, 5_000)
                .forEach(i -> assertEquals(
                        State.values()[i % 6], marks.state(Marks.key(id(i))).orElseThrow()));
        IntStream.range(0, 5_000).filter(i -> i % 2 == 0).forEach(i -> marks.put(Marks.key(id(i)), State.GONE));
        assertEquals(2_500, marks.keys().length);
        assertTrue(marks.state(Marks.key(id(1))).isPresent());
        assertTrue(marks.state(Marks.key(id(2))).isEmpty());
    }

    private static String id(int i) {
        return String.format("i-%017x", i * 7_919L);
    }
}
