package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.FORMER_AMI;
import static io.jenkins.plugins.amideploy.core.wire.MotoServer.NEW_AMI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/** A rolling deployment to groups of every kind, over the wire. */
class RollingDeployWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Sizes FOUR = new Sizes(4, 4, 8);
    private static final Map<String, String> TWO_AT_A_TIME = Map.of("batchSize", "2");

    private final Operator operator = WIRE.operator();
    private final Aftermath aftermath = new Aftermath(operator);

    // ---- what the group launches from

    @Test
    void replacesEveryInstanceOfATemplateGroup() {
        String group = operator.templateGroup(FOUR);
        Set<String> before = operator.instances(group);

        Map<String, Object> result = WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        Set<String> stayed = new TreeSet<>(operator.instances(group));
        stayed.retainAll(before);
        assertEquals(Set.of(), stayed);
        assertEquals(group, result.get("group"));
        assertEquals(NEW_AMI, result.get("ami"));
        assertEquals("2", result.get("version"));
        assertEquals(4, result.get("replaced"));
        assertEquals(0, result.get("skipped"));
    }

    @Test
    void pointsAGroupThatFollowsTheLatestVersionAtAFixedOne() {
        String group = operator.group(FOUR, g -> g.launchTemplate(operator.version("$Latest")));

        WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        assertEquals("2", operator.show(group).launchTemplate().version());
    }

    @Test
    void pointsAGroupThatFollowsTheDefaultVersionAtAFixedOne() {
        String group = operator.group(FOUR, g -> g.launchTemplate(operator.version("$Default")));

        WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        assertEquals("2", operator.show(group).launchTemplate().version());
    }

    @Test
    void copiesTheLaunchConfigurationOfAGroupThatHasOne() {
        String original = operator.configuration();
        String group = operator.group(FOUR, g -> g.launchConfigurationName(original));

        Map<String, Object> result = WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        String copied = operator.show(group).launchConfigurationName();
        assertEquals(copied, result.get("version"));
        LaunchConfiguration copy = operator.configuration(copied);
        assertEquals(NEW_AMI, copy.imageId());
        assertEquals(
                operator.configuration(original).toBuilder()
                        .launchConfigurationName(copied)
                        .launchConfigurationARN(copy.launchConfigurationARN())
                        .createdTime(copy.createdTime())
                        .imageId(NEW_AMI)
                        .build(),
                copy);
    }

    @Test
    void removesTheCopyThatTheDeploymentBeforeMadeAndKeepsTheOriginal() {
        String original = operator.configuration();
        String group = operator.group(FOUR, g -> g.launchConfigurationName(original));
        WIRE.rolling(group, TWO_AT_A_TIME).succeed();
        String first = operator.show(group).launchConfigurationName();

        WIRE.rolling(group, Map.of("ami", FORMER_AMI, "batchSize", "2")).succeed();

        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
        Set<String> left = operator.configurations();
        assertTrue(left.contains(original));
        assertFalse(left.contains(first));
        assertTrue(left.contains(operator.show(group).launchConfigurationName()));
    }

    @Test
    void convertsALaunchConfigurationToATemplateWhereAsked() {
        String original = operator.configuration();
        String group = operator.group(FOUR, g -> g.launchConfigurationName(original));

        Map<String, Object> result = WIRE.rolling(group, Map.of("batchSize", "2", "convertToLaunchTemplate", "true"))
                .succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        assertEquals("1", result.get("version"));
        assertEquals("1", operator.show(group).launchTemplate().version());
        ResponseLaunchTemplateData made =
                operator.template(operator.show(group).launchTemplate().launchTemplateId(), "1");
        LaunchConfiguration before = operator.configuration(original);
        assertEquals(NEW_AMI, made.imageId());
        assertEquals(before.instanceType(), made.instanceTypeAsString());
        assertEquals(before.userData(), made.userData());
        assertEquals(before.ebsOptimized(), made.ebsOptimized());
    }

    @Test
    void keepsEverythingOfAMixedInstancesPolicyButTheVersion() {
        MixedInstancesPolicy policy = MixedInstancesPolicy.builder()
                .launchTemplate(t -> t.launchTemplateSpecification(operator.version("1"))
                        .overrides(override("t3.micro"), override("t3.small")))
                .instancesDistribution(
                        d -> d.onDemandBaseCapacity(2).spotAllocationStrategy("capacity-optimized-prioritized"))
                .build();
        String group = operator.group(FOUR, g -> g.mixedInstancesPolicy(policy));

        WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        MixedInstancesPolicy after = operator.show(group).mixedInstancesPolicy();
        assertEquals("2", after.launchTemplate().launchTemplateSpecification().version());
        assertEquals(policy.launchTemplate().overrides(), after.launchTemplate().overrides());
        assertEquals(
                policy.instancesDistribution().spotAllocationStrategy(),
                after.instancesDistribution().spotAllocationStrategy());
        assertEquals(2, after.instancesDistribution().onDemandBaseCapacity());
    }

    private static LaunchTemplateOverrides override(String instanceType) {
        return LaunchTemplateOverrides.builder().instanceType(instanceType).build();
    }

    // ---- what stands in front of the group

    @Test
    void replacesBehindAClassicLoadBalancer() {
        String balancer = operator.classicBalancer();
        String group = operator.group(
                FOUR, g -> g.launchTemplate(operator.version("1")).loadBalancerNames(balancer));

        WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        assertTrue(WIRE.moto().calls().actions().contains("elasticloadbalancing:DescribeInstanceHealth"));
    }

    @Test
    void replacesBehindATargetGroup() {
        String targets = operator.targetGroup();
        String group = operator.group(
                FOUR, g -> g.launchTemplate(operator.version("1")).targetGroupARNs(targets));

        WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        assertTrue(WIRE.moto().calls().actions().contains("elasticloadbalancing:DescribeTargetHealth"));
    }

    @Test
    void replacesBehindBothKindsOfBalancerAtOnce() {
        String balancer = operator.classicBalancer();
        String targets = operator.targetGroup();
        String group = operator.group(
                FOUR,
                g -> g.launchConfigurationName(operator.configuration())
                        .loadBalancerNames(balancer)
                        .targetGroupARNs(targets));

        WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
    }

    @Test
    void waitsForABalancerThatAnInstanceIsNotRegisteredWith() {
        String targets = operator.targetGroup();
        String group = operator.group(
                FOUR, g -> g.launchTemplate(operator.version("1")).targetGroupARNs(targets));
        Build build = WIRE.rolling(group, Map.of("batchSize", "2", "healthTimeout", "120"))
                .afterEachTick(() -> operator.deregister(targets, operator.instancesRunning(group, NEW_AMI)));

        String why = build.fails().message();

        assertTrue(why.contains("was not in service within 2 min"), why);
        assertTrue(why.contains("not registered in target group"), why);
        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
    }

    // ---- how many at a time

    @Test
    void enlargesTheGroupByABatchInPercentAndNoMore() {
        Sizes eight = new Sizes(2, 8, 8);
        String group = operator.templateGroup(eight);
        AtomicInteger peak = new AtomicInteger();

        WIRE.rolling(group, Map.of("batchSize", "25%"))
                .afterEachTick(() -> peak.accumulateAndGet(operator.show(group).desiredCapacity(), Math::max))
                .succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, eight);
        assertEquals(10, peak.get());
    }

    @Test
    void doesNotEnlargeAGroupThatMayDoWithFewer() {
        Sizes fixed = new Sizes(4, 4, 4);
        String group = operator.templateGroup(fixed);
        AtomicInteger peak = new AtomicInteger();

        WIRE.rolling(group, Map.of("batchSize", "2", "minHealthyPercentage", "50"))
                .afterEachTick(() -> peak.accumulateAndGet(operator.show(group).desiredCapacity(), Math::max))
                .succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, fixed);
        assertEquals(4, peak.get());
    }

    @Test
    void raisesTheMaximumOfAFullGroupForTheTimeBeing() {
        Sizes full = new Sizes(4, 4, 4);
        String group = operator.templateGroup(full);

        WIRE.rolling(group, Map.of("batchSize", "100%")).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, full);
    }

    @Test
    void deploysToAnEmptyGroupWhatItWillLaunchNext() {
        Sizes empty = new Sizes(0, 0, 4);
        String group = operator.templateGroup(empty);

        Map<String, Object> result = WIRE.rolling(group, Map.of()).succeed();

        assertEquals(0, result.get("replaced"));
        assertEquals("2", operator.show(group).launchTemplate().version());
        aftermath.nothingOfOursIsLeft(group, empty);
    }

    // ---- what is there already

    @Test
    void changesNothingTheSecondTime() {
        String group = operator.templateGroup(FOUR);
        WIRE.rolling(group, TWO_AT_A_TIME).succeed();
        AutoScalingGroup before = operator.show(group);
        WIRE.moto().calls().forget();

        Map<String, Object> result = WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        assertEquals(0, result.get("replaced"));
        assertEquals(4, result.get("skipped"));
        assertEquals(before, operator.show(group));
        aftermath.onlyLooked(WIRE.moto().calls());
    }

    @Test
    void replacesOnlyWhatDoesNotRunTheImageYet() {
        String group = operator.templateGroup(FOUR);
        WIRE.rollingWithBlock(group, Map.of("checkpoints", "50", "onFailure", "stop"))
                .withBlock(gate -> Optional.of("smoke test failed"))
                .fails();
        Set<String> already = operator.instancesRunning(group, NEW_AMI);
        assertTrue(!already.isEmpty() && already.size() < 4, already::toString);

        Map<String, Object> result = WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        assertEquals(4 - already.size(), result.get("replaced"));
        assertEquals(already.size(), result.get("skipped"));
        assertTrue(operator.instances(group).containsAll(already));
    }

    @Test
    void replacesWhatRunsTheImageAlreadyWhereAsked() {
        String group = operator.templateGroup(FOUR);
        Set<String> before = operator.instances(group);

        Map<String, Object> result = WIRE.rolling(
                        group, Map.of("ami", FORMER_AMI, "replaceMatching", "true", "batchSize", "2"))
                .succeed();

        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
        assertEquals(4, result.get("replaced"));
        Set<String> stayed = new TreeSet<>(operator.instances(group));
        stayed.retainAll(before);
        assertEquals(Set.of(), stayed);
    }

    // ---- instances that someone has set apart

    @Test
    void replacesProtectedInstancesWhereAsked() {
        String group = operator.templateGroup(FOUR);
        operator.protect(group, operator.anyInstance(group));

        WIRE.rolling(group, Map.of("scaleInProtected", "replace")).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
    }

    @Test
    void leavesProtectedInstancesAloneWhereAsked() {
        String group = operator.templateGroup(FOUR);
        String guarded = operator.anyInstance(group);
        operator.protect(group, guarded);

        Map<String, Object> result =
                WIRE.rolling(group, Map.of("scaleInProtected", "skip")).succeed();

        aftermath.nothingOfOursIsLeft(group, FOUR);
        assertEquals(Set.of(guarded), operator.instancesRunning(group, FORMER_AMI));
        assertEquals(3, result.get("replaced"));
        assertEquals(1, result.get("skipped"));
    }

    @Test
    void replacesInstancesInStandbyWhereAsked() {
        String group = operator.templateGroup(FOUR);
        operator.standby(group, operator.anyInstance(group));

        WIRE.rolling(group, Map.of("standby", "replace")).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
    }

    // ---- a controller that restarts

    @Test
    void comesToTheSameEndWhenTheControllerRestartsAtEveryTurn() {
        String targets = operator.targetGroup();
        String group = operator.group(
                FOUR, g -> g.launchTemplate(operator.version("1")).targetGroupARNs(targets));

        Map<String, Object> result = WIRE.rolling(group, Map.of("batchSize", "2", "warmup", "60"))
                .restartingAllTheTime()
                .succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        assertEquals(4, result.get("replaced"));
        assertEquals("2", result.get("version"));
        assertEquals(
                Set.of(1L, 2L),
                operator.versions(operator.show(group).launchTemplate().launchTemplateId()));
    }
}
