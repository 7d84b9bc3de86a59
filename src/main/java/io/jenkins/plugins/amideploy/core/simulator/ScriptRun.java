package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;

/**
 * What a script does; its output grows evenly while it runs.
 *
 * @param takes how long it runs; null for ever
 */
public record ScriptRun(Duration takes, int exitCode, String output, String errors) {
    public static ScriptRun succeeds(Duration takes, String output) {
        return new ScriptRun(takes, 0, output, "");
    }

    public static ScriptRun fails(Duration takes, int exitCode, String output, String errors) {
        return new ScriptRun(takes, exitCode, output, errors);
    }

    public static ScriptRun hangs(String output) {
        return new ScriptRun(null, 0, output, "");
    }
}
