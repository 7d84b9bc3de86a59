package io.jenkins.plugins.amideploy.config;

import hudson.ExtensionPoint;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * An AWS that is none: it answers for a region that AWS does not have, without credentials and on a clock of its own.
 * The simulated AWS of the demo is one.
 */
public interface AwsSessionSource extends ExtensionPoint {

    /** Whether it, and not AWS, answers for that region. */
    boolean answersFor(String region);

    AwsSession session(String region);

    /** The time in that region. */
    InstantSource clock();

    /** How long people wait until it is that time there. */
    Duration waitUntil(Instant at);
}
