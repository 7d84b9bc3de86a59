package io.jenkins.plugins.amideploy.config.connection;

import io.jenkins.plugins.amideploy.core.aws.AwsTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The clients of one check: impatient ones, for a person looks at the page. */
final class CheckClients implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(4);

    final StsClient sts;
    final IamClient iam;
    final AutoScalingClient autoScaling;
    final Ec2Client ec2;
    final ElasticLoadBalancingClient elb;
    final ElasticLoadBalancingV2Client elbv2;
    final CloudWatchClient cloudWatch;
    final SsmClient ssm;
    final CloudFormationClient cloudFormation;

    private final AwsTarget target;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final List<SdkClient> all = new ArrayList<>();

    /** @param http not closed by this */
    CheckClients(AwsCredentialsProvider credentials, AwsTarget target, SdkHttpClient http) {
        this.target = target;
        this.credentials = credentials;
        this.http = http;
        this.sts = client(StsClient.builder());
        this.iam = client(IamClient.builder());
        this.autoScaling = client(AutoScalingClient.builder());
        this.ec2 = client(Ec2Client.builder());
        this.elb = client(ElasticLoadBalancingClient.builder());
        this.elbv2 = client(ElasticLoadBalancingV2Client.builder());
        this.cloudWatch = client(CloudWatchClient.builder());
        this.ssm = client(SsmClient.builder());
        this.cloudFormation = client(CloudFormationClient.builder());
    }

    private <C extends SdkClient, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder) {
        target.endpoint().ifPresent(builder::endpointOverride);
        C client = builder.region(Region.of(target.region()))
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD).apiCallTimeout(CALL))
                .build();
        all.add(client);
        return client;
    }

    @Override
    public void close() {
        all.forEach(SdkClient::close);
    }
}
