package io.jenkins.plugins.amideploy.core.aws;

import java.time.InstantSource;
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
 * What all deployments with the same credentials in the same region share: clients below AWS's request rates, and reads.
 *
 * <p>Safe for use by many threads. Does not own the clients it was made of.
 */
public final class AwsSession {
    private final PacedClients paced;
    private final AwsClients clients;
    private final GroupReads groups;
    private final String region;
    private final Elsewhere elsewhere;

    /** Where else the same credentials reach. */
    public interface Elsewhere {
        /** @param role the ARN of a role to assume with the credentials of this session; empty for none */
        AwsSession session(String region, String role);
    }

    /**
     * @param region the code of the region that the clients call
     * @param elsewhere gives the other sessions with the same credentials
     */
    public AwsSession(AwsClients clients, InstantSource clock, String region, Elsewhere elsewhere) {
        this.region = region;
        this.elsewhere = elsewhere;
        this.paced = new PacedClients(clients, clock);
        this.clients = paced.clients();
        this.groups = new GroupReads(this.clients.autoScaling(), clock);
    }

    /**
     * Lets a tick begin, which may then make all its calls.
     *
     * @throws ReadLater where others have used up the calls of the moment
     */
    public void begin() {
        paced.begin();
    }

    public AutoScalingClient autoScaling() {
        return clients.autoScaling();
    }

    public Ec2Client ec2() {
        return clients.ec2();
    }

    public ElasticLoadBalancingClient elb() {
        return clients.elb();
    }

    public ElasticLoadBalancingV2Client elbv2() {
        return clients.elbv2();
    }

    public CloudWatchClient cloudWatch() {
        return clients.cloudWatch();
    }

    public SsmClient ssm() {
        return clients.ssm();
    }

    public CloudFormationClient cloudFormation() {
        return clients.cloudFormation();
    }

    public Route53Client route53() {
        return clients.route53();
    }

    public ServiceQuotasClient serviceQuotas() {
        return clients.serviceQuotas();
    }

    /** The code of the region, such as {@code eu-central-1}. */
    public String region() {
        return region;
    }

    /** The session with the same credentials in that region, which has rates of its own. */
    public AwsSession in(String otherRegion) {
        return otherRegion.equals(region) ? this : elsewhere.session(otherRegion, "");
    }

    /**
     * The session in this region with the role of that ARN, which is assumed with the credentials of this session, so that
     * nobody gets further with it than they may; this one where the ARN is empty.
     */
    public AwsSession as(String role) {
        return role.isEmpty() ? this : elsewhere.session(region, role);
    }

    /** Groups, read once for all deployments that look at about the same time. */
    public GroupReads groups() {
        return groups;
    }
}
