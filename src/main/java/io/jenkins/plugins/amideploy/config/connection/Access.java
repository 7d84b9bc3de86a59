package io.jenkins.plugins.amideploy.config.connection;

/** What is known about one action. */
enum Access {
    ALLOWED,
    /** Refused. Where the policy was asked about all resources, some may be allowed all the same. */
    MISSING,
    /** Nothing tells without changing something, or AWS did not answer in time. */
    UNKNOWN
}
