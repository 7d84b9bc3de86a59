package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.FORMER_AMI;
import static io.jenkins.plugins.amideploy.core.wire.MotoServer.NEW_AMI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Deployments that are looked at on their way, and those that have to turn around, over the wire. */
class RollingGateWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Sizes FOUR = new Sizes(4, 4, 4);

    private final Operator operator = WIRE.operator();
    private final Aftermath aftermath = new Aftermath(operator);

    // ---- the block has the word

    @Test
    void runsTheBlockOnceAtTheEndWhereThereAreNoCheckpoints() {
        String group = operator.templateGroup(FOUR);
        List<String> gates = new ArrayList<>();

        WIRE.rollingWithBlock(group, Map.of("batchSize", "2"))
                .withBlock(gate -> {
                    gates.add(gate.name() + " "
                            + operator.instancesRunning(group, NEW_AMI).size());
                    return Optional.empty();
                })
                .succeed();

        assertEquals(List.of("100% 4"), gates);
        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
    }

    @Test
    void runsTheBlockAtEachCheckpointAndGoesNoFurtherUntilItHasPassed() {
        String group = operator.templateGroup(FOUR);
        List<String> gates = new ArrayList<>();

        WIRE.rollingWithBlock(group, Map.of("checkpoints", "25, 50%, 100"))
                .withBlock(gate -> {
                    gates.add(gate.name() + " "
                            + operator.instancesRunning(group, NEW_AMI).size());
                    return Optional.empty();
                })
                .succeed();

        assertEquals(List.of("25% 1", "50% 2", "100% 4"), gates);
        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
    }

    @Test
    void tellsTheBlockWhatThereIsToTest() {
        String targets = operator.targetGroup();
        String balancer = operator.classicBalancer();
        String group = operator.group(
                FOUR,
                g -> g.launchTemplate(operator.version("1"))
                        .targetGroupARNs(targets)
                        .loadBalancerNames(balancer));
        List<Map<String, String>> environments = new ArrayList<>();

        WIRE.rollingWithBlock(group, Map.of("checkpoints", "50"))
                .withBlock(gate -> {
                    environments.add(gate.environment());
                    assertEquals(
                            operator.instancesRunning(group, NEW_AMI),
                            words(gate.environment().get("AMI_DEPLOY_INSTANCE_IDS")));
                    assertEquals(
                            operator.addresses(operator.instancesRunning(group, NEW_AMI)),
                            words(gate.environment().get("AMI_DEPLOY_PRIVATE_IPS")));
                    return Optional.empty();
                })
                .succeed();

        Map<String, String> environment = environments.get(0);
        assertEquals(1, environments.size());
        assertEquals(group, environment.get("AMI_DEPLOY_GROUP"));
        assertEquals(NEW_AMI, environment.get("AMI_DEPLOY_AMI"));
        assertEquals(balancer, environment.get("AMI_DEPLOY_LOAD_BALANCERS"));
        assertTrue(targets.contains(":targetgroup/" + environment.get("AMI_DEPLOY_TARGET_GROUPS") + "/"));
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.split(" ")));
    }

    // ---- rolling back

    @Test
    void rollsATemplateGroupBackWhenTheBlockFailsHalfWay() {
        String group = operator.templateGroup(FOUR);
        String template = operator.show(group).launchTemplate().launchTemplateId();

        Outcome.Failed failed = WIRE.rollingWithBlock(group, Map.of("checkpoints", "50", "batchSize", "2"))
                .withBlock(gate -> Optional.of("smoke test: 503"))
                .fails();

        assertEquals(Trouble.Kind.GATE_FAILED, failed.trouble().kind());
        assertTrue(failed.message().contains("smoke test: 503"), failed::message);
        assertTrue(failed.message().contains("Rolled back"), failed::message);
        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
        assertEquals("1", operator.show(group).launchTemplate().version());
        assertEquals(Set.of(1L), operator.versions(template));
    }

    @Test
    void rollsBackEvenWhenEveryInstanceHadBeenReplaced() {
        String targets = operator.targetGroup();
        String group = operator.group(
                FOUR, g -> g.launchTemplate(operator.version("1")).targetGroupARNs(targets));

        WIRE.rollingWithBlock(group, Map.of("batchSize", "2"))
                .withBlock(gate -> Optional.of("smoke test: 503"))
                .fails();

        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
    }

    @Test
    void letsAGroupFollowTheLatestVersionAgainAfterRollingBack() {
        String group = operator.group(FOUR, g -> g.launchTemplate(operator.version("$Latest")));
        String template = operator.show(group).launchTemplate().launchTemplateId();

        WIRE.rollingWithBlock(group, Map.of("checkpoints", "50"))
                .withBlock(gate -> Optional.of("smoke test: 503"))
                .fails();

        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
        assertEquals("$Latest", operator.show(group).launchTemplate().version());
        assertEquals(Set.of(1L), operator.versions(template));
    }

    @Test
    void rollsAConfigurationGroupBackAndRemovesItsCopy() {
        String original = operator.configuration();
        String group = operator.group(FOUR, g -> g.launchConfigurationName(original));
        Set<String> before = operator.configurations();

        WIRE.rollingWithBlock(group, Map.of("checkpoints", "50"))
                .withBlock(gate -> Optional.of("smoke test: 503"))
                .fails();

        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
        assertEquals(original, operator.show(group).launchConfigurationName());
        assertEquals(before, operator.configurations());
    }

    @Test
    void leavesTheMixWhereAskedAndSaysHowToGetBack() {
        String group = operator.templateGroup(FOUR);

        Outcome.Failed failed = WIRE.rollingWithBlock(
                        group, Map.of("checkpoints", "50", "batchSize", "2", "onFailure", "stop"))
                .withBlock(gate -> Optional.of("smoke test: 503"))
                .fails();

        aftermath.nothingOfOursIsLeft(group, FOUR);
        assertTrue(failed.message().contains("It is a mix"), failed::message);
        assertTrue(failed.message().contains(FORMER_AMI), failed::message);
        assertEquals("2", operator.show(group).launchTemplate().version());
    }

    @Test
    void rollsBackWhenTheBuildIsAborted() {
        String group = operator.templateGroup(FOUR);
        Build build = WIRE.rolling(group, Map.of())
                .until(() -> operator.instancesRunning(group, NEW_AMI).size() == 2);

        build.abort("Aborted by Ann");
        Outcome.Failed failed = build.fails();

        assertEquals(Trouble.Kind.ABORTED, failed.trouble().kind());
        assertTrue(failed.message().contains("Aborted by Ann"), failed::message);
        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
    }

    @Test
    void anAbortAtAnyTurnLeavesTheGroupAsItWas() {
        for (int ticks = 0; ; ticks++) {
            String group = operator.templateGroup(new Sizes(2, 2, 2));
            Build build = WIRE.rolling(group, Map.of());
            if (!build.ticks(ticks)) {
                assertTrue(ticks > 4, "too few turns to have tried anything");
                return;
            }
            build.abort("Aborted by Ann");
            build.finish();
            // Once nothing but the last size was left to restore, the deployment is done and stays so.
            boolean done = operator.instancesRunning(group, NEW_AMI).size() == 2;
            aftermath.everyInstanceRuns(done ? NEW_AMI : FORMER_AMI, group, new Sizes(2, 2, 2));
            operator.delete(group);
        }
    }

    // ---- alarms

    @Test
    void rollsBackWhenAnAlarmGoesOff() {
        String group = operator.templateGroup(FOUR);
        String alarm = operator.alarm(StateValue.OK);

        Outcome.Failed failed = WIRE.rollingWithBlock(group, Map.of("checkpoints", "25", "alarms", alarm))
                .withBlock(gate -> {
                    operator.set(alarm, StateValue.ALARM);
                    WIRE.clock().passes(Duration.ofMinutes(1));
                    return Optional.empty();
                })
                .fails();

        assertEquals(Trouble.Kind.ALARM, failed.trouble().kind());
        assertTrue(failed.message().contains(alarm), failed::message);
        assertTrue(failed.message().contains("7 errors in a minute"), failed::message);
        aftermath.everyInstanceRuns(FORMER_AMI, group, FOUR);
    }
}
