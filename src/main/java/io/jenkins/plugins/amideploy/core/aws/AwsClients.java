package io.jenkins.plugins.amideploy.core.aws;

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
 * The SDK clients of one set of credentials in one region. Route 53 is the same in all regions.
 *
 * @param elb the client for Classic Load Balancers
 * @param elbv2 the client for Application, Network and Gateway Load Balancers
 */
public record AwsClients(
        AutoScalingClient autoScaling,
        Ec2Client ec2,
        ElasticLoadBalancingClient elb,
        ElasticLoadBalancingV2Client elbv2,
        CloudWatchClient cloudWatch,
        SsmClient ssm,
        CloudFormationClient cloudFormation,
        Route53Client route53,
        ServiceQuotasClient serviceQuotas)
        implements AutoCloseable {

    @Override
    public void close() {
        autoScaling.close();
        ec2.close();
        elb.close();
        elbv2.close();
        cloudWatch.close();
        ssm.close();
        cloudFormation.close();
        route53.close();
        serviceQuotas.close();
    }
}
