package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Activities;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.Activity;

/** Finds out when new instances do not come or do not become healthy, and what AWS gives as the reason. */
final class Failures {
    /** How long a group takes to begin a launch and AWS to show it; one that does not show by then is suspicious. */
    private static final Duration LAUNCH_SHOWS = Duration.ofSeconds(9);

    private static final String MISSING_SINCE = "missing";
    private static final String TOLD = "failures.told";
    private static final String COUNT = "failures.count";
    private static final String REASON = "failures.reason";
    /** Failed launches of the same kind before the deployment gives up, where trying again cannot help. */
    private static final int MOST_FAILURES = 2;

    private final Desk desk;
    private final TickContext at;
    private final SavedState saved;

    Failures(Desk desk) {
        this.desk = desk;
        this.at = desk.at();
        this.saved = at.state();
    }

    /** Forgets what was found until now: it is no reason to give up what begins now. */
    void forget() {
        saved.remove(MISSING_SINCE, COUNT, REASON);
        saved.put(TOLD, at.now());
    }

    /** A reason to give up, or empty. */
    Optional<String> find(List<Member> members, int missing) {
        Optional<String> launch = launches(missing);
        if (launch.isPresent()) {
            return launch;
        }
        if (desk.state().lost() > Math.max(3, desk.state().batch())) {
            return Optional.of(desk.state().lost() + " new instances in a row were lost before they were ready");
        }
        if (desk.state().back() && at.unwindingTooLong()) {
            return Optional.of("Rolling back took too long");
        }
        return unhealthy(members);
    }

    /** Something was asked of the group that makes it launch. */
    void launchAsked() {
        saved.put(MISSING_SINCE, saved.getInstant(MISSING_SINCE).orElse(at.now()));
    }

    /** When launches that were asked for should show; empty where none is awaited. */
    Optional<Instant> nextLook() {
        Instant next = at.now().plus(LAUNCH_SHOWS);
        return saved.getInstant(MISSING_SINCE)
                .map(since -> since.plus(LAUNCH_SHOWS))
                .map(shows -> shows.isAfter(at.now()) ? shows : next);
    }

    private Optional<String> unhealthy(List<Member> members) {
        Map<String, Member> byId = new HashMap<>();
        members.forEach(member -> byId.put(member.id(), member));
        Duration limit = desk.request().healthTimeout();
        for (Slot slot : new Slots(saved).all()) {
            Member member = byId.get(slot.id());
            if (slot.serving() == null
                    && member != null
                    && at.now().isAfter(slot.seen().plus(limit))) {
                return Optional.of(slot.id() + " in " + member.zone() + " was not in service within "
                        + Words.of(limit) + ": "
                        + (member.obstacle().isEmpty() ? "its balancers have not confirmed it" : member.obstacle()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> launches(int missing) {
        if (missing == 0) {
            saved.remove(MISSING_SINCE);
            return Optional.empty();
        }
        Instant since = saved.getInstant(MISSING_SINCE).orElse(at.now());
        saved.put(MISSING_SINCE, since);
        if (at.now().isBefore(since.plus(LAUNCH_SHOWS))) {
            return Optional.empty();
        }
        desk.group().suspendedProcesses().stream()
                .filter(process -> process.processName().equals("Launch") && !saved.has("told.launch"))
                .forEach(process -> {
                    saved.put("told.launch", "yes");
                    desk.warn("The group cannot launch: its process Launch is suspended (" + process.suspensionReason()
                            + "). Resume it, and the deployment goes on.");
                });
        Optional<String> fatal = tell(since);
        if (fatal.isPresent()) {
            return fatal;
        }
        boolean tooLong = at.now().isAfter(since.plus(desk.request().healthTimeout()));
        return tooLong
                ? Optional.of("AWS has not launched " + Words.count(missing, "instance") + " within "
                        + Words.of(desk.request().healthTimeout()) + ": "
                        + saved.get(REASON, "its scaling activities give no reason"))
                : Optional.empty();
    }

    /** Tells launches that failed since the last look; gives the reason back where there is no point in going on. */
    private Optional<String> tell(Instant since) {
        Instant told = saved.getInstant(TOLD).orElse(since.minus(LAUNCH_SHOWS));
        List<Activity> failed = Activities.since(at.aws(), desk.request().group(), told.plusMillis(1)).stream()
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
                desk.warn("A launch failed: " + reason);
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
        return reason.contains("capacity")
                || reason.contains("Capacity")
                || reason.contains("Request limit exceeded")
                || reason.contains("InternalError")
                || reason.contains("interrupt");
    }
}
