package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the phases of one tick have in common. */
record Desk(BuildRequest request, TickContext at, BuildState state) {
    /** How long AWS may need until it shows what was made. */
    static final Duration SHOWN = Duration.ofMinutes(1);

    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration SELDOM = Duration.ofSeconds(30);

    AwsSession aws() {
        return at.aws();
    }

    /** The session of a region that is named by its code. */
    AwsSession aws(String region) {
        return at.aws().in(region);
    }

    /** Where the image is made. */
    String home() {
        return at.aws().region();
    }

    /** Where an image of this build may be: at home first. */
    List<String> regions() {
        List<String> regions = new ArrayList<>(List.of(home()));
        regions.addAll(request.image().copyTo().keySet());
        return regions;
    }

    String family() {
        return ImageName.family(request, at.owner());
    }

    /** The name of what is made for this build alone, by which it is found again. */
    String ownName() {
        return "ami-deploy-" + at.owner().deployment();
    }

    void say(String text) {
        at.say("", text);
    }

    void warn(String text) {
        at.say(Event.Kind.WARNING, "", text);
    }

    Tick now() {
        return new Tick.LookAgain(at.now());
    }

    Tick in(Duration wait) {
        return new Tick.LookAgain(at.now().plus(wait));
    }

    /** Goes on with another phase. */
    Tick next(BuildState.Phase phase) {
        state.phase(phase);
        return now();
    }

    /** Notes and saves that such a thing is about to be made: from here on there may be one. */
    void aboutToMake(String thing) {
        state.ask(thing, at.now());
        at.wrote();
        at.save();
    }

    /**
     * Looks again at something that has been awaited since then: the longer it takes, the less a few seconds matter, so
     * that the looks are few and what they come late is a small part of the whole.
     */
    Tick awaiting(Instant since) {
        Duration wait = Duration.between(since, at.now()).dividedBy(8);
        Duration longest = wait.compareTo(SELDOM) > 0 ? SELDOM : wait;
        return in(longest.compareTo(CLOSE) < 0 ? CLOSE : longest);
    }

    /** Whether that long has passed since. */
    boolean passed(Duration time, Instant since) {
        return at.now().isAfter(since.plus(time));
    }
}
