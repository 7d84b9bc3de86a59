package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds an image: launches a temporary instance, lets it be provisioned, makes an image of it, and removes everything
 * else.
 *
 * <p>The image is the user's from the moment it is marked as finished, after it was copied and shared. A trouble before
 * that, an abort, too, removes whatever the build has made; one after that takes nothing away.
 */
public final class BuildAmi implements Procedure {
    private final BuildRequest request;
    private final List<String> problems;

    /**
     * @param parameters the parameters by the names they have in the Pipeline step; what is wrong with them is told by
     *     the first tick, together with what AWS says of them
     * @param gated whether there is a block
     */
    public BuildAmi(Map<String, String> parameters, boolean gated) {
        List<String> found = new ArrayList<>();
        this.request = BuildRequest.of(parameters, gated, found);
        this.problems = List.copyOf(found);
    }

    @Override
    public Tick tick(TickContext at) {
        Desk desk = new Desk(request, at, new BuildState(at.state()));
        if (at.trouble().isPresent() && desk.state().phase() != Phase.CLEAN_UP) {
            return turn(desk);
        }
        Tick next = new Doubt(desk).dispel(() -> go(desk));
        if (!desk.state().instance().isEmpty()) {
            desk.at().saw(() -> sight(desk, next));
        }
        return next;
    }

    /** For people: what the instance is doing in this phase. */
    private static Sight sight(Desk desk, Tick next) {
        BuildState state = desk.state();
        State does =
                switch (state.phase()) {
                    case PREFLIGHT, RESOURCES, LAUNCH, READY -> State.BOOTING;
                    case USER_DATA, COMMANDS, BLOCK -> State.IN_SERVICE;
                    case STOP, IMAGE, PUBLISH, RETENTION -> State.STANDBY;
                    case CLEAN_UP ->
                        new Keeping(desk).wanted()
                                ? State.STANDBY
                                : next instanceof Tick.Ended ? State.GONE : State.DRAINING;
                };
        return Sight.some(List.of(new Seen(state.instance(), "", Side.NEW, does, null)));
    }

    private Tick go(Desk desk) {
        return switch (desk.state().phase()) {
            case PREFLIGHT -> new Beginning(desk).tick(problems);
            case RESOURCES -> new Resources(desk).tick();
            case LAUNCH -> new BuildInstance(desk).launch();
            case READY -> new Readiness(desk).tick();
            case USER_DATA -> new UserData(desk).tick();
            case COMMANDS -> new Commands(desk).tick();
            case BLOCK -> new Block(desk).tick();
            case STOP -> new Imaging(desk).stop();
            case IMAGE -> new Imaging(desk).image();
            case PUBLISH -> new Publishing(desk).tick();
            case RETENTION -> new Retention(desk).tick();
            case CLEAN_UP -> new CleanUp(desk).tick();
        };
    }

    private Tick turn(Desk desk) {
        if (!begun(desk.at().state())) {
            return new Tick.Ended(new Outcome.Failed(desk.at().trouble().orElseThrow(), "Nothing was made."));
        }
        if (!desk.state().finished()) {
            desk.say(Ending.turning(desk));
        }
        return desk.next(Phase.CLEAN_UP);
    }

    @Override
    public Duration timeout() {
        return request.timeout();
    }

    @Override
    public boolean begun(SavedState state) {
        return state.has("wrote");
    }

    @Override
    public String wayBack(SavedState state) {
        return Ending.standing(new BuildState(state));
    }
}
