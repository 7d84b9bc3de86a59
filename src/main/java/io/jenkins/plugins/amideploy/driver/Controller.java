package io.jenkins.plugins.amideploy.driver;

import jenkins.model.Jenkins;

/** The name of this controller, for people and for telling its leases from those of others. */
final class Controller {
    private static final int LONGEST = 256;

    private Controller() {}

    /** The URL that users know; the controller's id where no administrator has set one. In characters that tags take. */
    static String name() {
        String url = Jenkins.get().getRootUrl();
        String name = url == null ? Jenkins.get().getLegacyInstanceId() : url;
        String safe = name.replaceAll("[^\\p{L}\\p{N} +\\-=._:/@]", "_");
        return safe.substring(0, Math.min(LONGEST, safe.length()));
    }
}
