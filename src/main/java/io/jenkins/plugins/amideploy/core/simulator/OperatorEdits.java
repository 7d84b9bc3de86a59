package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.SplittableRandom;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.Tag;

/** What an operator does to a group by hand, at random; what AWS refuses, the operator shrugs off. */
final class OperatorEdits {
    private static final List<String> PROCESSES =
            List.of("AZRebalance", "AlarmNotification", "ReplaceUnhealthy", "HealthCheck", "ScheduledActions");

    private final SimulatedAws aws;
    private final String group;
    private final SplittableRandom random;

    enum Edit {
        DESIRED,
        BOUNDS,
        SUSPEND,
        RESUME,
        TERMINATE,
        STANDBY,
        PROTECT,
        UNHEALTHY,
        TAG,
        TEMPLATE
    }

    OperatorEdits(SimulatedAws aws, String group, SplittableRandom random) {
        this.aws = aws;
        this.group = group;
        this.random = random;
    }

    void make(Edit edit) {
        if (!aws.exists(group)) {
            return;
        }
        AutoScalingClient client = aws.operator().autoScaling();
        try {
            List<AutoScalingGroup> seen = client.describeAutoScalingGroups(
                            request -> request.autoScalingGroupNames(group))
                    .autoScalingGroups();
            if (!seen.isEmpty()) {
                make(edit, client, seen.get(0));
            }
        } catch (AwsServiceException refused) {
            return;
        }
    }

    private void make(Edit edit, AutoScalingClient client, AutoScalingGroup seen) {
        String process = PROCESSES.get(random.nextInt(PROCESSES.size()));
        int change = random.nextInt(1, 4) * (random.nextBoolean() ? 1 : -1);
        switch (edit) {
            case DESIRED ->
                client.setDesiredCapacity(request ->
                        request.autoScalingGroupName(group).desiredCapacity(seen.desiredCapacity() + change));
            case BOUNDS ->
                client.updateAutoScalingGroup(request -> request.autoScalingGroupName(group)
                        .minSize(Math.max(0, seen.minSize() + change))
                        .maxSize(seen.maxSize() + Math.abs(change)));
            case SUSPEND ->
                client.suspendProcesses(
                        request -> request.autoScalingGroupName(group).scalingProcesses(process));
            case RESUME ->
                client.resumeProcesses(
                        request -> request.autoScalingGroupName(group).scalingProcesses(process));
            case TAG ->
                client.createOrUpdateTags(request -> request.tags(Tag.builder()
                        .resourceId(group)
                        .resourceType("auto-scaling-group")
                        .key("edited-by")
                        .value("operator")
                        .propagateAtLaunch(false)
                        .build()));
            case TEMPLATE -> changeTemplate(client, seen);
            default -> makeToInstance(edit, client, seen);
        }
    }

    /** A new version of what the group launches from, with other user data and the same image. */
    private void changeTemplate(AutoScalingClient client, AutoScalingGroup seen) {
        LaunchTemplateSpecification now = seen.launchTemplate();
        if (now == null) {
            return;
        }
        String version = aws.operator()
                .ec2()
                .createLaunchTemplateVersion(request -> request.launchTemplateId(now.launchTemplateId())
                        .sourceVersion(now.version())
                        .launchTemplateData(data -> data.userData("b3BlcmF0b3I=")))
                .launchTemplateVersion()
                .versionNumber()
                .toString();
        client.updateAutoScalingGroup(request -> request.autoScalingGroupName(group)
                .launchTemplate(template ->
                        template.launchTemplateId(now.launchTemplateId()).version(version)));
    }

    private void makeToInstance(Edit edit, AutoScalingClient client, AutoScalingGroup seen) {
        List<Instance> inService = seen.instances().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .toList();
        if (inService.isEmpty()) {
            return;
        }
        String id = inService.get(random.nextInt(inService.size())).instanceId();
        switch (edit) {
            case TERMINATE ->
                client.terminateInstanceInAutoScalingGroup(
                        request -> request.instanceId(id).shouldDecrementDesiredCapacity(random.nextBoolean()));
            case STANDBY ->
                client.enterStandby(request -> request.autoScalingGroupName(group)
                        .instanceIds(id)
                        .shouldDecrementDesiredCapacity(random.nextBoolean()));
            case PROTECT ->
                client.setInstanceProtection(request ->
                        request.autoScalingGroupName(group).instanceIds(id).protectedFromScaleIn(true));
            default ->
                client.setInstanceHealth(request -> request.instanceId(id).healthStatus(SimulatedInstance.UNHEALTHY));
        }
    }
}
