package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How a build ends and what is said of it. */
final class Ending {
    private final Desk desk;
    private final BuildState state;

    Ending(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** @param left what is still there, with AWS's reason where it refused to remove it */
    Tick tick(Map<String, String> left) {
        if (!state.finished()) {
            return new Tick.Ended(new Outcome.Failed(desk.at().trouble().orElseThrow(), afterFailure(left)));
        }
        Made made = Made.now(desk);
        if (!left.isEmpty()) {
            desk.warn("The image is good, but something of its build could not be removed:" + list(left));
        }
        Optional<String> copy = desk.request().image().copyTo().keySet().stream()
                .map(state::copyFailure)
                .flatMap(Optional::stream)
                .findFirst();
        if (copy.isPresent()) {
            return new Tick.Ended(new Outcome.Failed(
                    new Trouble(Trouble.Kind.UNHEALTHY, copy.get()),
                    "What was made before is kept, as onFailure says: " + made + " ('" + made.name()
                            + "'). No older image was removed."));
        }
        desk.at()
                .trouble()
                .ifPresent(trouble ->
                        desk.say("The image was finished by then and stays: nobody is helped by removing it"));
        return new Tick.Ended(new Outcome.Succeeded(
                made.result(Duration.between(state.since(), desk.at().now()))));
    }

    private String afterFailure(Map<String, String> left) {
        List<String> lines = new ArrayList<>();
        if (state.done("kept")) {
            lines.add(new Keeping(desk).words(desk.at().owner()));
        }
        if (!state.image().isEmpty()) {
            boolean there = left.keySet().stream().anyMatch(what -> what.startsWith(state.image()));
            lines.add("The image " + state.image() + " was not finished"
                    + (there ? "." : " and is removed, with its copies and snapshots."));
        }
        lines.add(
                left.isEmpty()
                        ? state.done("kept")
                                ? "Nothing else of this build is left in AWS."
                                : "Nothing of this build is left in AWS."
                        : "Of this build there is left:" + list(left));
        return String.join("\n", lines);
    }

    private static String list(Map<String, String> left) {
        StringBuilder list = new StringBuilder();
        left.forEach((what, why) -> list.append("\n  - ").append(what).append(why.isEmpty() ? "" : ": " + why));
        return list + "\nThe sweeper tries again, and removes it as soon as AWS lets it.";
    }

    /** Where a build stands that had to end at once. */
    static String standing(BuildState state) {
        String image =
                state.finished() ? "The image " + state.image() + " is finished and stays. " : "No image was made. ";
        String left = String.join(", ", CleanUp.known(state));
        return image
                + (left.isEmpty() ? "Something of this build may" : "Of this build, " + left + " may")
                + " still be there in AWS, tagged " + Tags.DEPLOYMENT
                + ". The sweeper removes it when AWS can be reached and accepts the credentials again.";
    }

    /** The trouble of a build that is turned around, for people. */
    static String turning(Desk desk) {
        Trouble trouble = Objects.requireNonNull(desk.at().trouble().orElse(null));
        boolean image = !desk.state().image().isEmpty();
        return trouble.kind() == Trouble.Kind.ABORTED && image
                ? "What this build made is removed, its image, too: a build that was aborted leaves none"
                : "What this build made is removed";
    }
}
