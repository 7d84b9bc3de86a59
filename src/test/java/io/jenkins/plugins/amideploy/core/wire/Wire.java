package io.jenkins.plugins.amideploy.core.wire;

import io.jenkins.plugins.amideploy.core.ami.BuildAmi;
import io.jenkins.plugins.amideploy.core.aws.AwsClients;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
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

/**
 * A controller with builds on the one side, an AWS on the other, and someone who sets that AWS up and looks at what has
 * become of it.
 */
final class Wire implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final String CONTROLLER = "ci.example.org";

    private final MotoServer moto = new MotoServer();
    private final JumpingClock clock = new JumpingClock();
    private final Set<Owner> over = new HashSet<>();
    private SdkHttpClient http;
    private AwsSession aws;
    private Operator operator;
    private final List<Build> builds = new ArrayList<>();
    private int number;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        moto.beforeAll(context);
        if (!moto.started()) {
            return;
        }
        http = ApacheHttpClient.create();
        aws = session("DEPLOYER", Region.US_EAST_1);
        operator = new Operator(clients(LoopbackProxy.OPERATOR_KEY, Region.US_EAST_1), moto);
    }

    /** What the test before has left of the call rates is no concern of this one. */
    @Override
    public void beforeEach(ExtensionContext context) {
        moto.beforeEach(context);
        clock.passes(Duration.ofHours(1));
        moto.calls().forget();
        builds.clear();
    }

    /** Shows what the builds of a failed test said. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent() && !builds.isEmpty()) {
            System.err.println(context.getDisplayName());
            builds.forEach(build -> System.err.println(build.owner() + "\n" + build.console()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (http != null) {
            http.close();
        }
        moto.afterAll(context);
    }

    private AwsSession session(String accessKey, Region region) {
        return new AwsSession(
                clients(accessKey, region), clock, region.id(), (other, role) -> session(accessKey, Region.of(other)));
    }

    private AwsClients clients(String accessKey, Region region) {
        return new AwsClients(
                client(AutoScalingClient.builder(), accessKey, region),
                client(Ec2Client.builder(), accessKey, region),
                client(ElasticLoadBalancingClient.builder(), accessKey, region),
                client(ElasticLoadBalancingV2Client.builder(), accessKey, region),
                client(CloudWatchClient.builder(), accessKey, region),
                client(SsmClient.builder(), accessKey, region),
                client(CloudFormationClient.builder(), accessKey, region),
                client(Route53Client.builder(), accessKey, region),
                client(ServiceQuotasClient.builder(), accessKey, region));
    }

    /** Without retries: a call that fails here fails for a reason. */
    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, String accessKey, Region region) {
        return builder.httpClient(http)
                .region(region)
                .endpointOverride(moto.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    MotoServer moto() {
        return moto;
    }

    JumpingClock clock() {
        return clock;
    }

    AwsSession aws() {
        return aws;
    }

    Operator operator() {
        return operator;
    }

    void over(Owner owner) {
        over.add(owner);
    }

    boolean isOver(Owner owner) {
        return over.contains(owner);
    }

    Build build(Procedure procedure) {
        number++;
        Build build = new Build(this, new Owner(CONTROLLER, "web/deploy " + number, "d" + number), procedure);
        builds.add(build);
        return build;
    }

    /** A build of an image. */
    Build image(Map<String, String> parameters, boolean gated) {
        return build(new BuildAmi(parameters, gated));
    }

    /** A build that deploys the new image to that group. */
    Build rolling(String group, Map<String, String> parameters) {
        return rolling(group, parameters, false);
    }

    Build rollingWithBlock(String group, Map<String, String> parameters) {
        return rolling(group, parameters, true);
    }

    private Build rolling(String group, Map<String, String> parameters, boolean gated) {
        Map<String, String> all = new HashMap<>(Map.of("group", group, "ami", MotoServer.NEW_AMI));
        all.putAll(parameters);
        return build(new RollingDeploy(all, gated));
    }
}
