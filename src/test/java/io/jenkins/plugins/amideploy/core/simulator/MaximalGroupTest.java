package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.NotificationConfiguration;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;

class MaximalGroupTest {
    private static final Set<String> DEPENDS_ON_SOURCE =
            Set.of("LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy");
    private static final Set<String> NEVER_OF_A_LIVING_GROUP = Set.of("Status", "PredictedCapacity");

    private final TestWorld world = new TestWorld();

    @ParameterizedTest
    @EnumSource(GroupSpec.Source.class)
    void aMaximalGroupServesBehindAllItsBalancersAndLacksNoAttribute(GroupSpec.Source source) {
        MaximalGroup made = MaximalGroup.create(world.aws, TestWorld.GROUP, world.v1, source);
        assertEquals(3, world.aws.watch(TestWorld.GROUP).minimum());
        made.targetGroups.forEach(
                arn -> assertEquals(3, world.aws.watchBalancer(arn).minimum()));
        assertEquals(3, world.aws.watchBalancer(made.classic).minimum());
        AutoScalingGroup group = world.group();
        Set<String> missing = new TreeSet<>();
        for (SdkField<?> field : group.sdkFields()) {
            Object value = field.getValueOrDefault(group);
            if (value == null || value instanceof Collection<?> all && all.isEmpty()) {
                missing.add(field.memberName());
            }
        }
        missing.removeAll(NEVER_OF_A_LIVING_GROUP);
        assertEquals(2, missing.stream().filter(DEPENDS_ON_SOURCE::contains).count());
        missing.removeAll(DEPENDS_ON_SOURCE);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyAttributeOfTheRequestIsDescribedAsGiven() {
        MaximalGroup.create(world.aws, TestWorld.GROUP, world.v1, GroupSpec.Source.LAUNCH_TEMPLATE);
        AutoScalingGroup group = world.group();
        assertEquals("spread-them", group.placementGroup());
        assertEquals("shop", group.context());
        assertEquals("units", group.desiredCapacityType());
        assertTrue(group.serviceLinkedRoleARN().endsWith("AWSServiceRoleForAutoScaling_shop"));
        assertEquals(120, group.defaultCooldown());
        assertEquals(45, group.defaultInstanceWarmup());
        assertEquals(864_000, group.maxInstanceLifetime());
        assertEquals("ELB,EBS", group.healthCheckType());
        assertEquals("balanced-only", group.availabilityZoneDistribution().capacityDistributionStrategyAsString());
        assertTrue(group.availabilityZoneImpairmentPolicy().zonalShiftEnabled());
        assertEquals(
                "capacity-reservations-first",
                group.capacityReservationSpecification().capacityReservationPreferenceAsString());
        assertEquals(120, group.instanceMaintenancePolicy().maxHealthyPercentage());
        assertEquals(3, group.trafficSources().size());
        assertEquals(
                List.of("GroupDesiredCapacity", "GroupInServiceInstances"),
                group.enabledMetrics().stream().map(EnabledMetric::metric).toList());
        assertEquals(1, group.warmPoolConfiguration().minSize());
        assertEquals("AZRebalance", group.suspendedProcesses().get(0).processName());
    }

    @Test
    void whatBelongsToTheGroupIsDescribed() {
        MaximalGroup.create(world.aws, TestWorld.GROUP, world.v1, GroupSpec.Source.LAUNCH_TEMPLATE);
        var client = world.aws.autoScaling();
        List<ScalingPolicy> policies = client.describePolicies(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .scalingPolicies();
        assertEquals(
                "{cpu50=2, forecast=0, requests=1, simple-in=1, step-out=1}",
                policies.stream()
                        .collect(Collectors.toMap(
                                ScalingPolicy::policyName,
                                policy -> policy.alarms().size(),
                                Integer::sum,
                                TreeMap::new))
                        .toString());
        assertEquals(
                2,
                client.describeLifecycleHooks(request -> request.autoScalingGroupName(TestWorld.GROUP))
                        .lifecycleHooks()
                        .size());
        assertEquals(
                MaximalGroup.TOPIC,
                client.describeLifecycleHooks(request -> request.autoScalingGroupName(TestWorld.GROUP))
                        .lifecycleHooks()
                        .get(0)
                        .notificationTargetARN());
        assertEquals(
                List.of("autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE"),
                client
                        .describeNotificationConfigurations(request -> request.autoScalingGroupNames(TestWorld.GROUP))
                        .notificationConfigurations()
                        .stream()
                        .map(NotificationConfiguration::notificationType)
                        .toList());
        assertEquals(
                2,
                client.describeScheduledActions(request -> request.autoScalingGroupName(TestWorld.GROUP))
                        .scheduledUpdateGroupActions()
                        .size());
    }

    @Test
    void allThatItHadIsGoneWithItButForTheAlarmsOfOthers() {
        MaximalGroup.create(world.aws, TestWorld.GROUP, world.v1, GroupSpec.Source.MIXED_INSTANCES);
        world.aws
                .autoScaling()
                .deleteAutoScalingGroup(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).forceDelete(true));
        world.until(() -> !world.aws.exists(TestWorld.GROUP));
        Set<String> kinds = world.aws.leftovers().stream()
                .filter(left ->
                        left.creator().startsWith("operator") || left.creator().startsWith("group"))
                .map(Leftover::kind)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("alarm", "launch-template", "launch-template-version"), kinds);
        assertEquals(
                List.of("web-queue-long", "web-queue-short"),
                world.aws.leftovers().stream()
                        .filter(left -> left.kind().equals("alarm"))
                        .map(Leftover::id)
                        .toList());
    }

    @Test
    void whatCannotBeIsRefusedAndNothingIsCreated() {
        world.aws.createGroup(world.spec());
        refused("minSize", request -> request.minSize(null));
        refused("Max bound", request -> request.minSize(5));
        refused("Health Check Type", request -> request.healthCheckType("PING"));
        refused("Termination policy", request -> request.terminationPolicies("Random"));
        refused("Service-Linked Role", request -> request.serviceLinkedRoleARN("arn:aws:iam::1:role/x"));
        refused("MaxInstanceLifetime", request -> request.maxInstanceLifetime(60));
        refused("subnet ID", request -> request.vpcZoneIdentifier("subnet-1"));
        refused("do not match", request -> request.availabilityZones("eu-west-1c"));
        refused("Load Balancers or Target Groups may not be valid", request -> request.targetGroupARNs("arn:none"));
        refused("Load Balancers or Target Groups may not be valid", request -> request.loadBalancerNames("none"));
        refused("fully-formed launch template", request -> request.launchTemplate(t -> t.launchTemplateName("none")));
        refused(
                "Launch configuration name not found",
                request -> request.launchTemplate((LaunchTemplateSpecification) null)
                        .launchConfigurationName("none"));
        refused(
                "MinHealthyPercentage",
                request -> request.instanceMaintenancePolicy(
                        policy -> policy.minHealthyPercentage(10).maxHealthyPercentage(200)));
        assertTrue(!world.aws.exists("green"));
    }

    private void refused(String words, Consumer<CreateAutoScalingGroupRequest.Builder> fault) {
        CreateAutoScalingGroupRequest.Builder request = CreateAutoScalingGroupRequest.builder()
                .autoScalingGroupName("green")
                .minSize(0)
                .maxSize(2)
                .vpcZoneIdentifier(Subnets.of("eu-west-1a"))
                .launchTemplate(template -> template.launchTemplateName("web-template"));
        fault.accept(request);
        AutoScalingException refusal = assertThrows(
                AutoScalingException.class, () -> world.aws.autoScaling().createAutoScalingGroup(request.build()));
        assertEquals("ValidationError", refusal.awsErrorDetails().errorCode());
        assertTrue(refusal.getMessage().contains(words), refusal::getMessage);
    }

    @Test
    void quotasAreDescribed() {
        assertEquals(
                "1000",
                world.aws.elbv2().describeAccountLimits(request -> {}).limits().stream()
                        .filter(limit -> limit.name().equals("targets-per-application-load-balancer"))
                        .findAny()
                        .orElseThrow()
                        .max());
        assertNotNull(world.aws
                .elb()
                .describeAccountLimits(request -> {})
                .limits()
                .get(0)
                .max());
    }
}
