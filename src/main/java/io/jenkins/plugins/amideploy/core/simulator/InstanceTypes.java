package io.jenkins.plugins.amideploy.core.simulator;

/** What instance types there are, by their names: Amazon EC2 Instance Types, "Naming conventions". */
final class InstanceTypes {
    private InstanceTypes() {}

    static boolean exists(String type) {
        return type.matches("[a-z]+[0-9]+[a-z0-9-]*\\.[a-z0-9-]+");
    }

    /** A family whose generation is followed by a "g" has Graviton processors. */
    static String architecture(String type) {
        return type.matches("a1\\..*|[a-z]+[0-9]+g[a-z]*\\..*") ? "arm64" : "x86_64";
    }
}
