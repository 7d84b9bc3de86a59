package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** A point at which the user's block is run to look at the new group. */
public final class SideGate {
    /** How often a deployment looks around while the block has the word. */
    private static final Duration WATCH = Duration.ofSeconds(30);

    private static final String OPEN = "gate";
    private static final String ENVIRONMENT = "gate.";

    private final Sides sides;
    private final TickContext at;
    private final String name;

    /** @param name tells the gates of one deployment apart */
    public SideGate(Sides sides, String name) {
        this.sides = sides;
        this.at = sides.at();
        this.name = name;
    }

    /** Whether the block has passed. */
    public boolean passed() {
        return at.gatePassed(name);
    }

    /**
     * Hands over to the block; asked again while the block runs, it is the same gate with the same environment.
     *
     * @param also beside what there is to test of the group
     * @param decides what the block decides, for the console
     */
    public Tick open(AutoScalingGroup fresh, Supplier<Map<String, String>> also, String decides) {
        SavedState saved = at.state();
        if (!saved.get(OPEN, "").equals(name)) {
            saved.toMap().keySet().stream()
                    .filter(key -> key.startsWith(ENVIRONMENT))
                    .forEach(saved::remove);
            environment(fresh, also.get()).forEach((key, value) -> saved.put(ENVIRONMENT + key, value));
            saved.put(OPEN, name);
            at.save();
            sides.say(decides);
        }
        Map<String, String> environment = new LinkedHashMap<>();
        saved.toMap().forEach((key, value) -> {
            if (key.startsWith(ENVIRONMENT)) {
                environment.put(key.substring(ENVIRONMENT.length()), value);
            }
        });
        return new Tick.AwaitGate(new Tick.Gate(name, environment), at.now().plus(WATCH));
    }

    private Map<String, String> environment(AutoScalingGroup fresh, Map<String, String> also) {
        List<String> ids =
                fresh.instances().stream().map(Instance::instanceId).sorted().toList();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_DEPLOY_GROUP", sides.state().fresh());
        environment.put("AMI_DEPLOY_OLD_GROUP", sides.state().old());
        environment.put("AMI_DEPLOY_AMI", sides.state().image());
        environment.putAll(GateEnvironment.of(at.aws(), fresh, ids));
        environment.putAll(also);
        return environment;
    }
}
