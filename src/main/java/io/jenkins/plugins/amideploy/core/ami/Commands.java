package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** The user's commands, run on the instance by Systems Manager as one script that ends at the first failure. */
final class Commands {
    private static final String NAME = "commands";
    /** Output is wanted while it is fresh. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private final Desk desk;

    Commands(Desk desk) {
        this.desk = desk;
    }

    Tick tick() {
        ProvisionRequest provision = desk.request().provision();
        if (!provision.hasCommands()) {
            return desk.next(Phase.BLOCK);
        }
        new BuildInstance(desk).lookRunning();
        if (!desk.state().asked(NAME)) {
            desk.say("Systems Manager runs the commands on " + desk.state().instance());
        }
        Optional<GetCommandInvocationResponse> ended =
                new RemoteScript(desk, NAME).run(script(), provision.commandTimeout());
        if (ended.isEmpty()) {
            return soon(desk);
        }
        if (ended.get().status() != CommandInvocationStatus.SUCCESS) {
            throw new Stop(
                    Trouble.Kind.UNHEALTHY,
                    "The commands failed on " + desk.state().instance() + ": " + RemoteScript.failure(ended.get())
                            + ". Their output is above.");
        }
        desk.say("The commands succeeded");
        return desk.next(Phase.BLOCK);
    }

    /** When to look at a command again. */
    static Tick soon(Desk desk) {
        Tick.LookAgain again = (Tick.LookAgain) desk.awaiting(desk.at().lastWrite());
        Tick.LookAgain latest = (Tick.LookAgain) desk.in(MOST);
        return again.at().isAfter(latest.at()) ? latest : again;
    }

    private List<String> script() {
        List<String> script = new ArrayList<>();
        script.add(desk.state().windows() ? "$ErrorActionPreference = 'Stop'" : "set -e");
        desk.request().provision().commands().lines().forEach(script::add);
        return script;
    }
}
