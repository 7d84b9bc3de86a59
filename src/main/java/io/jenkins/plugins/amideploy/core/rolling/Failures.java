package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.group.LaunchFailures;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out when new instances do not come or do not become healthy, and what AWS gives as the reason. */
final class Failures {
    private final Desk desk;
    private final TickContext at;
    private final SavedState saved;
    private final LaunchFailures launches;

    Failures(Desk desk) {
        this.desk = desk;
        this.at = desk.at();
        this.saved = at.state();
        this.launches = new LaunchFailures(at, desk.group(), desk.request().healthTimeout(), desk::warn);
    }

    /** Forgets what was found until now: it is no reason to give up what begins now. */
    void forget() {
        launches.forget();
    }

    /** A reason to give up, or empty. */
    Optional<String> find(List<Member> members, int missing) {
        Optional<String> launch = launches.find(missing);
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
        launches.launchAsked();
    }

    /** When launches that were asked for should show; empty where none is awaited. */
    Optional<Instant> nextLook() {
        return launches.nextLook();
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
}
