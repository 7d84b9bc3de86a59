package io.jenkins.plugins.amideploy.core.ami;

import java.util.Map;

/** What is waited for before an instance is provisioned. */
enum Wait {
    RUNNING("runs"),
    STATUS_CHECKS("passes both of EC2's status checks"),
    SSH("answers on SSH"),
    SSM("is known to Systems Manager");

    static final Map<String, Wait> BY_NAME =
            Map.of("running", RUNNING, "statusChecks", STATUS_CHECKS, "ssh", SSH, "ssm", SSM);

    private final String words;

    Wait(String words) {
        this.words = words;
    }

    /** What an instance does for which this has come true. */
    @Override
    public String toString() {
        return words;
    }
}
