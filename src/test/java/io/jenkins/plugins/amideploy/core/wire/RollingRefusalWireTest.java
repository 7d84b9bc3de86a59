package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.ARM_AMI;
import static io.jenkins.plugins.amideploy.core.wire.MotoServer.PENDING_AMI;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Deployments that cannot be done say so, all of it at once, and change nothing. */
class RollingRefusalWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Sizes FOUR = new Sizes(4, 4, 8);

    private final Operator operator = WIRE.operator();

    private void refuses(Build build, String... reasons) {
        Outcome.Failed failed = build.fails();
        String message = failed.message();
        assertEquals(Trouble.Kind.REFUSED, failed.trouble().kind());
        assertAll(Arrays.stream(reasons)
                .<Executable>map(reason -> () ->
                        assertTrue(message.contains(reason), () -> "'" + reason + "' is not told in: " + message)));
        assertTrue(message.contains("Nothing was changed."), message);
        new Aftermath(operator).onlyLooked(WIRE.moto().calls());
    }

    @Test
    void aGroupThatDoesNotExist() {
        refuses(WIRE.rolling("nobody", Map.of()), "there is no Auto Scaling group named 'nobody'");
    }

    @Test
    void anImageThatDoesNotExist() {
        String group = operator.templateGroup(FOUR);
        refuses(
                WIRE.rolling(group, Map.of("ami", "ami-0123456789abcdef0")),
                "ami-0123456789abcdef0",
                "does not know it");
    }

    @Test
    void anImageThatIsNotAvailable() {
        String group = operator.templateGroup(FOUR);
        refuses(WIRE.rolling(group, Map.of("ami", PENDING_AMI)), PENDING_AMI + " is pending");
    }

    @Test
    void anImageForOtherProcessors() {
        String group = operator.templateGroup(FOUR);
        refuses(WIRE.rolling(group, Map.of("ami", ARM_AMI)), ARM_AMI + " is for arm64", "t3.micro is x86_64");
    }

    @Test
    void aBatchLargerThanTheGroup() {
        String group = operator.templateGroup(FOUR);
        refuses(WIRE.rolling(group, Map.of("batchSize", "5")), "batchSize: 5 is more than the group's 4 instances");
    }

    @Test
    void aGroupWhoseProcessesAreSuspended() {
        String group = operator.templateGroup(FOUR);
        operator.suspend(group, "Launch", "Terminate");
        refuses(WIRE.rolling(group, Map.of()), "process Launch is suspended", "process Terminate is suspended");
    }

    @Test
    void aGroupWithAnInstanceRefresh() {
        String group = operator.templateGroup(FOUR);
        WIRE.moto().gaps().refresh(group);
        refuses(WIRE.rolling(group, Map.of()), "an instance refresh is running (0f1e2d3c, InProgress)");
    }

    @Test
    void instancesThatSomeoneHasSetApart() {
        String group = operator.templateGroup(FOUR);
        String guarded = operator.anyInstance(group);
        operator.protect(group, guarded);
        refuses(WIRE.rolling(group, Map.of()), guarded + " is protected from scale-in", "'replace' or 'skip'");
    }

    @Test
    void alarmsThatAreUnknownOrRinging() {
        String group = operator.templateGroup(FOUR);
        String ringing = operator.alarm(StateValue.ALARM);
        refuses(
                WIRE.rolling(group, Map.of("alarms", "nothing," + ringing)),
                "there is no CloudWatch alarm named 'nothing'",
                "'" + ringing + "' is in ALARM already: 7 errors in a minute");
        assertTrue(WIRE.moto().calls().actions().contains("cloudwatch:DescribeAlarms"));
    }

    @Test
    void checkpointsWithoutABlock() {
        String group = operator.templateGroup(FOUR);
        refuses(WIRE.rolling(group, Map.of("checkpoints", "50")), "checkpoints: there is no block");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        String group = operator.templateGroup(FOUR);
        operator.suspend(group, "Launch");
        refuses(
                WIRE.rolling(
                        group,
                        Map.of(
                                "ami", "ami-0123456789abcdef0",
                                "batchSize", "9",
                                "minHealthyPercentage", "101",
                                "checkpoints", "0",
                                "onFailure", "pray",
                                "batchsize", "2")),
                "ami-0123456789abcdef0",
                "batchSize: 9 is more than the group's 4 instances",
                "minHealthyPercentage: '101' must be a whole number from 0 to 100",
                "checkpoints: '0' must be a percentage from 1 to 100",
                "onFailure: 'pray' must be one of rollBack, stop",
                "batchsize: there is no such parameter",
                "process Launch is suspended");
    }
}
