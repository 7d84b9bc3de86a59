package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.GateEnvironment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** The point at which the user's block is run: the new group serves beside the old one. */
final class Gate {
    private static final String NAME = "both-serve";
    /** How often a deployment looks around while the block has the word. */
    private static final Duration WATCH = Duration.ofSeconds(30);

    private static final String OPEN = "gate";
    private static final String ENVIRONMENT = "gate.";

    private final Scene scene;
    private final TickContext at;
    private final AutoScalingGroup fresh;

    Gate(Scene scene, AutoScalingGroup fresh) {
        this.scene = scene;
        this.at = scene.at();
        this.fresh = fresh;
    }

    /** Whether the block has still to pass. */
    boolean closed() {
        return scene.request().gated() && !at.gatePassed(NAME);
    }

    /** Hands over to the block; asked again while the block runs, it is the same gate. */
    Tick open() {
        SavedState saved = at.state();
        if (!saved.has(OPEN)) {
            environment().forEach((key, value) -> saved.put(ENVIRONMENT + key, value));
            saved.put(OPEN, NAME);
            at.save();
            scene.say("The block decides whether " + scene.state().old() + " is given up");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        saved.toMap().forEach((key, value) -> {
            if (key.startsWith(ENVIRONMENT)) {
                environment.put(key.substring(ENVIRONMENT.length()), value);
            }
        });
        return new Tick.AwaitGate(new Tick.Gate(NAME, environment), at.now().plus(WATCH));
    }

    private Map<String, String> environment() {
        List<String> ids =
                fresh.instances().stream().map(Instance::instanceId).sorted().toList();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_DEPLOY_GROUP", scene.state().fresh());
        environment.put("AMI_DEPLOY_OLD_GROUP", scene.state().old());
        environment.put("AMI_DEPLOY_AMI", scene.state().image());
        environment.putAll(GateEnvironment.of(at.aws(), fresh, ids));
        return environment;
    }
}
