package io.jenkins.plugins.amideploy.core.simulator;

/**
 * How much of something the account may have, and what an account has by default: Amazon EC2 Auto Scaling User Guide,
 * "Quotas for Amazon EC2 Auto Scaling"; "Quotas for your Application Load Balancers", "Quotas for your Classic Load
 * Balancer"; Amazon EC2 User Guide, "Amazon EC2 instance type quotas" (On-Demand vCPUs).
 */
public enum Quota {
    AUTO_SCALING_GROUPS(500),
    LAUNCH_CONFIGURATIONS(200),
    APPLICATION_LOAD_BALANCERS(50),
    NETWORK_LOAD_BALANCERS(50),
    TARGET_GROUPS(3000),
    CLASSIC_LOAD_BALANCERS(20),
    TARGETS_PER_LOAD_BALANCER(1000),
    INSTANCES_PER_CLASSIC_LOAD_BALANCER(1000),
    /** Effectively none, as an account of some age has it. */
    VCPUS(1_000_000);

    private final int usual;

    Quota(int usual) {
        this.usual = usual;
    }

    int usual() {
        return usual;
    }
}
