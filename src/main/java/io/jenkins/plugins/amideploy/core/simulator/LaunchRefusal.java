package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Locale;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Why EC2 launches nothing: Amazon EC2 API Reference, "Error codes". */
public enum LaunchRefusal {
    NO_CAPACITY(
            "InsufficientInstanceCapacity",
            "We currently do not have sufficient %s capacity in the Availability Zone you requested (%s). Our system"
                    + " will be working on provisioning additional capacity."),
    VCPU_LIMIT(
            "VcpuLimitExceeded",
            "You have requested more vCPU capacity than your current vCPU limit of 64 allows for the instance bucket"
                    + " that the specified instance type belongs to. Please visit"
                    + " http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit."),
    INSTANCE_LIMIT(
            "InstanceLimitExceeded",
            "You have requested more instances (1) than your current instance limit of 0 allows for the specified"
                    + " instance type. Please visit http://aws.amazon.com/contact-us/ec2-request to request an"
                    + " adjustment to this limit."),
    NO_SPOT_CAPACITY("InsufficientInstanceCapacity", "There is no Spot capacity available that matches your request."),
    SPOT_LIMIT("MaxSpotInstanceCountExceeded", "Max spot instance count exceeded");

    private final String code;
    private final String message;

    LaunchRefusal(String code, String message) {
        this.code = code;
        this.message = message;
    }

    boolean concernsSpotOnly() {
        return this == NO_SPOT_CAPACITY || this == SPOT_LIMIT;
    }

    /** Shortage is AWS's own failure, a quota the caller's. */
    Rejection rejection(String type, String zone) {
        return new Rejection(
                Ec2Exception.builder(),
                code.startsWith("Insufficient") ? 500 : 400,
                code,
                String.format(Locale.ROOT, message, type, zone));
    }
}
