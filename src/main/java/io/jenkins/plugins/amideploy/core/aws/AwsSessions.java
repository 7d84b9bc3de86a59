package io.jenkins.plugins.amideploy.core.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The sessions in use: one for each set of credentials, region and role, however many deployments use it. One HTTP
 * client and one thread for timeouts serve them all. A session that nobody asked for in a while is closed.
 */
public final class AwsSessions implements AutoCloseable {
    private static final Duration ATTEMPT = Duration.ofSeconds(20);
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final SdkHttpClient http;
    private final ScheduledExecutorService timeouts;
    private final Map<Key, Open> open = new HashMap<>();

    private record Key(Object credentials, AwsTarget target) {}

    /** An open session with what has to be closed after it, and when it was last asked for. */
    private static final class Open {
        private final List<AutoCloseable> resources = new ArrayList<>();
        private AwsSession session;
        private Instant asked;
    }

    /** @param http shared by all sessions and closed together with this */
    public AwsSessions(InstantSource clock, SdkHttpClient http) {
        this.clock = clock;
        this.http = http;
        this.timeouts = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "AMI Deploy call timeouts");
            thread.setDaemon(true);
            return thread;
        });
        timeouts.scheduleWithFixedDelay(this::closeIdle, IDLE.toMinutes(), IDLE.toMinutes(), TimeUnit.MINUTES);
    }

    /**
     * The session for these credentials, opened where there is none. Makes no call to AWS.
     *
     * @param identity tells credentials apart: a session is shared where identities are equal, so equal ones must mean
     *     the same keys
     */
    public synchronized AwsSession session(Object identity, AwsCredentialsProvider credentials, AwsTarget target) {
        Open entry = open.computeIfAbsent(new Key(identity, target), key -> open(identity, credentials, target));
        entry.asked = clock.instant();
        return entry.session;
    }

    private Open open(Object identity, AwsCredentialsProvider credentials, AwsTarget target) {
        Open entry = new Open();
        AwsCredentialsProvider used = credentials;
        for (String role : target.roles()) {
            used = role(used, role, target, entry);
        }
        AwsClients clients = new AwsClients(
                client(AutoScalingClient.builder(), used, target),
                client(Ec2Client.builder(), used, target),
                client(ElasticLoadBalancingClient.builder(), used, target),
                client(ElasticLoadBalancingV2Client.builder(), used, target),
                client(CloudWatchClient.builder(), used, target),
                client(SsmClient.builder(), used, target),
                client(CloudFormationClient.builder(), used, target),
                client(Route53Client.builder(), used, target),
                client(ServiceQuotasClient.builder(), used, target));
        entry.resources.add(0, clients::close);
        entry.session = new AwsSession(
                clients,
                clock,
                target.region(),
                (other, role) -> session(identity, credentials, target.in(other).as(role)));
        return entry;
    }

    /** Credentials of the role, renewed shortly before they expire. */
    private AwsCredentialsProvider role(AwsCredentialsProvider credentials, String arn, AwsTarget target, Open entry) {
        StsClient sts = client(StsClient.builder(), credentials, target);
        StsAssumeRoleCredentialsProvider role = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> {
                    request.roleArn(arn).roleSessionName(target.sessionName());
                    if (!target.externalId().isEmpty()) {
                        request.externalId(target.externalId());
                    }
                })
                .build();
        entry.resources.addAll(0, List.of(role::close, sts::close));
        return role;
    }

    private <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(
            B builder, AwsCredentialsProvider credentials, AwsTarget target) {
        target.endpoint().ifPresent(builder::endpointOverride);
        return builder.region(Region.of(target.region()))
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(RetryMode.ADAPTIVE_V2)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .scheduledExecutorService(timeouts)
                        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "ami-deploy")
                        .build())
                .build();
    }

    /** Closes the sessions that nobody asked for in half an hour; a deployment asks for its session at every look. */
    public synchronized void closeIdle() {
        Instant oldest = clock.instant().minus(IDLE);
        open.values().removeIf(entry -> {
            boolean idle = entry.asked.isBefore(oldest);
            if (idle) {
                close(entry);
            }
            return idle;
        });
    }

    /** How many sessions are open. */
    public synchronized int size() {
        return open.size();
    }

    @Override
    public synchronized void close() {
        open.values().forEach(AwsSessions::close);
        open.clear();
        timeouts.shutdownNow();
        http.close();
    }

    private static void close(Open entry) {
        for (AutoCloseable resource : entry.resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("Closing a client of AWS failed", e);
            }
        }
    }
}
