package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class GateTest {
    private static final Instant START = SimulatedClock.START;

    private final TestWorld world = new TestWorld(Behaviour.immediate().withThrottled(true));
    private final SimulatedAws aws = world.aws;
    private final Faults faults = aws.faults();

    @BeforeEach
    void createGroup() {
        aws.createGroup(world.spec());
    }

    private void describe() {
        aws.autoScaling().describeAutoScalingGroups(request -> request.autoScalingGroupNames(TestWorld.GROUP));
    }

    @Test
    void whatIsNotModelledSaysSo() {
        UnsupportedOperationException refusal = assertThrows(
                UnsupportedOperationException.class, () -> aws.ec2().describeVpnGateways());
        assertEquals("The simulator does not model DescribeVpnGateways", refusal.getMessage());
    }

    @Test
    void callsAreCountedByOperation() {
        describe();
        describe();
        world.desired(3);
        assertEquals(2, aws.calls().count("DescribeAutoScalingGroups"));
        assertEquals(3, aws.calls().total());
        assertEquals("OK", aws.calls().calls().get(2).outcome());
        assertEquals("AutoScaling", aws.calls().calls().get(2).service());
    }

    @Test
    void theOperatorsCallsAreNotCounted() {
        world.group();
        assertEquals(0, aws.calls().total());
    }

    @Test
    void theLatencyOfACallMovesTheClock() {
        SimulatedAws slow = new SimulatedAws(1, Behaviour.typical().withApiLatency(Span.seconds(1, 1)));
        slow.autoScaling().describeAutoScalingGroups();
        assertEquals(START.plusSeconds(1), slow.clock().instant());
    }

    @Test
    void anEmptyBucketThrottlesUntilItIsRefilled() {
        for (int i = 0; i < 100; i++) {
            describe();
        }
        AutoScalingException throttled = assertThrows(AutoScalingException.class, this::describe);
        assertEquals("Throttling", throttled.awsErrorDetails().errorCode());
        assertEquals("Rate exceeded", throttled.awsErrorDetails().errorMessage());
        assertTrue(throttled.isThrottlingException());
        assertEquals(1, aws.calls().throttled());
        world.advance(Duration.ofMillis(100));
        describe();
    }

    @Test
    void eachEc2ActionHasABucketOfItsOwn() {
        for (int i = 0; i < 100; i++) {
            aws.ec2().describeLaunchTemplates();
        }
        Ec2Exception throttled =
                assertThrows(Ec2Exception.class, () -> aws.ec2().describeLaunchTemplates());
        assertEquals("RequestLimitExceeded", throttled.awsErrorDetails().errorCode());
        assertEquals(503, throttled.statusCode());
        aws.ec2().describeImages(request -> request.imageIds(world.v1));
    }

    @Test
    void aCrashBeforeACallLeavesTheWorldAsItWas() {
        faults.crashBeforeCall(1);
        assertThrows(SimulatedCrash.class, () -> world.desired(3));
        assertEquals(2, world.group().desiredCapacity());
        world.desired(3);
    }

    @Test
    void aCrashAfterACallLeavesItsEffect() {
        faults.crashAfterCall(1);
        assertThrows(SimulatedCrash.class, () -> world.desired(3));
        assertEquals(3, world.group().desiredCapacity());
    }

    @Test
    void aLostAnswerLooksLikeABrokenConnection() {
        faults.loseAnswer(1);
        SdkClientException lost = assertThrows(SdkClientException.class, () -> world.desired(3));
        assertInstanceOf(SocketTimeoutException.class, lost.getCause());
        assertEquals(3, world.group().desiredCapacity());
    }

    @Test
    void withoutANetworkNothingArrives() {
        faults.networkGone(START, Duration.ofMinutes(1));
        SdkClientException gone = assertThrows(SdkClientException.class, () -> world.desired(3));
        assertInstanceOf(UnknownHostException.class, gone.getCause());
        world.advance(Duration.ofMinutes(1));
        assertEquals(2, world.group().desiredCapacity());
        world.desired(3);
    }

    @Test
    void expiredCredentialsAreRefusedWith403() {
        faults.credentialsExpired(START, Duration.ofMinutes(1));
        AutoScalingException expired = assertThrows(AutoScalingException.class, this::describe);
        assertEquals("ExpiredToken", expired.awsErrorDetails().errorCode());
        assertEquals(403, expired.statusCode());
        assertNotNull(expired.requestId());
    }

    @Test
    void deniedOperationsAreWordedAsByAws() {
        faults.deny("SetDesiredCapacity");
        faults.deny("DescribeImages");
        AutoScalingException denied = assertThrows(AutoScalingException.class, () -> world.desired(3));
        assertEquals("AccessDenied", denied.awsErrorDetails().errorCode());
        assertTrue(denied.getMessage()
                .startsWith("User: arn:aws:iam::123456789012:user/jenkins is not authorized to perform:"
                        + " autoscaling:SetDesiredCapacity on resource: "));
        Ec2Exception unauthorized =
                assertThrows(Ec2Exception.class, () -> aws.ec2().describeImages());
        assertEquals("UnauthorizedOperation", unauthorized.awsErrorDetails().errorCode());
        assertTrue(unauthorized.getMessage().startsWith("You are not authorized to perform this operation. User: "));
    }

    @Test
    void aWindowOfThrottlingThrottlesEverything() {
        faults.throttleEverything(START, Duration.ofMinutes(1));
        assertThrows(AutoScalingException.class, this::describe);
        world.advance(Duration.ofMinutes(1));
        describe();
    }

    @Test
    void aFaultCanFollowACall() {
        faults.afterCall(2, () -> faults.scale(TestWorld.GROUP, "cpu50", 1));
        describe();
        assertEquals(2, world.group().desiredCapacity());
        describe();
        assertEquals(3, world.group().desiredCapacity());
    }

    @Test
    void paginatorsOfTheSdkWork() {
        for (int i = 0; i < 120; i++) {
            aws.createGroup(GroupSpec.of("group-" + i, world.v1).sizes(0, 0, 1));
        }
        long groups = aws.autoScaling().describeAutoScalingGroupsPaginator().autoScalingGroups().stream()
                .count();
        assertEquals(121, groups);
        assertEquals(3, aws.calls().count("DescribeAutoScalingGroups"));
    }
}
