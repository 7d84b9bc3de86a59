package io.jenkins.plugins.amideploy.core.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * Keeps all deployments of one account and region together below AWS's request rates, so that a busy controller does
 * not throttle itself or the account's other users.
 *
 * <p>The rates are about half of what AWS publishes for EC2 ("Request throttling for the Amazon EC2 API") and Elastic
 * Load Balancing ("Request throttling for the Elastic Load Balancing API"). Auto Scaling and CloudWatch publish none;
 * theirs are cautious guesses, and the SDK's adaptive retry mode covers the rest.
 */
final class PacedClients {
    private PacedClients() {}

    static AwsClients paced(AwsClients clients, InstantSource clock) {
        return new AwsClients(
                paced(AutoScalingClient.class, clients.autoScaling(), rate(clock, 50, 8), rate(clock, 25, 4)),
                paced(Ec2Client.class, clients.ec2(), rate(clock, 50, 10), rate(clock, 20, 2)),
                paced(ElasticLoadBalancingClient.class, clients.elb(), rate(clock, 20, 5), rate(clock, 10, 1.5)),
                paced(ElasticLoadBalancingV2Client.class, clients.elbv2(), rate(clock, 20, 5), rate(clock, 10, 1.5)),
                paced(CloudWatchClient.class, clients.cloudWatch(), rate(clock, 20, 5), rate(clock, 10, 2)));
    }

    private static CallRate rate(InstantSource clock, int burst, double perSecond) {
        return new CallRate(clock, burst, perSecond);
    }

    private static <C> C paced(Class<C> type, C client, CallRate reads, CallRate writes) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (isCall(method)) {
                (method.getName().startsWith("describe") ? reads : writes).take();
            }
            try {
                return method.invoke(client, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static boolean isCall(Method method) {
        return method.getDeclaringClass() != Object.class
                && method.getParameterCount() == 1
                && !method.getName().equals("close");
    }
}
