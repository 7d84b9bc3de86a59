package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The phase before anything is made. */
final class Beginning {
    private final Desk desk;

    Beginning(Desk desk) {
        this.desk = desk;
    }

    /** @param problems what is wrong with the parameters alone */
    Tick tick(List<String> problems) {
        Preflight.Findings found = new Preflight(desk, problems).look();
        if (!found.problems().isEmpty()) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "This image cannot be built:\n  - " + String.join("\n  - ", found.problems()));
        }
        if (found.existing().isPresent()) {
            Made made = found.existing().get();
            desk.say("An image of the same inputs is there already and nothing is built: " + made + " ('" + made.name()
                    + "')");
            return new Tick.Ended(new Outcome.Succeeded(made.result(Duration.ZERO)));
        }
        Source source = found.source().orElseThrow();
        desk.state().found(source, found.network(), found.name(), found.digest(), found.instanceType());
        if (desk.request().plan()) {
            return new BuildPlan(desk).tick(source);
        }
        desk.state().saved().put("since", desk.at().now());
        announce(source, found);
        return desk.next(Phase.RESOURCES);
    }

    private void announce(Source source, Preflight.Findings found) {
        List<String> lines = new ArrayList<>();
        lines.add("Source: " + source(desk, source));
        lines.add("To be built: '" + found.name() + "' of the family " + desk.family() + ", on a "
                + found.instanceType() + (desk.request().instance().spot() ? " spot instance" : ""));
        Set<String> copies = desk.request().image().copyTo().keySet();
        if (!copies.isEmpty()) {
            lines.add("To be copied to " + String.join(", ", copies));
        }
        desk.say(String.join("\n", lines));
        if (shareOfDefaultKey()) {
            desk.warn("An image that is encrypted with the account's default key cannot be shared, and AWS will refuse "
                    + "to; unless that key is one of your own, give kmsKeyId.");
        }
    }

    private boolean shareOfDefaultKey() {
        ImageRequest image = desk.request().image();
        boolean shared =
                !image.shareWith().isEmpty() || !image.shareWithOrganizations().isEmpty();
        return shared
                && desk.request().instance().encrypted()
                && desk.request().instance().kmsKeyId().isEmpty();
    }

    /** The image that was resolved, for people. */
    static String source(Desk desk, Source source) {
        String id = source.image().imageId();
        String asked = desk.request().source().toString();
        String name =
                source.image().name() == null ? "" : " ('" + source.image().name() + "')";
        return id + name + (asked.equals(id) ? "" : ", " + asked);
    }
}
