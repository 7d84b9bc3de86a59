package io.jenkins.plugins.amideploy.core.wire;

import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The three sizes of a group. */
record Sizes(int min, int desired, int max) {
    static Sizes of(AutoScalingGroup group) {
        return new Sizes(group.minSize(), group.desiredCapacity(), group.maxSize());
    }
}
