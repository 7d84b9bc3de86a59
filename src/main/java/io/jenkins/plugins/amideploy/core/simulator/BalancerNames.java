package io.jenkins.plugins.amideploy.core.simulator;

/** Names of load balancers and target groups: Elastic Load Balancing API Reference, "CreateLoadBalancer". */
final class BalancerNames {
    private BalancerNames() {}

    static void check(String name, String what) {
        if (name == null || !name.matches("[a-zA-Z0-9]([-a-zA-Z0-9]{0,30}[a-zA-Z0-9])?")) {
            throw Service.ELB_V2.rejection(
                    "ValidationError",
                    what + " name '" + name
                            + "' must have at most 32 characters, which are alphanumeric or hyphens, and"
                            + " cannot begin or end with a hyphen");
        }
        if (what.equals("Load balancer") && name.startsWith("internal-")) {
            throw Service.ELB_V2.rejection(
                    "ValidationError", "Load balancer name '" + name + "' cannot begin with 'internal-'");
        }
    }
}
