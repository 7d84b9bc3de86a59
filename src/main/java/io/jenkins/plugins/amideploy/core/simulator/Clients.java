package io.jenkins.plugins.amideploy.core.simulator;

import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The SDK's clients of one caller. What the simulator does not model throws an UnsupportedOperationException. */
public record Clients(
        AutoScalingClient autoScaling,
        Ec2Client ec2,
        ElasticLoadBalancingV2Client elbv2,
        ElasticLoadBalancingClient elb,
        CloudWatchClient cloudWatch,
        SsmClient ssm,
        CloudFormationClient cloudFormation,
        Route53Client route53,
        ServiceQuotasClient serviceQuotas) {

    static Clients through(Client.Door door) {
        return new Clients(
                Client.of(AutoScalingClient.class, Service.AUTO_SCALING, door),
                Client.of(Ec2Client.class, Service.EC2, door),
                Client.of(ElasticLoadBalancingV2Client.class, Service.ELB_V2, door),
                Client.of(ElasticLoadBalancingClient.class, Service.ELB, door),
                Client.of(CloudWatchClient.class, Service.CLOUD_WATCH, door),
                Client.of(SsmClient.class, Service.SSM, door),
                Client.of(CloudFormationClient.class, Service.CLOUD_FORMATION, door),
                Client.of(Route53Client.class, Service.ROUTE_53, door),
                Client.of(ServiceQuotasClient.class, Service.SERVICE_QUOTAS, door));
    }
}
