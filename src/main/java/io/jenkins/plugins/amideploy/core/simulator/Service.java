package io.jenkins.plugins.amideploy.core.simulator;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.elasticloadbalancing.model.ElasticLoadBalancingException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.route53.model.Route53Exception;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuotasException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The modelled services: what they are called, and how each words the errors that every service has. */
enum Service {
    AUTO_SCALING("AutoScaling", "autoscaling", AutoScalingException::builder),
    EC2("Ec2", "ec2", Ec2Exception::builder),
    ELB_V2("ElasticLoadBalancingV2", "elasticloadbalancing", ElasticLoadBalancingV2Exception::builder),
    ELB("ElasticLoadBalancing", "elasticloadbalancing", ElasticLoadBalancingException::builder),
    CLOUD_WATCH("CloudWatch", "cloudwatch", CloudWatchException::builder),
    SSM("Ssm", "ssm", SsmException::builder),
    CLOUD_FORMATION("CloudFormation", "cloudformation", CloudFormationException::builder),
    ROUTE_53("Route 53", "route53", Route53Exception::builder),
    SERVICE_QUOTAS("Service Quotas", "servicequotas", ServiceQuotasException::builder);

    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-west-1";
    private static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/jenkins";

    private final String serviceName;
    private final String prefix;
    private final Supplier<? extends AwsServiceException.Builder> exception;

    Service(String serviceName, String prefix, Supplier<? extends AwsServiceException.Builder> exception) {
        this.serviceName = serviceName;
        this.prefix = prefix;
        this.exception = exception;
    }

    String serviceName() {
        return serviceName;
    }

    String endpoint(String region) {
        return this == ROUTE_53
                ? "route53.amazonaws.com"
                : (this == CLOUD_WATCH ? "monitoring" : prefix) + "." + region + ".amazonaws.com";
    }

    String arn(String region, String resource) {
        return "arn:aws:" + prefix + ":" + region + ":" + ACCOUNT + ":" + resource;
    }

    Rejection rejection(String code, String message) {
        return new Rejection(exception.get(), 400, code, message);
    }

    /** Amazon EC2 API Reference, "Error codes" and "Request throttling"; the other services' "Common errors". */
    Rejection throttled() {
        return this == EC2
                ? new Rejection(exception.get(), 503, "RequestLimitExceeded", "Request limit exceeded.")
                : rejection("Throttling", "Rate exceeded");
    }

    Rejection expired() {
        return new Rejection(
                exception.get(), 403, "ExpiredToken", "The security token included in the request is expired");
    }

    /** IAM User Guide, "Troubleshoot access denied error messages". */
    Rejection denied(String region, String operation) {
        String action = prefix + ":" + operation;
        String resource =
                switch (this) {
                    case EC2 -> "";
                    case AUTO_SCALING -> " on resource: " + arn(region, "autoScalingGroup:*:autoScalingGroupName/*");
                    default -> " on resource: *";
                };
        String reason = "User: " + USER + " is not authorized to perform: " + action + resource
                + " because no identity-based policy allows the " + action + " action";
        return this == EC2
                ? new Rejection(
                        exception.get(),
                        403,
                        "UnauthorizedOperation",
                        "You are not authorized to perform this operation. " + reason)
                : new Rejection(exception.get(), 403, "AccessDenied", reason);
    }
}
