package io.jenkins.plugins.amideploy.config;

import hudson.ExtensionList;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * One deployment's way to AWS. It looks up the credentials of its build again and again, so that renewed ones are used
 * and withdrawn ones are not, and keeps none beyond the life of this object.
 */
public final class AwsAccess {
    /** How long credentials that were found are taken to be still there. */
    private static final Duration TRUST = Duration.ofSeconds(60);

    private final AwsSettings settings;
    private final boolean administrators;
    private final Optional<AwsSessionSource> simulation;

    /** What the last look-up found; null before the first. */
    private Grant grant;

    private Instant grantedAt;

    /** @param settings with the region */
    public AwsAccess(AwsSettings settings) {
        this(settings, false);
    }

    /** For what an administrator wants and not a build: the defaults are allowed to it, whichever job it is about. */
    public static AwsAccess ofAdministrator(AwsSettings settings) {
        return new AwsAccess(settings, true);
    }

    private AwsAccess(AwsSettings settings, boolean administrators) {
        this.settings = settings;
        this.administrators = administrators;
        this.simulation = simulation(settings.region());
    }

    /** What answers for that region instead of AWS, if anything does. */
    static Optional<AwsSessionSource> simulation(String region) {
        return ExtensionList.lookup(AwsSessionSource.class).stream()
                .filter(source -> source.answersFor(region))
                .findFirst();
    }

    /** The region where a build names none; empty where the administrator names none either. */
    public static String defaultRegion() {
        return AmiDeployConfiguration.get().settings().region();
    }

    /**
     * The session to use for the next calls.
     *
     * @throws SdkClientException where the build has no credentials
     */
    public synchronized AwsSession session(BuildReference build) {
        if (simulation.isPresent()) {
            return simulation.get().session(settings.region());
        }
        AwsConnections connections = AwsConnections.get();
        Instant now = clock().instant();
        boolean orphaned = grant != null && build.job().isEmpty();
        if (grant == null || !orphaned && now.isAfter(grantedAt.plus(TRUST))) {
            // What a deployment began with, it may use to its end where its job was deleted.
            Grants grants = connections.grants();
            grant = administrators ? grants.toAdministrator(settings, build) : grants.grant(settings, build);
            grantedAt = now;
        }
        return connections.session(grant, settings.region());
    }

    public InstantSource clock() {
        return simulation.map(AwsSessionSource::clock).orElse(InstantSource.system());
    }

    /** How long it is until then, for those who wait here. */
    public Duration waitUntil(Instant at) {
        Duration wait =
                simulation.map(source -> source.waitUntil(at)).orElseGet(() -> Duration.between(Instant.now(), at));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Whether the AWS console shows what this deployment works on. */
    public boolean hasConsole() {
        return simulation.isEmpty()
                && AmiDeployConfiguration.get().endpointUrl().isEmpty();
    }

    public String region() {
        return settings.region();
    }
}
