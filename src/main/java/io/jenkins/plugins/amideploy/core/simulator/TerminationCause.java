package io.jenkins.plugins.amideploy.core.simulator;

/** Who ended an instance, or took it out of its group. */
public enum TerminationCause {
    /** A request of the code under test that named the instance, or deleted its group. */
    CALLER,
    /** A request of someone else that named the instance. */
    OPERATOR,
    /** The group had more instances than desired and chose this one. */
    SCALE_IN,
    /** The group replaced it because a health check failed. */
    UNHEALTHY,
    /** Amazon EC2 took it back. */
    SPOT,
    /** The group made its zones even again. */
    REBALANCE,
    /** It never came into service: it died during boot, or its launching hook was abandoned. */
    FAILED_LAUNCH
}
