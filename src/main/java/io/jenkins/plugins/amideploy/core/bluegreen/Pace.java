package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How fast traffic moves.
 *
 * @param steps percentages of traffic on the new side, ascending to 100; empty where they were not given
 * @param interval for how long each step is watched before the next; empty where it was not given
 */
public record Pace(List<Integer> steps, Optional<Duration> interval) {
    private static final List<Integer> USUAL = List.of(10, 50, 100);
    /** A Classic Load Balancer grows with its traffic and cannot be told beforehand; AWS asks for gradual ramps. */
    private static final List<Integer> SLOW = List.of(5, 10, 25, 50, 75, 100);

    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);
    /** No more than 50 percent in five minutes ("Best Practices in Evaluating Elastic Load Balancing"). */
    private static final Duration SLOW_INTERVAL = Duration.ofMinutes(5);

    static Pace of(Parameters p, List<String> problems) {
        List<Integer> steps = p.percentages("steps");
        if (!steps.isEmpty() && steps.get(steps.size() - 1) != 100) {
            problems.add("steps: the last one must be 100");
        }
        int seconds = p.number("interval", -1, 0, (int) Duration.ofDays(2).toSeconds());
        return new Pace(steps, seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    }

    /** @param coldBalancer whether the new balancer has to grow with its traffic */
    List<Integer> stepsFor(boolean coldBalancer) {
        return !steps.isEmpty() ? steps : coldBalancer ? SLOW : USUAL;
    }

    Duration intervalFor(boolean coldBalancer) {
        return interval.orElse(coldBalancer ? SLOW_INTERVAL : USUAL_INTERVAL);
    }

    /** Whether either is slower than usual because of the balancer. */
    boolean slowedBy(boolean coldBalancer) {
        return coldBalancer && (steps.isEmpty() || interval.isEmpty());
    }
}
