package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What a deployment would begin with.
 *
 * @param live the group that would be replaced
 * @param fresh the name of the new one
 * @param image what the live one launches now
 * @param desired the capacity of the new one
 * @param balancer in front of the live group
 * @param notCopied what AWS lets nobody copy
 */
public record BlueGreenSurvey(
        AutoScalingGroup live,
        String fresh,
        String image,
        int desired,
        LiveBalancer balancer,
        List<String> notCopied) {}
