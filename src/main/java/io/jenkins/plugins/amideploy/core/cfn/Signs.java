package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.cfn.EventStream.Heard;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What CloudFormation's events say of single instances, for people to look at. It names those that have signalled and
 * those that it terminates, and no others.
 */
final class Signs {
    private static final Pattern SIGNAL = Pattern.compile("Received SUCCESS signal with UniqueId (i-[0-9a-f]+)");
    private static final Pattern TERMINATING = Pattern.compile("^Terminating instance\\(s\\) \\[([^]]*)]");
    private static final Pattern TERMINATED = Pattern.compile("^Successfully terminated instance\\(s\\) \\[([^]]*)]");

    /** While the stack goes back, those that go have the image that was to be deployed. */
    private final boolean back;

    Signs(boolean back) {
        this.back = back;
    }

    List<Seen> in(Heard heard) {
        Instant at = heard.event().timestamp();
        Side come = back ? Side.OLD : Side.NEW;
        Side go = back ? Side.NEW : Side.OLD;
        return Stream.of(
                        seen(SIGNAL, heard, come, State.IN_SERVICE, at),
                        seen(TERMINATING, heard, go, State.DRAINING, at),
                        seen(TERMINATED, heard, go, State.GONE, at))
                .flatMap(seen -> seen)
                .toList();
    }

    private static Stream<Seen> seen(Pattern pattern, Heard heard, Side side, State state, Instant at) {
        Matcher matcher = pattern.matcher(heard.reason());
        return !matcher.find()
                ? Stream.of()
                : Arrays.stream(matcher.group(1).split(","))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .map(id -> new Seen(id, "", side, state, at));
    }
}
