package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.rolling.RollingState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Replaces the instances of a group by ones with another image, a few at a time.
 *
 * <p>One tick reads the group once and hands it to the phase that the deployment is in. A trouble does not end it: it
 * turns the replacement around, and the same loop that rolled the new image in rolls the former one back in, under the
 * same floor.
 */
public final class RollingDeploy implements Procedure {
    /** A group that AWS does not show for so long has been deleted. */
    private static final Duration GONE = Duration.ofMinutes(1);

    private final RollingRequest request;
    private final List<String> problems;

    /**
     * @param parameters the parameters by the names they have in the Pipeline step; what is wrong with them is told by
     *     the first tick, together with what is wrong with the group
     * @param gated whether there is a block
     */
    public RollingDeploy(Map<String, String> parameters, boolean gated) {
        List<String> found = new ArrayList<>();
        this.request = RollingRequest.of(parameters, gated, found);
        this.problems = List.copyOf(found);
    }

    @Override
    public Tick tick(TickContext at) {
        RollingState state = new RollingState(at.state());
        if (at.trouble().isPresent() && state.phase() == Phase.PREFLIGHT) {
            return failed(
                    at,
                    begun(at.state())
                            ? "The group was restored after the deployment before; nothing else was changed."
                            : "Nothing was changed.");
        }
        Tick next = tick(at, state);
        if (next instanceof Tick.LookAgain again) {
            at.aws().groups().expect(request.group(), again.at());
        } else if (next instanceof Tick.Ended) {
            at.aws().groups().forget(request.group());
        }
        return next;
    }

    private Tick tick(TickContext at, RollingState state) {
        Optional<Report> report = Optional.empty();
        Glance glance = new Glance(request, at, state);
        if (glance.enough()) {
            report = Optional.of(glance.report());
            Optional<Tick> next = glance.next(report.get());
            if (next.isPresent()) {
                return next.get();
            }
        }
        Optional<AutoScalingGroup> shown =
                request.group().isEmpty() ? Optional.empty() : at.aws().groups().read(request.group(), at.lastWrite());
        if (state.phase() == Phase.PREFLIGHT) {
            return new Beginning(request, at, state).preflight(shown, problems);
        }
        if (shown.isEmpty()) {
            return gone(at);
        }
        at.state().remove("gone");
        Desk desk = new Desk(request, at, state, shown.get());
        Turn turn = new Turn(desk);
        if (turn.due()) {
            return turn.tick();
        }
        Tick next = tick(desk, report);
        at.saw(() -> new Lookout(desk).sight());
        return next;
    }

    private Tick tick(Desk desk, Optional<Report> report) {
        TickContext at = desk.at();
        RollingState state = desk.state();
        return switch (state.phase()) {
            case PREFLIGHT -> throw new IllegalStateException();
            case CLEAR_UP -> new Beginning(request, at, state).clearUp(desk);
            case LEASE -> new Beginning(request, at, state).lease(desk);
            case PREPARE -> new Beginning(request, at, state).prepare(desk);
            case REPLACE -> new Replacement(desk, report).tick();
            case CLOSE -> new Closing(desk).tick();
            case DRAIN -> new Closing(desk).drain(report);
        };
    }

    /**
     * Looks at the group as a deployment would before it begins, and changes nothing.
     *
     * @throws io.jenkins.plugins.amideploy.core.deployment.Stop with everything that is in the way
     */
    public RollingSurvey survey(TickContext at) {
        Optional<AutoScalingGroup> shown =
                request.group().isEmpty() ? Optional.empty() : at.aws().groups().read(request.group(), at.now());
        Preflight.Findings found = new Beginning(request, at, new RollingState(at.state())).look(shown, problems);
        return new RollingSurvey(
                shown.orElseThrow(),
                found.source().orElseThrow().toString(),
                found.facts().orElseThrow().imageId(),
                found.old().size(),
                found.kept().size());
    }

    private Tick gone(TickContext at) {
        Instant since = at.state().getInstant("gone").orElse(at.now());
        at.state().put("gone", since);
        if (at.now().isBefore(since.plus(GONE))) {
            return new Tick.LookAgain(at.now().plusSeconds(10));
        }
        String text = "The group " + request.group() + " no longer exists; someone deleted it during the deployment.";
        return new Tick.Ended(new Outcome.Failed(
                at.trouble().orElse(new Trouble(Trouble.Kind.GROUP_CHANGED, text)),
                at.trouble().isPresent() ? text : ""));
    }

    private static Tick failed(TickContext at, String state) {
        return new Tick.Ended(new Outcome.Failed(at.trouble().orElseThrow(), state));
    }

    @Override
    public Duration timeout() {
        return request.timeout();
    }

    @Override
    public boolean begun(SavedState saved) {
        return saved.has("wrote");
    }

    @Override
    public String wayBack(SavedState saved) {
        String held = Leases.everHeld(saved)
                ? "Its tags still say what it was before: run restoreAutoScalingGroup(group: '" + request.group()
                        + "') to give it its sizes and scaling processes back.\n"
                : "";
        return "The group " + request.group() + " was left where the deployment stood. " + held
                + new RollingState(saved).wayBack();
    }
}
