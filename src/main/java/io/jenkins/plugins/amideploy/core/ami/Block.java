package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The user's block, which provisions the instance. */
final class Block {
    /** The gate's name. */
    static final String NAME = "provision";
    /** How often the instance is looked at while the block has the word. */
    private static final Duration WATCH = Duration.ofSeconds(30);

    private final Desk desk;
    private final BuildState state;

    Block(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    Tick tick() {
        if (!desk.request().provision().gated()) {
            return desk.next(Phase.STOP);
        }
        if (desk.at().gatePassed(NAME)) {
            desk.say("The block has provisioned the instance");
            return desk.next(Phase.STOP);
        }
        if (!state.done("block")) {
            state.markDone("block");
            desk.at().save();
            desk.say("The block provisions " + state.instance() + " at " + state.host());
        }
        new BuildInstance(desk).lookRunning();
        Map<String, String> files =
                desk.request().temporaryKey() ? Map.of("AMI_BUILD_KEY_FILE", Resources.KEY) : Map.of();
        return new Tick.AwaitGate(
                new Tick.Gate(NAME, environment(), files), desk.at().now().plus(WATCH));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_BUILD_INSTANCE_ID", state.instance());
        environment.put("AMI_BUILD_HOST", state.host());
        environment.put("AMI_BUILD_PRIVATE_IP", state.privateIp());
        environment.put("AMI_BUILD_PUBLIC_IP", state.publicIp());
        environment.put("AMI_BUILD_USER", desk.request().provision().sshUser());
        return environment;
    }
}
