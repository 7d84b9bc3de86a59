package io.jenkins.plugins.amideploy.core.blueviolet;

import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.BLUE;
import static io.jenkins.plugins.amideploy.core.blueviolet.Twins.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.MaximalGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/** A group that has everything a group can have, compared with the one that took its place. */
class FaithfulCopyTest {
    /** What says which group it is and what it has been through; everything else is a setting. */
    private static final Set<String> OWN = Set.of(
            "AutoScalingGroupName",
            "AutoScalingGroupARN",
            "CreatedTime",
            "Instances",
            "Tags",
            "WarmPoolSize",
            "SuspendedProcesses",
            "PredictedCapacity",
            "Status",
            "LaunchTemplate",
            "LaunchConfigurationName",
            "MixedInstancesPolicy");

    private final Twins twins = Twins.empty(51, Application.healthy());
    private Map<String, Object> before;

    private void deploy(GroupSpec.Source source) {
        MaximalGroup.create(twins.aws, WEB, twins.oldImage, source);
        twins.aws
                .operator()
                .autoScaling()
                .suspendProcesses(r -> r.autoScalingGroupName(WEB).scalingProcesses("AZRebalance"));
        twins.begin(3);
        before = everything(WEB);
        Outcome outcome = twins.with("warmup", 30).play();
        assertTrue(outcome instanceof Outcome.Succeeded, twins::story);
        twins.settle();
        assertEquals(Set.of(BLUE), twins.groups(), twins::story);
    }

    @ParameterizedTest
    @EnumSource(GroupSpec.Source.class)
    void everyAttributeOfTheCopyIsTheOriginals(GroupSpec.Source source) {
        deploy(source);

        Map<String, Object> copy = everything(BLUE);
        assertEquals(before.keySet(), copy.keySet());
        before.forEach((attribute, value) -> assertEquals(lines(value), lines(copy.get(attribute)), attribute));
        twins.assertNothingUnused();
        twins.assertFloorHeld();
    }

    @Test
    void aMixedInstancesPolicyDiffersInTheVersionOnly() {
        MaximalGroup.create(twins.aws, WEB, twins.oldImage, GroupSpec.Source.MIXED_INSTANCES);
        var policy = twins.show(WEB).mixedInstancesPolicy();
        twins.play();

        var copy = twins.show(BLUE).mixedInstancesPolicy();
        assertEquals(policy.instancesDistribution(), copy.instancesDistribution());
        assertEquals(policy.launchTemplate().overrides(), copy.launchTemplate().overrides());
        assertEquals("2", copy.launchTemplate().launchTemplateSpecification().version());
    }

    @Test
    void whatCannotBeCopiedIsNamed() {
        deploy(GroupSpec.Source.LAUNCH_TEMPLATE);

        assertTrue(twins.story().contains("Not copied"), twins::story);
        assertTrue(twins.story().contains("predictive scaling"), twins::story);
    }

    /** What a launch template describes, it takes under the same names. */
    @Test
    void everyMemberOfALaunchTemplateCanBeGivenBack() {
        assertEquals(
                members(ResponseLaunchTemplateData.builder().build()),
                members(RequestLaunchTemplateData.builder().build()));
    }

    private static Set<String> members(SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .map(SdkField::memberName)
                .filter(name -> !name.equals("TagSpecifications") && !name.equals("TagSpecificationSet"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String lines(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining("\n"))
                : String.valueOf(value);
    }

    // ---- all that there is of a group, without its name

    private Map<String, Object> everything(String name) {
        AutoScalingGroup group = twins.show(name);
        Map<String, Object> all = new TreeMap<>();
        for (SdkField<?> field : group.sdkFields()) {
            if (!OWN.contains(field.memberName())) {
                all.put(field.memberName(), field.getValueOrDefault(group));
            }
        }
        all.put("Tags", tags(group));
        all.put("SuspendedProcesses", Twins.processes(group));
        var client = twins.aws.operator().autoScaling();
        all.put(
                "hooks",
                texts(
                        client.describeLifecycleHooks(r -> r.autoScalingGroupName(name))
                                .lifecycleHooks(),
                        name));
        all.put(
                "policies",
                client.describePolicies(r -> r.autoScalingGroupName(name)).scalingPolicies().stream()
                        .map(policy -> policy.toBuilder()
                                .policyARN("")
                                .alarms(List.of())
                                .build())
                        .map(policy -> policy.toString().replaceAll(named(name), "$1*"))
                        .sorted()
                        .toList());
        all.put(
                "schedule",
                client
                        .describeScheduledActions(r -> r.autoScalingGroupName(name))
                        .scheduledUpdateGroupActions()
                        .stream()
                        .map(action -> action.toBuilder()
                                .scheduledActionARN("")
                                .startTime(null)
                                .time(null)
                                .build())
                        .map(action -> action.toString().replaceAll(named(name), "$1*"))
                        .sorted()
                        .toList());
        all.put(
                "notifications",
                texts(
                        client.describeNotificationConfigurations(r -> r.autoScalingGroupNames(name))
                                .notificationConfigurations(),
                        name));
        all.put("alarms", alarms(name));
        return all;
    }

    /** Where the name says which group it is, and not what something else is called. */
    private static String named(String group) {
        return "([aA]utoScalingGroupName[=/]|Value=)" + group + "(?=[,):])";
    }

    private static List<String> tags(AutoScalingGroup group) {
        return group.tags().stream()
                .filter(tag -> !tag.key().startsWith("ami-deploy"))
                .map(tag -> tag.key() + "=" + tag.value() + " " + tag.propagateAtLaunch())
                .sorted()
                .toList();
    }

    private static List<String> texts(List<?> things, String name) {
        return things.stream()
                .map(thing -> thing.toString().replaceAll(named(name), "$1*"))
                .sorted()
                .toList();
    }

    /** The alarms of its policies; a policy's name stands for its ARN. */
    private List<String> alarms(String name) {
        return twins.aws.operator().cloudWatch().describeAlarms(r -> r.maxRecords(100)).metricAlarms().stream()
                .filter(alarm -> alarm.alarmActions().stream().anyMatch(action -> action.contains("/" + name + ":")))
                .map(alarm -> text(alarm, name))
                .sorted()
                .toList();
    }

    private static String text(MetricAlarm alarm, String name) {
        boolean trackings = alarm.alarmName().startsWith("TargetTracking");
        String said = trackings ? "" : alarm.alarmDescription();
        return said
                + alarm.toBuilder()
                        .alarmDescription(trackings ? alarm.alarmDescription() : "")
                        .alarmName("")
                        .alarmArn("")
                        .stateValue((String) null)
                        .stateReason(null)
                        .stateUpdatedTimestamp(null)
                        .alarmConfigurationUpdatedTimestamp(null)
                        .build()
                        .toString()
                        .replaceAll("scalingPolicy:[-0-9a-f]+:", "")
                        .replaceAll(named(name), "$1*");
    }
}
