package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts a group with another image behind a copy of the live balancer, moves the traffic over in steps, and takes the old
 * side out when nothing reaches it any more. Until then traffic can go back at any moment.
 */
public final class BlueGreenDeploy implements Procedure {
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
        throw new Stop(Trouble.Kind.REFUSED, "This deployment cannot be done:\n  - " + String.join("\n  - ", problems));
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
        return "";
    }
}
