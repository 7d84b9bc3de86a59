package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

class PolicyTest {
    private final TestWorld world = new TestWorld();

    private PutScalingPolicyResponse put(String name, Consumer<PutScalingPolicyRequest.Builder> policy) {
        return world.aws.autoScaling().putScalingPolicy(request -> {
            request.autoScalingGroupName(TestWorld.GROUP).policyName(name);
            policy.accept(request);
        });
    }

    private PutScalingPolicyResponse tracking(String name) {
        return put(
                name,
                policy -> policy.policyType("TargetTrackingScaling")
                        .targetTrackingConfiguration(tracking -> tracking.targetValue(60.0)
                                .predefinedMetricSpecification(metric ->
                                        metric.predefinedMetricType(MetricType.ASG_AVERAGE_CPU_UTILIZATION))));
    }

    private List<MetricAlarm> alarms() {
        return world.aws.cloudWatch().describeAlarms().metricAlarms();
    }

    private List<ScalingPolicy> policies() {
        return world.aws
                .autoScaling()
                .describePolicies(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .scalingPolicies();
    }

    private static StepAdjustment step(int adjustment) {
        return StepAdjustment.builder()
                .metricIntervalLowerBound(0.0)
                .scalingAdjustment(adjustment)
                .build();
    }

    private void putAlarm(String name, String action) {
        world.aws
                .cloudWatch()
                .putMetricAlarm(request -> request.alarmName(name)
                        .metricName("RequestCount")
                        .namespace("AWS/ApplicationELB")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(2)
                        .threshold(100.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .alarmActions(action));
    }

    @Test
    void targetTrackingMakesItsTwoAlarmsAndTakesThemAlong() {
        world.aws.createGroup(world.spec());
        PutScalingPolicyResponse put = tracking("cpu");
        assertEquals(
                put.alarms().stream().map(Alarm::alarmName).toList(),
                alarms().stream().map(MetricAlarm::alarmName).toList());
        assertEquals(2, put.alarms().size());
        assertEquals(put.alarms(), policies().get(0).alarms());
        assertEquals(List.of(put.policyARN()), alarms().get(0).alarmActions());
        world.aws
                .autoScaling()
                .deletePolicy(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).policyName("cpu"));
        assertTrue(alarms().isEmpty());
        assertTrue(policies().isEmpty());
    }

    @Test
    void targetTrackingWithoutScaleInHasOneAlarm() {
        world.aws.createGroup(world.spec());
        PutScalingPolicyResponse put = put(
                "out",
                policy -> policy.policyType("TargetTrackingScaling")
                        .targetTrackingConfiguration(
                                tracking -> tracking.targetValue(60.0).disableScaleIn(true)));
        assertEquals(1, put.alarms().size());
        assertTrue(put.alarms().get(0).alarmName().startsWith("TargetTracking-web-AlarmHigh-"));
    }

    @Test
    void aPolicyThatIsPutAgainKeepsItsArn() {
        world.aws.createGroup(world.spec());
        String first = tracking("cpu").policyARN();
        assertEquals(first, tracking("cpu").policyARN());
        assertEquals(2, alarms().size());
        put("cpu", policy -> policy.adjustmentType("ChangeInCapacity").scalingAdjustment(1));
        assertEquals(first, policies().get(0).policyARN());
        assertEquals("SimpleScaling", policies().get(0).policyType());
        assertTrue(alarms().isEmpty());
    }

    @Test
    void anAlarmOfOursStaysWithoutItsActionWhenThePolicyGoes() {
        world.aws.createGroup(world.spec());
        String arn = put(
                        "step",
                        policy -> policy.policyType("StepScaling")
                                .adjustmentType("ChangeInCapacity")
                                .stepAdjustments(step(2)))
                .policyARN();
        putAlarm("busy", arn);
        assertEquals("busy", policies().get(0).alarms().get(0).alarmName());
        world.aws.autoScaling().deletePolicy(request -> request.policyName(arn));
        assertTrue(alarms().get(0).alarmActions().isEmpty());
    }

    @Test
    void policiesAndTheirAlarmsGoWithTheirGroup() {
        world.aws.createGroup(world.spec());
        tracking("cpu");
        putAlarm("busy", "arn:aws:sns:eu-west-1:123456789012:pager");
        world.aws
                .autoScaling()
                .deleteAutoScalingGroup(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).forceDelete(true));
        world.until(() -> !world.aws.exists(TestWorld.GROUP));
        assertEquals(
                List.of("busy"), alarms().stream().map(MetricAlarm::alarmName).toList());
        assertTrue(world.aws.leftovers().stream().noneMatch(left -> left.kind().equals("scaling-policy")));
    }

    @Test
    void anAlarmSetsOffItsPolicyWithinTheBounds() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        String arn = put(
                        "step",
                        policy -> policy.policyType("StepScaling")
                                .adjustmentType("PercentChangeInCapacity")
                                .minAdjustmentMagnitude(2)
                                .stepAdjustments(step(10)))
                .policyARN();
        putAlarm("busy", arn);
        world.aws.faults().alarm("busy", StateValue.ALARM, "Threshold Crossed");
        assertEquals(4, world.group().desiredCapacity());
        world.aws.faults().alarm("busy", StateValue.OK, "fine");
        world.aws.faults().alarm("busy", StateValue.ALARM, "Threshold Crossed");
        assertEquals(4, world.group().desiredCapacity());
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 4);
        assertTrue(world.activities().get(0).cause().contains("a monitor alarm busy in state ALARM triggered policy"));
    }

    @Test
    void theAlarmOfAPolicyThatIsSwitchedOffSetsOffNothing() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        String arn = put(
                        "simple",
                        policy -> policy.adjustmentType("ExactCapacity")
                                .scalingAdjustment(4)
                                .enabled(false))
                .policyARN();
        putAlarm("busy", arn);
        world.aws.faults().alarm("busy", StateValue.ALARM, "Threshold Crossed");
        assertEquals(2, world.group().desiredCapacity());
    }

    @Test
    void aResourceLabelMustNameAnAttachedTargetGroup() {
        String arn = world.aws.createTargetGroup(TargetGroupSpec.named("web"));
        world.aws.createGroup(world.spec());
        String balancer = world.aws
                .elbv2()
                .describeTargetGroups(request -> request.targetGroupArns(arn))
                .targetGroups()
                .get(0)
                .loadBalancerArns()
                .get(0);
        String label = balancer.substring(balancer.indexOf("app/")) + "/" + arn.substring(arn.indexOf("targetgroup/"));
        Runnable put = () -> put(
                "requests",
                policy -> policy.policyType("TargetTrackingScaling")
                        .targetTrackingConfiguration(tracking -> tracking.targetValue(1000.0)
                                .predefinedMetricSpecification(
                                        metric -> metric.predefinedMetricType(MetricType.ALB_REQUEST_COUNT_PER_TARGET)
                                                .resourceLabel(label))));
        assertThrows(AutoScalingException.class, put::run);
        world.aws
                .autoScaling()
                .attachLoadBalancerTargetGroups(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).targetGroupARNs(arn));
        put.run();
        assertEquals(1, policies().size());
    }

    @Test
    void anIncompletePolicyIsRefused() {
        world.aws.createGroup(world.spec());
        assertThrows(AutoScalingException.class, () -> put("simple", policy -> policy.scalingAdjustment(1)));
        assertThrows(AutoScalingException.class, () -> put("step", policy -> policy.policyType("StepScaling")));
        assertThrows(
                AutoScalingException.class, () -> put("track", policy -> policy.policyType("TargetTrackingScaling")));
        assertTrue(policies().isEmpty());
    }

    @Test
    void whereOneAlarmDoesNotExistNoneIsDeleted() {
        putAlarm("busy", "arn:aws:sns:eu-west-1:123456789012:pager");
        assertThrows(
                ResourceNotFoundException.class,
                () -> world.aws.cloudWatch().deleteAlarms(request -> request.alarmNames("busy", "other")));
        assertEquals(StateValue.INSUFFICIENT_DATA, alarms().get(0).stateValue());
        world.aws.cloudWatch().deleteAlarms(request -> request.alarmNames("busy"));
        assertTrue(alarms().isEmpty());
    }

    @Test
    void policiesAndAlarmsShowAfterTheLagAndAreLeftoversOfTheirCall() {
        TestWorld lagging = new TestWorld(Behaviour.immediate().withConsistencyLag(Span.seconds(2, 2)));
        lagging.aws.createGroup(lagging.spec().targetTrackingPolicy("cpu50"));
        lagging.aws
                .autoScaling()
                .putScalingPolicy(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .policyName("more")
                        .adjustmentType("ChangeInCapacity")
                        .scalingAdjustment(1));
        assertEquals(
                1,
                lagging.aws.autoScaling().describePolicies().scalingPolicies().size());
        lagging.advance(Duration.ofSeconds(2));
        assertEquals(
                2,
                lagging.aws.autoScaling().describePolicies().scalingPolicies().size());
        List<Leftover> ours = lagging.aws.leftovers().stream()
                .filter(left -> left.kind().equals("scaling-policy"))
                .filter(left -> !left.fromSetUp())
                .toList();
        assertEquals(List.of("web/more"), ours.stream().map(Leftover::id).toList());
        assertTrue(ours.get(0).creator().startsWith("PutScalingPolicy, call "));
    }
}
