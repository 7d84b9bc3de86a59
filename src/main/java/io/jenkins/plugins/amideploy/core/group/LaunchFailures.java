package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.Activities;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Finds out when instances that a group should launch do not come, and what AWS gives as the reason. */
public final class LaunchFailures {
    /** How long a group takes to begin a launch and AWS to show it; one that does not show by then is suspicious. */
    private static final Duration LAUNCH_SHOWS = Duration.ofSeconds(9);

    private static final String MISSING_SINCE = "missing";
    private static final String TOLD = "failures.told";
    private static final String COUNT = "failures.count";
    private static final String REASON = "failures.reason";
    /** Failed launches of the same kind before the deployment gives up, where trying again cannot help. */
    private static final int MOST_FAILURES = 2;

    private final TickContext at;
    private final AutoScalingGroup group;
    private final Duration limit;
    private final Consumer<String> warn;
    private final SavedState saved;

    /** @param limit after which an instance that was not launched is a failure, whatever AWS says */
    public LaunchFailures(TickContext at, AutoScalingGroup group, Duration limit, Consumer<String> warn) {
        this.at = at;
        this.group = group;
        this.limit = limit;
        this.warn = warn;
        this.saved = at.state();
    }

    /** Forgets what was found until now: it is no reason to give up what begins now. */
    public void forget() {
        saved.remove(MISSING_SINCE, COUNT, REASON);
        saved.put(TOLD, at.now());
    }

    /** Something was asked of the group that makes it launch. */
    public void launchAsked() {
        saved.put(MISSING_SINCE, saved.getInstant(MISSING_SINCE).orElse(at.now()));
    }

    /** When launches that were asked for should show; empty where none is awaited. */
    public Optional<Instant> nextLook() {
        Instant next = at.now().plus(LAUNCH_SHOWS);
        return saved.getInstant(MISSING_SINCE)
                .map(since -> since.plus(LAUNCH_SHOWS))
                .map(shows -> shows.isAfter(at.now()) ? shows : next);
    }

    /**
     * A reason to give up, or empty.
     *
     * @param missing how many instances the group should have and does not
     */
    public Optional<String> find(int missing) {
        if (missing == 0) {
            saved.remove(MISSING_SINCE);
            return Optional.empty();
        }
        Instant since = saved.getInstant(MISSING_SINCE).orElse(at.now());
        saved.put(MISSING_SINCE, since);
        if (at.now().isBefore(since.plus(LAUNCH_SHOWS))) {
            return Optional.empty();
        }
        group.suspendedProcesses().stream()
                .filter(process -> process.processName().equals("Launch") && !saved.has("told.launch"))
                .forEach(process -> {
                    saved.put("told.launch", "yes");
                    warn.accept("The group cannot launch: its process Launch is suspended ("
                            + process.suspensionReason() + "). Resume it, and the deployment goes on.");
                });
        Optional<String> fatal = tell(since);
        if (fatal.isPresent()) {
            return fatal;
        }
        boolean tooLong = at.now().isAfter(since.plus(limit));
        return tooLong
                ? Optional.of("AWS has not launched " + Words.count(missing, "instance") + " within "
                        + Words.of(limit) + ": "
                        + saved.get(REASON, "its scaling activities give no reason"))
                : Optional.empty();
    }

    /** Tells launches that failed since the last look; gives the reason back where there is no point in going on. */
    private Optional<String> tell(Instant since) {
        Instant told = saved.getInstant(TOLD).orElse(since.minus(LAUNCH_SHOWS));
        List<Activity> failed = Activities.since(at.aws(), group.autoScalingGroupName(), told.plusMillis(1)).stream()
                .filter(Activities::failedLaunch)
                .sorted(Comparator.comparing(Activity::startTime))
                .toList();
        for (Activity activity : failed) {
            String reason = String.valueOf(activity.statusMessage());
            boolean again = kind(reason).equals(kind(saved.get(REASON, "")));
            saved.put(TOLD, activity.startTime());
            saved.put(COUNT, again ? saved.getInt(COUNT, 0) + 1 : 1);
            saved.put(REASON, reason);
            if (!again) {
                warn.accept("A launch failed: " + reason);
            }
            if (saved.getInt(COUNT, 0) >= MOST_FAILURES && !mayPass(reason)) {
                return Optional.of("The group cannot launch instances: " + reason);
            }
        }
        return Optional.empty();
    }

    /** The reason without what differs each time: zones, and messages that only AWS can decode. */
    private static String kind(String reason) {
        return reason.replaceAll("[a-z-]+-\\d[a-z]\\b|[\\w-]{40,}", "*");
    }

    /** Capacity comes and goes, and the group tries its other zones; anything else needs someone to mend it. */
    private static boolean mayPass(String reason) {
        boolean quota = reason.contains("vCPU");
        return !quota && reason.contains("capacity")
                || reason.contains("Capacity")
                || reason.contains("Request limit exceeded")
                || reason.contains("InternalError")
                || reason.contains("interrupt");
    }
}
