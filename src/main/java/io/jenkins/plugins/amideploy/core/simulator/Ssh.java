package io.jenkins.plugins.amideploy.core.simulator;

/** What answers on the ports of instances, to whom their security groups let in. */
final class Ssh {
    private Ssh() {}

    /**
     * Connects to an instance's SSH server.
     *
     * @param from the address that the instance sees
     * @return its greeting, or why there is none
     */
    static Greeting connect(World world, String from, String host, int port) {
        SimulatedInstance instance = world.instances.values().stream()
                .filter(one -> one.launch != null && one.running())
                .filter(one ->
                        host.equals(InstanceView.privateAddress(one)) || host.equals(InstanceView.publicAddress(one)))
                .findAny()
                .orElse(null);
        if (instance == null) {
            return new Greeting(false, "no route to host");
        }
        boolean admitted = instance.launch.securityGroups().stream()
                .map(world.securityGroups::get)
                .anyMatch(group -> group.admits(from, port));
        if (!admitted || instance.guest.upSince() == null) {
            return new Greeting(false, "connection timed out");
        }
        return port == 22 && instance.guest.answersSsh()
                ? new Greeting(true, "SSH-2.0-OpenSSH_8.7")
                : new Greeting(false, "connection refused");
    }

    /** @param answered whether it greeted as SSH servers do */
    record Greeting(boolean answered, String text) {}
}
