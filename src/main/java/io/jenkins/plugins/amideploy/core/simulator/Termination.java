package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/**
 * An instance on its way out.
 *
 * @param served whether it was counted as serving at that moment
 */
public record Termination(
        Instant time,
        String group,
        String instanceId,
        String zone,
        String imageId,
        TerminationCause cause,
        boolean served) {}
