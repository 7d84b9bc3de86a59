package io.jenkins.plugins.amideploy.core.rolling;

import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What a rolling deployment has found before its start, with nothing in its way.
 *
 * @param source what the group launches from, for people
 * @param image the image it launches now
 * @param toReplace how many instances are to be replaced
 * @param kept how many stay, because they match already or the user wants them skipped
 */
public record RollingSurvey(AutoScalingGroup group, String source, String image, int toReplace, int kept) {}
