package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.Family;
import io.jenkins.plugins.amideploy.core.group.Sights;
import io.jenkins.plugins.amideploy.core.traffic.DnsSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Puts a group with another image behind a copy of the live balancer, moves the traffic over in steps, and takes the old
 * side out when nothing reaches it any more. Until then traffic can go back at any moment.
 */
public final class BlueGreenDeploy implements Procedure {
    /** A group that AWS does not show for so long has been deleted. */
    private static final Duration GONE = Duration.ofMinutes(1);

    private final BlueGreenRequest request;
    private final List<String> problems;

    /**
     * @param parameters the parameters by the names they have in the Pipeline step; what is wrong with them is told by
     *     the first tick, together with what is wrong with the group, its balancer and its record
     * @param gated whether there is a block
     */
    public BlueGreenDeploy(Map<String, String> parameters, boolean gated) {
        List<String> found = new ArrayList<>();
        this.request = BlueGreenRequest.of(parameters, gated, found);
        this.problems = List.copyOf(found);
    }

    @Override
    public Tick tick(TickContext at) {
        BlueGreenState state = new BlueGreenState(at.state());
        if (at.trouble().isPresent() && state.phase() == Phase.PREFLIGHT) {
            String text = begun(at.state())
                    ? "What the deployment before had left was cleared up; nothing else was changed."
                    : "Nothing was changed.";
            return new Tick.Ended(new Outcome.Failed(at.trouble().get(), text));
        }
        if (state.phase() == Phase.PREFLIGHT) {
            return new Beginning(request, at, state, problems).tick();
        }
        Tick next = tick(at, state);
        for (String group : List.of(state.old(), state.fresh())) {
            if (next instanceof Tick.LookAgain again) {
                at.aws().groups().expect(group, again.at());
            } else if (next instanceof Tick.Ended) {
                at.aws().groups().forget(group);
            }
        }
        return next;
    }

    private Tick tick(TickContext at, BlueGreenState state) {
        Scene scene = look(at, state);
        if (at.trouble().filter(t -> t.kind() == Trouble.Kind.LEASE_LOST).isPresent()) {
            return new Tick.Ended(new Outcome.Failed(
                    at.trouble().get(), "Nothing more is changed by this deployment. " + standing(at.state())));
        }
        Undoing undoing = new Undoing(scene);
        if (undoing.due()) {
            return undoing.turn();
        }
        if (missing(scene)) {
            return gone(scene);
        }
        at.state().remove("gone");
        Tick next = tick(scene, undoing);
        boolean comesUp = state.phase() == Phase.COME_UP;
        at.saw(() -> Sights.pair(at, scene.old(), scene.fresh(), state.basis(), comesUp));
        return next;
    }

    private Tick tick(Scene scene, Undoing undoing) {
        TickContext at = scene.at();
        BlueGreenState state = scene.state();
        return switch (state.phase()) {
            case PREFLIGHT -> throw new IllegalStateException();
            case CLEAR_UP ->
                new CleaningUp(request, at, state).restore(scene.old().orElseThrow());
            case LEASE -> new Making(scene).lease();
            case MAKE_ROOM -> new Making(scene).makeRoom();
            case MAKE_BALANCER -> new Making(scene).makeBalancer();
            case MAKE -> new Making(scene).make();
            case COME_UP -> new ComeUp(scene, scene.fresh().orElseThrow()).tick();
            case SHIFT -> new Shift(scene, scene.fresh().orElseThrow()).tick();
            case DRAIN -> new Draining(scene, scene.fresh().orElseThrow()).tick();
            case SETTLE -> new Closing(scene).close();
            case RETIRE -> new Closing(scene).retire();
            case PART -> new Closing(scene).part();
            case UNDO -> undoing.tick();
        };
    }

    private Scene look(TickContext at, BlueGreenState state) {
        List<String> names = state.fresh().isEmpty() ? List.of(state.old()) : List.of(state.old(), state.fresh());
        List<AutoScalingGroup> found = Family.read(at, names, at.lastWrite());
        return Scene.of(request, at, state, named(found, state.old()), named(found, state.fresh()));
    }

    private static Optional<AutoScalingGroup> named(List<AutoScalingGroup> groups, String name) {
        return groups.stream()
                .filter(group -> group.autoScalingGroupName().equals(name))
                .findFirst();
    }

    /** Whether a group is not there without which there is nothing to be done in this phase. */
    private static boolean missing(Scene scene) {
        boolean old = usable(scene.old());
        boolean fresh = usable(scene.fresh());
        return switch (scene.state().phase()) {
            case CLEAR_UP, LEASE, MAKE_ROOM, MAKE_BALANCER, MAKE -> !old;
            case COME_UP -> !fresh || !old;
            case SHIFT, DRAIN -> !fresh || !old && !Shift.hurries(scene);
            case SETTLE, RETIRE -> !fresh && old;
            default -> false;
        };
    }

    private static boolean usable(Optional<AutoScalingGroup> group) {
        return group.filter(g -> g.status() == null).isPresent();
    }

    private Tick gone(Scene scene) {
        TickContext at = scene.at();
        Instant since = at.state().getInstant("gone").orElse(at.now());
        at.state().put("gone", since);
        if (at.now().isBefore(since.plus(GONE))) {
            return scene.in(Duration.ofSeconds(10));
        }
        Phase phase = scene.state().phase();
        boolean fresh = usable(scene.fresh());
        if (phase == Phase.SETTLE || phase == Phase.RETIRE) {
            throw new Closing(scene).wakeOld();
        }
        if (phase.compareTo(Phase.COME_UP) >= 0 && fresh) {
            scene.warn(scene.state().old() + " no longer exists; someone deleted it. All traffic goes to "
                    + scene.state().fresh() + " as soon as all of that serves");
            return Shift.hurry(scene);
        }
        String name =
                usable(scene.old()) ? scene.state().fresh() : scene.state().old();
        String text = "The group " + name + " no longer exists; someone deleted it during the deployment.";
        if (phase.compareTo(Phase.MAKE_BALANCER) >= 0) {
            throw new Stop(Trouble.Kind.GROUP_CHANGED, text);
        }
        return new Tick.Ended(new Outcome.Failed(
                at.trouble().orElse(new Trouble(Trouble.Kind.GROUP_CHANGED, text)),
                at.trouble().isPresent() ? text : ""));
    }

    /**
     * Looks at the group, its balancer and its record as a deployment would before it begins, and changes nothing.
     *
     * @throws Stop with everything that is in the way
     */
    public BlueGreenSurvey survey(TickContext at) {
        return new Beginning(request, at, new BlueGreenState(at.state()), problems).survey();
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
                ? "The tags of the groups still say how far it was. The next blueGreenCutover(group: '"
                        + request.group()
                        + "', ...) first moves traffic back, or finishes where the old side was being "
                        + "retired.\n"
                : "";
        String records = DnsSplit.wayBack(saved).map(text -> "\n" + text).orElse("");
        return "Both sides were left where the deployment stood. " + held + standing(saved) + records;
    }

    private static String standing(SavedState saved) {
        BlueGreenState state = new BlueGreenState(saved);
        if (state.old().isEmpty()) {
            return "";
        }
        return switch (state.phase()) {
            case SHIFT, DRAIN, UNDO, PART ->
                state.split()
                        ? "About " + Math.max(0, state.percent()) + " % of the traffic was sent to " + state.fresh()
                                + " last, the rest to " + state.old() + "."
                        : "All traffic goes to " + state.old() + "; " + state.fresh() + " may be there beside it.";
            case SETTLE, RETIRE -> "All traffic goes to " + state.fresh() + "; " + state.old() + " was being retired.";
            case MAKE_BALANCER, MAKE, COME_UP ->
                "All traffic goes to " + state.old() + "; " + state.fresh() + " may be there beside it.";
            default -> state.old() + " is as it was.";
        };
    }
}
