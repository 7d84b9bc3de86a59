package io.jenkins.plugins.amideploy.config.connection;

import io.jenkins.plugins.amideploy.core.aws.AwsTarget;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The clients of one check: impatient ones, for a person looks at the page. */
final class CheckClients implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(4);

    private final AwsTarget target;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    /** Made when first needed, for making them is what takes longest. */
    private final Map<Class<?>, SdkClient> clients = new ConcurrentHashMap<>();

    /** @param http not closed by this */
    CheckClients(AwsCredentialsProvider credentials, AwsTarget target, SdkHttpClient http) {
        this.target = target;
        this.credentials = credentials;
        this.http = http;
    }

    StsClient sts() {
        return once(StsClient.class, () -> client(StsClient.builder()));
    }

    IamClient iam() {
        return once(IamClient.class, () -> client(IamClient.builder()));
    }

    AutoScalingClient autoScaling() {
        return once(AutoScalingClient.class, () -> client(AutoScalingClient.builder()));
    }

    Ec2Client ec2() {
        return once(Ec2Client.class, () -> client(Ec2Client.builder()));
    }

    ElasticLoadBalancingClient elb() {
        return once(ElasticLoadBalancingClient.class, () -> client(ElasticLoadBalancingClient.builder()));
    }

    ElasticLoadBalancingV2Client elbv2() {
        return once(ElasticLoadBalancingV2Client.class, () -> client(ElasticLoadBalancingV2Client.builder()));
    }

    CloudWatchClient cloudWatch() {
        return once(CloudWatchClient.class, () -> client(CloudWatchClient.builder()));
    }

    SsmClient ssm() {
        return once(SsmClient.class, () -> client(SsmClient.builder()));
    }

    CloudFormationClient cloudFormation() {
        return once(CloudFormationClient.class, () -> client(CloudFormationClient.builder()));
    }

    ServiceQuotasClient serviceQuotas() {
        return once(ServiceQuotasClient.class, () -> client(ServiceQuotasClient.builder()));
    }

    private <C extends SdkClient> C once(Class<C> type, Supplier<C> builder) {
        return type.cast(clients.computeIfAbsent(type, key -> builder.get()));
    }

    private <C extends SdkClient, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder) {
        target.endpoint().ifPresent(builder::endpointOverride);
        return builder.region(Region.of(target.region()))
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD).apiCallTimeout(CALL))
                .build();
    }

    @Override
    public void close() {
        clients.values().forEach(SdkClient::close);
    }
}
