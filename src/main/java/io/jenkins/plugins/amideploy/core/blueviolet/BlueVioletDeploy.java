package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletState.Phase;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Puts a group with another image beside the live one, behind the same balancers, and takes the old one out when the new
 * one serves. Until then the old group is not touched, but for its tags and, while both serve, for what would scale it;
 * from then on it is only gone forward.
 */
public final class BlueVioletDeploy implements Procedure {
    /** A group that AWS does not show for so long has been deleted. */
    private static final Duration GONE = Duration.ofMinutes(1);

    private final BlueVioletRequest request;
    private final List<String> problems;

    /**
     * @param parameters the parameters by the names they have in the Pipeline step; what is wrong with them is told by
     *     the first tick, together with what is wrong with the groups
     * @param gated whether there is a block
     */
    public BlueVioletDeploy(Map<String, String> parameters, boolean gated) {
        List<String> found = new ArrayList<>();
        this.request = BlueVioletRequest.of(parameters, gated, found);
        this.problems = List.copyOf(found);
    }

    @Override
    public Tick tick(TickContext at) {
        BlueVioletState state = new BlueVioletState(at.state());
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

    private Tick tick(TickContext at, BlueVioletState state) {
        Scene scene = look(at, state);
        if (at.trouble().filter(t -> t.kind() == Trouble.Kind.LEASE_LOST).isPresent()) {
            return new Tick.Ended(new Outcome.Failed(
                    at.trouble().get(), "Nothing more is changed by this deployment. " + standing(state)));
        }
        Undoing undoing = new Undoing(scene);
        if (undoing.due() && state.phase() != Phase.CLEAR_UP) {
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
        BlueVioletState state = scene.state();
        return switch (state.phase()) {
            case PREFLIGHT -> throw new IllegalStateException();
            case CLEAR_UP ->
                new CleaningUp(request, at, state).restore(scene.old().orElseThrow());
            case LEASE -> new Making(scene).lease();
            case MAKE_ROOM -> new Making(scene).makeRoom();
            case MAKE -> new Making(scene).make();
            case COME_UP -> new Together(scene, scene.fresh().orElseThrow()).tick();
            case CUT -> new Cut(scene).tick();
            case PART -> new Ending(scene).part();
            case UNDO -> undoing.tick();
        };
    }

    private Scene look(TickContext at, BlueVioletState state) {
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
            case CLEAR_UP, LEASE, MAKE_ROOM, MAKE -> !old;
            case COME_UP -> !fresh || !old;
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
        boolean fresh = usable(scene.fresh());
        if (scene.state().phase() == Phase.COME_UP && fresh) {
            scene.warn(scene.state().old() + " no longer exists; someone deleted it. "
                    + scene.state().fresh() + " takes its place as it is");
            return new Cut(scene).begin();
        }
        String name =
                usable(scene.old()) ? scene.state().fresh() : scene.state().old();
        String text = "The group " + name + " no longer exists; someone deleted it during the deployment.";
        if (scene.state().phase() == Phase.COME_UP) {
            throw new Stop(Trouble.Kind.GROUP_CHANGED, text);
        }
        return new Tick.Ended(new Outcome.Failed(
                at.trouble().orElse(new Trouble(Trouble.Kind.GROUP_CHANGED, text)),
                at.trouble().isPresent() ? text : ""));
    }

    /**
     * Looks at the groups as a deployment would before it begins, and changes nothing.
     *
     * @throws Stop with everything that is in the way
     */
    public BlueVioletSurvey survey(TickContext at) {
        return new Beginning(request, at, new BlueVioletState(at.state()), problems).survey();
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
        BlueVioletState state = new BlueVioletState(saved);
        String held = Leases.everHeld(saved)
                ? "Their tags still say how far it was. The next blueVioletDeploy(group: '" + request.group()
                        + "', ...) clears that up first; restoreAutoScalingGroup(group: '" + state.old()
                        + "') only gives it its scaling processes back.\n"
                : "";
        return "The groups were left where the deployment stood. " + held + standing(state);
    }

    private static String standing(BlueVioletState state) {
        if (state.old().isEmpty()) {
            return "";
        }
        return switch (state.phase()) {
            case CUT -> state.old() + " was being taken out of service; " + state.fresh() + " serves.";
            case COME_UP, PART, UNDO, MAKE -> state.old() + " serves; " + state.fresh() + " may be there beside it.";
            default -> state.old() + " is as it was.";
        };
    }
}
