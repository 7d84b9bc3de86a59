package io.jenkins.plugins.amideploy.core.simulator;

/** The kinds of things that go wrong while an image is built. */
public enum BuildFault {
    NONE,
    /** EC2 launches nothing, for want of capacity or by a quota. */
    LAUNCH_REFUSED,
    /** EC2 takes the instance back. */
    SPOT_RECLAIMED,
    IMAGE_FAILS,
    /** The copy to one other region fails. */
    COPY_FAILS,
    /** Agents of Systems Manager fall silent. */
    AGENT_SILENT,
    /** AWS throttles every call for a while. */
    THROTTLED,
    /** The network is gone for a while, and one answer is lost. */
    NETWORK,
    /** The credentials are expired for a while. */
    CREDENTIALS,
    /** An operator terminates the instance. */
    OPERATOR_TERMINATES,
    /** An operator deletes security groups as soon as nothing uses them. */
    OPERATOR_DELETES_GROUPS,
    /** The controller dies at one of its calls. */
    CRASH_OF_OURS
}
