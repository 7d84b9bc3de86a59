package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;

/**
 * One state of one instance has changed.
 *
 * @param group the Auto Scaling group, or null
 * @param aspect {@code instance}, {@code lifecycle}, {@code health}, {@code protection}, or the name of a target group
 *     or Classic Load Balancer
 * @param from the state before in AWS's word, null at launch
 */
public record StateChange(
        Instant time,
        String group,
        String instanceId,
        String zone,
        String imageId,
        String aspect,
        String from,
        String to) {}
