package io.jenkins.plugins.amideploy.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.init.Terminator;
import hudson.util.Secret;
import io.jenkins.plugins.amideploy.config.connection.AccessCheck;
import io.jenkins.plugins.amideploy.config.connection.AccessReport;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.AwsSessions;
import io.jenkins.plugins.amideploy.core.aws.AwsTarget;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** The controller's connections to AWS, shared by all deployments; they go through the proxy that Jenkins uses. */
@Extension
public final class AwsConnections {
    /** The milestone of the controller's end at which no deployment calls AWS any more. */
    public static final String UNUSED = "AMI Deploy calls AWS no more";

    /** After a change of the proxy: longer than any call takes. */
    private static final int MINUTES_FOR_THE_LAST_CALLS = 5;

    /** To connect to AWS while a person looks at the page. */
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final DefaultCredentialsProvider controller =
            DefaultCredentialsProvider.builder().build();

    /** Null until the first deployment. */
    private AwsSessions sessions;

    /** The proxy that {@link #sessions} use. */
    private Proxy proxy;

    private record Proxy(String host, int port, String user, String password, String exceptions) {
        private static Proxy current() {
            ProxyConfiguration jenkins = Jenkins.get().getProxy();
            return jenkins == null
                            || jenkins.getName() == null
                            || jenkins.getName().isEmpty()
                    ? null
                    : new Proxy(
                            jenkins.getName(),
                            jenkins.getPort(),
                            jenkins.getUserName(),
                            Secret.toString(jenkins.getSecretPassword()),
                            jenkins.getNoProxyHost());
        }
    }

    static AwsConnections get() {
        return ExtensionList.lookupSingleton(AwsConnections.class);
    }

    Grants grants() {
        return new Grants(AmiDeployConfiguration.get(), controller);
    }

    /** The session for those credentials in that region. Makes no call to AWS. */
    AwsSession session(Grant grant, String region) {
        AwsTarget target = target(grant, region, AmiDeployConfiguration.get().endpointUrl());
        return sessions().session(grant.identity(), grant.credentials(), target);
    }

    private static AwsTarget target(Grant grant, String region, Optional<URI> endpoint) {
        return new AwsTarget(region, endpoint, grant.role(), grant.externalId(), "ami-deploy@" + host());
    }

    /**
     * Tries those credentials, apart from what deployments use.
     *
     * @param most see {@link AccessCheck#run}
     * @throws SdkException where AWS does not take them
     */
    AccessReport check(Grant grant, String region, Optional<URI> endpoint, Duration most) throws InterruptedException {
        try (SdkHttpClient http =
                http(Proxy.current(), ApacheHttpClient.builder().connectionTimeout(CONNECT))) {
            return new AccessCheck(grant.credentials(), target(grant, region, endpoint), http).run(most);
        }
    }

    private synchronized AwsSessions sessions() {
        Proxy current = Proxy.current();
        if (sessions != null && !Objects.equals(proxy, current)) {
            Timer.get().schedule(sessions::close, MINUTES_FOR_THE_LAST_CALLS, TimeUnit.MINUTES);
            sessions = null;
        }
        if (sessions == null) {
            sessions = new AwsSessions(InstantSource.system(), http(current, ApacheHttpClient.builder()));
            proxy = current;
        }
        return sessions;
    }

    private static SdkHttpClient http(Proxy proxy, ApacheHttpClient.Builder builder) {
        if (proxy != null) {
            builder.proxyConfiguration(through(proxy));
        }
        return builder.build();
    }

    private static software.amazon.awssdk.http.apache.ProxyConfiguration through(Proxy proxy) {
        var configuration = software.amazon.awssdk.http.apache.ProxyConfiguration.builder()
                .endpoint(URI.create("http://" + proxy.host() + ":" + proxy.port()));
        if (proxy.user() != null && !proxy.user().isEmpty()) {
            configuration.username(proxy.user()).password(proxy.password());
        }
        ProxyConfiguration.getNoProxyHostPatterns(proxy.exceptions()).stream()
                .map(Pattern::pattern)
                .forEach(configuration::addNonProxyHost);
        return configuration.build();
    }

    private static String host() {
        String url = Jenkins.get().getRootUrl();
        String host = url == null ? null : URI.create(url).getHost();
        return host == null ? "jenkins" : host;
    }

    /** Closes everything when the controller stops. */
    @Terminator(requires = UNUSED)
    public synchronized void close() {
        if (sessions != null) {
            sessions.close();
            sessions = null;
        }
        controller.close();
    }
}
