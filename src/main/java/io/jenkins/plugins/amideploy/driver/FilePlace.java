package io.jenkins.plugins.amideploy.driver;

/** The directory on an agent that holds the secrets of a deployment's block. Kept with the deployment. */
final class FilePlace {
    private final String node;
    private final String directory;

    /**
     * @param node the name of the agent; empty for the controller itself
     * @param directory its path there
     */
    FilePlace(String node, String directory) {
        this.node = node;
        this.directory = directory;
    }

    String node() {
        return node;
    }

    String directory() {
        return directory;
    }

    /** For people. */
    @Override
    public String toString() {
        return directory + (node.isEmpty() ? " on the controller" : " on agent " + node);
    }
}
