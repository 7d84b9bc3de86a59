package io.jenkins.plugins.amideploy.core.history;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A history as a whole.
 *
 * @param facts what kind of deployment it is, by name
 * @param begin when it began; the time of the last line of nothing where nothing is written: 1970
 * @param last the latest time that anything in it has
 * @param events in the order in which they were told
 * @param end empty while it goes on
 * @param full whether it is not complete, because there was too much
 */
public record History(
        Map<String, String> facts,
        Instant begin,
        Instant last,
        List<Phase> phases,
        List<Capacity> capacities,
        List<Life> lives,
        List<Event> events,
        Optional<End> end,
        boolean full) {
    private static final Logger LOGGER = Logger.getLogger(History.class.getName());

    /** @param unwinding whether the deployment is being unwound */
    public record Phase(Instant from, String name, boolean unwinding) {}

    /** As long as nothing else is said. */
    public record Capacity(Instant from, int floor, int desired) {}

    /** @param text what went wrong and what state things are in; empty where nothing did */
    public record End(Instant at, boolean success, String text) {}

    /** @throws IOException where the file is there and cannot be read */
    public static History read(Path file) throws IOException {
        return of(SheetFile.read(file));
    }

    /** What is no line of a history is passed over. */
    public static History of(String text) {
        HistoryBuilder history = new HistoryBuilder();
        lines(text, history::add);
        return history.build();
    }

    /** Hands over the lines in their order. */
    static void lines(String text, Consumer<Line> to) {
        text.lines().forEach(line -> {
            try {
                to.accept(Line.parse(line));
            } catch (IllegalArgumentException e) {
                LOGGER.log(Level.FINE, e, () -> "No line of a history: " + line);
            }
        });
    }

    public boolean isEmpty() {
        return facts.isEmpty() && events.isEmpty() && phases.isEmpty();
    }

    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** How long it took, or has taken until then. */
    public Duration length(Instant now) {
        Instant until = end.map(End::at).orElse(now.isBefore(last) ? last : now);
        return Duration.between(begin, until);
    }

    /** The progress told last, such as {@code 7/12}; empty where none was told. */
    public String progress() {
        String progress = "";
        for (Event event : events) {
            progress = event.progress().isEmpty() ? progress : event.progress();
        }
        return progress;
    }

    /** How many of the instances fulfil the condition at that time. */
    public int count(Instant at, BiPredicate<Life, Life.Span> condition) {
        return (int) lives.stream()
                .filter(life ->
                        life.at(at).filter(span -> condition.test(life, span)).isPresent())
                .count();
    }
}
