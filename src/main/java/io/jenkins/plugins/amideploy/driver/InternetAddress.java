package io.jenkins.plugins.amideploy.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import jenkins.security.MasterToSlaveCallable;
import jenkins.util.SystemProperties;

/**
 * The address that an agent has in the internet, as a server of AWS sees it; empty where that cannot be found out. The
 * system property {@value #PROPERTY} of the controller names another server, or none.
 */
final class InternetAddress extends MasterToSlaveCallable<String, IOException> {
    static final String PROPERTY = "io.jenkins.plugins.amideploy.checkip";

    private static final long serialVersionUID = 1L;
    private static final int PATIENCE = 5_000;
    private static final int LONGEST = 45;

    private final String url;

    private InternetAddress(String url) {
        this.url = url;
    }

    static InternetAddress fromProperty() {
        return new InternetAddress(SystemProperties.getString(PROPERTY, "https://checkip.amazonaws.com/"));
    }

    @Override
    public String call() {
        if (url.isEmpty()) {
            return "";
        }
        try {
            return ask();
        } catch (IOException | IllegalArgumentException e) {
            return ""; // no way to the internet, which is no mistake
        }
    }

    private String ask() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE);
        connection.setReadTimeout(PATIENCE);
        try (InputStream answer = connection.getInputStream()) {
            String text = new String(answer.readNBytes(LONGEST), StandardCharsets.US_ASCII).strip();
            return text.matches("[0-9.]+|[0-9a-fA-F:]+") ? text : "";
        } finally {
            connection.disconnect();
        }
    }
}
