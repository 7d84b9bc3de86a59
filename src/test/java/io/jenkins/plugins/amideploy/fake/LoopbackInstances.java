package io.jenkins.plugins.amideploy.fake;

import io.jenkins.plugins.amideploy.core.aws.AwsClients;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;

/**
 * A simulated AWS whose instances have the address of this machine, so that a server here can stand for theirs. It keeps
 * the public keys that are imported, which AWS would put on its instances.
 */
final class LoopbackInstances {
    private final List<String> keys;

    /** @param keys takes the public keys */
    LoopbackInstances(List<String> keys) {
        this.keys = keys;
    }

    AwsSession session(SimulatedAws aws) {
        AwsClients plain = Rehearsal.clients(aws);
        AwsClients clients = new AwsClients(
                plain.autoScaling(),
                here(plain.ec2()),
                plain.elb(),
                plain.elbv2(),
                plain.cloudWatch(),
                plain.ssm(),
                plain.cloudFormation(),
                plain.route53(),
                plain.serviceQuotas());
        return new AwsSession(clients, aws.clock(), aws.region(), (other, role) -> session(aws.region(other)));
    }

    private Ec2Client here(Ec2Client ec2) {
        return (Ec2Client) Proxy.newProxyInstance(
                Ec2Client.class.getClassLoader(), new Class<?>[] {Ec2Client.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("importKeyPair")) {
                        keys.add(key(arguments[0]));
                    }
                    try {
                        Object answer = method.invoke(ec2, arguments);
                        return answer instanceof DescribeInstancesResponse shown ? here(shown) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings(
            "unchecked") // of the client's two methods of that name, one takes the request, the other its maker
    private static String key(Object argument) {
        ImportKeyPairRequest request = argument instanceof ImportKeyPairRequest made
                ? made
                : ImportKeyPairRequest.builder()
                        .applyMutation((Consumer<ImportKeyPairRequest.Builder>) argument)
                        .build();
        return request.publicKeyMaterial().asUtf8String();
    }

    private static DescribeInstancesResponse here(DescribeInstancesResponse shown) {
        return shown.copy(response -> response.reservations(shown.reservations().stream()
                .map(reservation -> reservation.copy(r -> r.instances(reservation.instances().stream()
                        .map(instance -> instance.copy(
                                i -> i.privateIpAddress("127.0.0.1").publicIpAddress(null)))
                        .toList())))
                .toList()));
    }
}
