package io.jenkins.plugins.amideploy.core.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 * Keeps all deployments of one account and region together below AWS's request rates, so that a busy controller does
 * not throttle itself or the account's other users.
 *
 * <p>The rates are about half of what AWS publishes for EC2 ("Request throttling for the Amazon EC2 API") and Elastic
 * Load Balancing ("Request throttling for the Elastic Load Balancing API"), and for Route 53 (five a second for the whole
 * account, "Quotas"). Auto Scaling, CloudWatch, Systems Manager, CloudFormation and Service Quotas publish none; theirs are cautious guesses, and the SDK's adaptive retry mode covers the rest.
 */
final class PacedClients {
    private final InstantSource clock;
    private final List<CallRate> rates = new ArrayList<>();
    private final AwsClients clients;

    PacedClients(AwsClients plain, InstantSource clock) {
        this.clock = clock;
        this.clients = new AwsClients(
                paced(AutoScalingClient.class, plain.autoScaling(), rate(50, 8), rate(25, 4)),
                paced(Ec2Client.class, plain.ec2(), rate(50, 10), rate(20, 2)),
                paced(ElasticLoadBalancingClient.class, plain.elb(), rate(20, 5), rate(10, 1.5)),
                paced(ElasticLoadBalancingV2Client.class, plain.elbv2(), rate(20, 5), rate(10, 1.5)),
                paced(CloudWatchClient.class, plain.cloudWatch(), rate(20, 5), rate(10, 2)),
                paced(SsmClient.class, plain.ssm(), rate(20, 5), rate(10, 2)),
                paced(CloudFormationClient.class, plain.cloudFormation(), rate(20, 3), rate(10, 1)),
                paced(Route53Client.class, plain.route53(), rate(10, 2), rate(5, 0.5)),
                paced(ServiceQuotasClient.class, plain.serviceQuotas(), rate(10, 2), rate(1, 0.1)));
    }

    /** Count each call. */
    AwsClients clients() {
        return clients;
    }

    /**
     * Lets a tick begin.
     *
     * @throws ReadLater where one of the rates is used up
     */
    void begin() {
        rates.stream()
                .map(CallRate::turn)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .ifPresent(turn -> {
                    throw new ReadLater(turn);
                });
    }

    private CallRate rate(int burst, double perSecond) {
        CallRate rate = new CallRate(clock, burst, perSecond);
        rates.add(rate);
        return rate;
    }

    private static <C> C paced(Class<C> type, C client, CallRate reads, CallRate writes) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (isCall(method)) {
                (reads(method.getName()) ? reads : writes).take();
            }
            try {
                return method.invoke(client, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static boolean reads(String call) {
        return call.startsWith("describe") || call.startsWith("get") || call.startsWith("list");
    }

    private static boolean isCall(Method method) {
        return method.getDeclaringClass() != Object.class
                && method.getParameterCount() == 1
                && !method.getName().equals("close");
    }
}
