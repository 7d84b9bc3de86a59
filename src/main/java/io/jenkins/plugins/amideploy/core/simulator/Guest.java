package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.function.Function;

/**
 * What an instance that is launched by itself, and not by a group, does.
 *
 * @param ssh from the start of a boot to the moment its SSH server answers; null for never
 * @param agent from the start of a boot to the moment its Systems Manager agent is online, where it has an instance
 *     profile; null for never
 * @param userData how its user data runs, where it was given any
 * @param commands what a script does that Systems Manager runs on it
 * @param imagingFailure AWS's reason why every image of it fails, or null
 */
public record Guest(
        Duration ssh, Duration agent, UserData userData, Function<String, ScriptRun> commands, String imagingFailure) {

    /** How cloud-init ends. */
    public enum Ending {
        DONE,
        FAILED,
        HANGS
    }

    /** @param takes from the start of the first boot to its end */
    public record UserData(Duration takes, Ending ending) {}

    /** Everything works, and every script succeeds and says nothing. */
    public static Guest working() {
        return new Guest(
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                new UserData(Duration.ofSeconds(45), Ending.DONE),
                script -> ScriptRun.succeeds(Duration.ofSeconds(5), ""),
                null);
    }

    /** @param after null for never */
    public Guest withSsh(Duration after) {
        return new Guest(after, agent, userData, commands, imagingFailure);
    }

    /** @param after null for never */
    public Guest withAgent(Duration after) {
        return new Guest(ssh, after, userData, commands, imagingFailure);
    }

    public Guest withUserData(Duration takes, Ending ending) {
        return new Guest(ssh, agent, new UserData(takes, ending), commands, imagingFailure);
    }

    /** @param script gives for the lines of a script, joined by line feeds, what it does */
    public Guest withCommands(Function<String, ScriptRun> script) {
        return new Guest(ssh, agent, userData, script, imagingFailure);
    }

    public Guest withImagingFailure(String reason) {
        return new Guest(ssh, agent, userData, commands, reason);
    }
}
