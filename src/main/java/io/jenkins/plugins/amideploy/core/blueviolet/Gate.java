package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ec2.model.Filter;

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
        List<String> addresses = new ArrayList<>();
        if (!ids.isEmpty()) {
            List<String> some = ids.stream().limit(200).toList();
            at.aws()
                    .ec2()
                    .describeInstances(r -> r.filters(
                            Filter.builder().name("instance-id").values(some).build()))
                    .reservations()
                    .forEach(reservation -> reservation.instances().stream()
                            .filter(instance -> instance.privateIpAddress() != null)
                            .forEach(instance -> addresses.add(instance.privateIpAddress())));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_DEPLOY_GROUP", scene.state().fresh());
        environment.put("AMI_DEPLOY_OLD_GROUP", scene.state().old());
        environment.put("AMI_DEPLOY_AMI", scene.state().image());
        environment.put("AMI_DEPLOY_INSTANCE_IDS", String.join(" ", ids));
        environment.put("AMI_DEPLOY_PRIVATE_IPS", String.join(" ", addresses));
        environment.put("AMI_DEPLOY_LOAD_BALANCERS", String.join(" ", Balancers.classic(fresh)));
        environment.put(
                "AMI_DEPLOY_TARGET_GROUPS",
                String.join(
                        " ",
                        Balancers.targetGroups(fresh).stream()
                                .map(Balancers::shortName)
                                .toList()));
        return environment;
    }
}
