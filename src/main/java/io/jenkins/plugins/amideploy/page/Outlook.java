package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.History.Phase;
import io.jenkins.plugins.amideploy.page.Counts.Kind;
import io.jenkins.plugins.amideploy.page.Counts.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How it stands with a deployment, in a few words. */
final class Outlook {
    /** Later than that is late. */
    private static final Duration TOLERANCE = Duration.ofSeconds(45);

    /** How it stands. */
    enum Standing {
        RUNNING,
        /** The block has the word. */
        WAITING,
        UNWINDING,
        DONE,
        FAILED,
        /** It has stopped without a word. */
        LOST
    }

    private final History history;
    private final Optional<History> plan;
    private final Optional<Instant> now;
    private final boolean planning;
    private final Duration took;

    /**
     * @param planning whether a plan is all that was asked for
     * @param now empty where the deployment does not run any more
     */
    Outlook(History history, Optional<History> plan, boolean planning, Optional<Instant> now) {
        this.planning = planning;
        this.history = history;
        this.plan = plan;
        this.now = now;
        this.took = history.isEmpty() ? Duration.ZERO : history.length(now.orElse(history.last()));
    }

    Standing standing() {
        if (history.end().isPresent()) {
            return history.end().get().success() ? Standing.DONE : Standing.FAILED;
        }
        if (now.isEmpty()) {
            return Standing.LOST;
        }
        return phase().map(Outlook::standing).orElse(Standing.RUNNING);
    }

    private static Standing standing(Phase phase) {
        return phase.unwinding() ? Standing.UNWINDING : PhaseNames.waits(phase) ? Standing.WAITING : Standing.RUNNING;
    }

    private Optional<Phase> phase() {
        return history.phases().isEmpty()
                ? Optional.empty()
                : Optional.of(history.phases().get(history.phases().size() - 1));
    }

    String headline() {
        return switch (standing()) {
            case RUNNING, WAITING, UNWINDING -> phase().map(PhaseNames::of).orElseGet(Messages::Outlook_begins);
            case DONE -> planning ? planned() : Messages.Outlook_done(Words.of(took));
            case FAILED -> Messages.Outlook_failed(Words.of(took));
            case LOST -> Messages.Outlook_lost();
        };
    }

    private String planned() {
        return plan.map(p -> Messages.Outlook_wouldTake(Words.of(p.length(p.last()))))
                .orElseGet(Messages::Outlook_planDone);
    }

    /** Such as {@code 7/12}, cut in two; zero where nothing is counted. */
    int[] progress() {
        String[] parts = history.progress().split("/");
        boolean counted = parts.length == 2 && (parts[0] + parts[1]).matches("\\d{1,9}");
        return counted ? new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])} : new int[] {0, 0};
    }

    /** How long it has taken and will take, as far as that can be said. */
    String time() {
        Optional<Duration> planned = plan.map(p -> p.length(p.last()));
        boolean forward = standing() == Standing.RUNNING || standing() == Standing.WAITING;
        if (planning) {
            return "";
        }
        if (now.isEmpty()) {
            return planned.filter(p -> history.end().isPresent())
                    .map(p -> Messages.Outlook_planned(Words.of(p)))
                    .orElse("");
        }
        if (planned.isEmpty() || !forward) {
            return Messages.Outlook_since(Words.of(took));
        }
        Duration reached = reached(planned.get());
        Duration left = planned.get().minus(reached);
        if (standing() == Standing.WAITING) {
            return Messages.Outlook_leftAfterBlock(Words.of(took), about(left));
        }
        String text = Messages.Outlook_left(Words.of(took), about(left));
        Duration late = took.minus(reached);
        return late.compareTo(TOLERANCE) > 0 ? text + " " + Messages.Outlook_late(about(late)) : text;
    }

    private static String about(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 90
                ? Words.of(Duration.ofSeconds((seconds + 9) / 10 * 10))
                : Words.of(Duration.ofMinutes((seconds + 30) / 60));
    }

    /** The time in the plan that corresponds to what is done by now. */
    private Duration reached(Duration planned) {
        int done = Counts.of(history).steps().stream()
                .reduce((one, later) -> later)
                .map(step -> step.of(Kind.NEW_SERVING))
                .orElse(0);
        Duration from = plannedFor(done).orElse(Duration.ZERO);
        Duration to = plannedFor(done + 1).orElse(planned);
        return took.compareTo(from) < 0 ? from : took.compareTo(to) > 0 ? to : took;
    }

    private Optional<Duration> plannedFor(int done) {
        return Counts.of(plan.orElseThrow()).steps().stream()
                .filter(step -> step.of(Kind.NEW_SERVING) >= done)
                .map(Step::from)
                .findFirst()
                .map(at -> Duration.between(plan.orElseThrow().begin(), at));
    }

    /** Why it goes back or went wrong, and what state things are in; empty where nothing did. */
    String trouble() {
        String text = history.end().map(History.End::text).orElse("");
        if (text.isEmpty() && standing() == Standing.UNWINDING) {
            text = history.events().stream()
                    .filter(event -> event.kind() == Event.Kind.FAILURE)
                    .map(Event::text)
                    .findFirst()
                    .orElse("");
        }
        return text;
    }
}
