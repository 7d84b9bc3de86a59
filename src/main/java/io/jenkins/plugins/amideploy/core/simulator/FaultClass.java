package io.jenkins.plugins.amideploy.core.simulator;

/** The kinds of things that go wrong during a deployment. */
public enum FaultClass {
    NONE,
    /** Some launches fail for a reason other than capacity. */
    LAUNCH_FAILURE,
    /** One zone, or all of them, have no capacity for a while. */
    NO_CAPACITY,
    /** Instances of the new image never pass a balancer's check. */
    NEVER_HEALTHY,
    /** Instances of the new image die a while after they came into service. */
    CRASHING,
    /** Instances of the new image shut themselves down while they boot. */
    DYING_DURING_BOOT,
    /** Instances of the new image take several times as long to boot. */
    SLOW_BOOT,
    /** AWS throttles every call for a while. */
    THROTTLED,
    /** The network is gone for a while, or answers are lost. */
    NETWORK,
    /** The credentials are expired for a while. */
    CREDENTIALS,
    /** One operation is denied throughout. */
    ACCESS_DENIED,
    /** EC2 takes instances back. */
    SPOT_INTERRUPTION,
    /** The group rebalances its zones. */
    ZONE_REBALANCE,
    /** An operator edits the group. */
    OPERATOR,
    /** A scaling policy scales the group. */
    SCALING_POLICY,
    /** An alarm goes off. */
    ALARM,
    /** Nobody answers a launching lifecycle hook. */
    STUCK_HOOK,
    /** The controller dies at one of its calls. */
    CRASH_OF_OURS
}
