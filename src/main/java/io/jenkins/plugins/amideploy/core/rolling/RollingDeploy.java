package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Replaces the instances of a group by ones with another image, a few at a time. */
public final class RollingDeploy implements Procedure {
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
    public Tick tick(TickContext context) {
        throw new UnsupportedOperationException();
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
        return "";
    }
}
