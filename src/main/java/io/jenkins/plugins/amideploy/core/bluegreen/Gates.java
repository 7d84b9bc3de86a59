package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.group.SideGate;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The points at which the user's block is run: before any traffic is moved, and after each step. */
final class Gates {
    private Gates() {}

    /** Whether the block has still to pass with that share of traffic on the new side. */
    static boolean closed(Scene scene, int percent) {
        return scene.request().gated() && !gate(scene, percent).passed();
    }

    static Tick open(Scene scene, AutoScalingGroup fresh, int percent) {
        String decides = percent == 0
                ? "The block decides whether traffic is moved to "
                        + scene.state().fresh()
                : percent == 100
                        ? "The block decides whether " + scene.state().old() + " is given up"
                        : "The block decides whether more than " + percent + " % of the traffic is moved";
        return gate(scene, percent).open(fresh, () -> environment(scene, percent), decides);
    }

    private static SideGate gate(Scene scene, int percent) {
        return new SideGate(scene.sides(), percent + "%");
    }

    private static Map<String, String> environment(Scene scene, int percent) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_DEPLOY_CHECKPOINT", percent + "%");
        environment.put("AMI_DEPLOY_PERCENT", Integer.toString(percent));
        environment.put("AMI_DEPLOY_LOAD_BALANCER", scene.green().name());
        environment.put("AMI_DEPLOY_DNS_NAME", scene.green().dnsName());
        environment.put(
                "AMI_DEPLOY_RECORD_NAME", scene.state().cutover().orElseThrow().record());
        return environment;
    }
}
