package io.jenkins.plugins.amideploy.fake;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.driver.DeploymentOrder;
import io.jenkins.plugins.amideploy.driver.ProcedureFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Adds instances to a group one by one until there are {@code batchSize}, then waits at a gate if there is a block. It
 * stays in each state for as many milliseconds as {@code warmup} says, and fails at {@code healthTimeout} instances.
 */
final class FakeProcedure implements Procedure {
    static final String REGION = "fake-1";

    private final Map<String, String> parameters;
    private final boolean gated;

    private FakeProcedure(DeploymentOrder order) {
        this.parameters = order.parameters();
        this.gated = order.gated();
    }

    /** Takes the place of real procedures in the region {@value #REGION}. */
    @Extension(ordinal = 1)
    public static final class Factory implements ProcedureFactory {
        @Override
        public Optional<Procedure> create(DeploymentOrder order) {
            return order.region().equals(REGION) ? Optional.of(new FakeProcedure(order)) : Optional.empty();
        }
    }

    @Override
    public Tick tick(TickContext at) {
        String group = parameters.get("group");
        int there = FakeWorld.instances(group);
        if (at.trouble().isPresent()) {
            return unwind(at, group, there);
        }
        if (there < number("batchSize", 3)) {
            change(at, group, there + 1);
            return at.state().getInt("count", 0) == number("healthTimeout", -1) ? failed() : later(at);
        }
        if (gated && !at.gatePassed("end")) {
            at.state().put("gated", "yes");
            at.save();
            return new Tick.AwaitGate(
                    new Tick.Gate("end", Map.of("DEPLOYED_GROUP", group)),
                    at.now().plusMillis(pause()));
        }
        return new Tick.Ended(new Outcome.Succeeded(Map.of("group", group, "replaced", there)));
    }

    private static Tick failed() {
        throw new Stop(Trouble.Kind.UNHEALTHY, "i-0123456789abcdef0 never became healthy");
    }

    private Tick unwind(TickContext at, String group, int there) {
        if (there > 0) {
            change(at, group, there - 1);
            return later(at);
        }
        return new Tick.Ended(new Outcome.Failed(at.trouble().orElseThrow(), "The group has its 0 instances again."));
    }

    /** Saves, then acts, as procedures must. */
    private void change(TickContext at, String group, int instances) {
        at.state().put("count", instances);
        at.save();
        FakeWorld.set(group, instances);
        at.say(instances + "/" + number("batchSize", 3), "There are " + instances + " instances in " + group);
    }

    private Tick later(TickContext at) {
        return new Tick.LookAgain(at.now().plusMillis(pause()));
    }

    private int pause() {
        return number("warmup", 20);
    }

    private int number(String parameter, int otherwise) {
        return Integer.parseInt(parameters.getOrDefault(parameter, Integer.toString(otherwise)));
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(number("timeout", 3600));
    }

    @Override
    public boolean begun(SavedState state) {
        return state.has("count");
    }

    @Override
    public String wayBack(SavedState state) {
        return "Remove the instances.";
    }
}
