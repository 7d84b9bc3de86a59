package io.jenkins.plugins.amideploy.core.blueviolet;

import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What a deployment would begin with.
 *
 * @param live the group that would be replaced
 * @param fresh the name of the new one
 * @param image what the live one launches now
 * @param desired the capacity of the new one
 * @param notCopied what AWS lets nobody copy
 */
public record BlueVioletSurvey(
        AutoScalingGroup live, String fresh, String image, int desired, List<String> notCopied) {}
