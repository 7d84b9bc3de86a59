package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/**
 * From then on someone who came was turned away.
 *
 * @param why what that visitor met, and how it came to be there
 */
public record Refusal(Instant at, String why) {}
