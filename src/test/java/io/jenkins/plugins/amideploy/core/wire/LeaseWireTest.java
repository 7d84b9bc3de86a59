package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.FORMER_AMI;
import static io.jenkins.plugins.amideploy.core.wire.MotoServer.NEW_AMI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Lease;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One deployment at a time, and a way back from those that died, over the wire. */
class LeaseWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Sizes FOUR = new Sizes(4, 4, 8);
    private static final Sizes EIGHT = new Sizes(8, 8, 16);
    private static final Sizes THREE = new Sizes(3, 3, 3);
    private static final Map<String, String> TWO_AT_A_TIME = Map.of("batchSize", "2");

    private final Operator operator = WIRE.operator();
    private final Aftermath aftermath = new Aftermath(operator);

    private boolean leased(String group) {
        return Lease.on(operator.show(group)).isPresent();
    }

    /** A deployment whose controller is gone when half of the instances are replaced. */
    private Build diedHalfWay(String group) {
        int half = operator.show(group).desiredCapacity() / 2;
        Build build = WIRE.rolling(group, TWO_AT_A_TIME)
                .until(() -> operator.instancesRunning(group, NEW_AMI).size() >= half);
        build.die();
        return build;
    }

    // ---- one at a time

    @Test
    void refusesASecondDeploymentAndNamesTheFirst() {
        String group = operator.templateGroup(FOUR);
        Build first = WIRE.rolling(group, TWO_AT_A_TIME).until(() -> leased(group));

        String why = WIRE.rolling(group, TWO_AT_A_TIME).fails().message();

        assertTrue(why.contains("is being deployed to by " + first.owner()), why);
        assertTrue(why.contains("Nothing was changed."), why);
        first.succeed();
        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
    }

    @Test
    void ofTwoThatBeginAtTheSameMomentOneDeploysAndTheOtherLetsGo() {
        String group = operator.templateGroup(FOUR);
        Build one = WIRE.rolling(group, TWO_AT_A_TIME);
        Build other = WIRE.rolling(group, TWO_AT_A_TIME);

        Optional<Outcome> ofOne = Optional.empty();
        Optional<Outcome> ofOther = Optional.empty();
        while (ofOne.isEmpty() || ofOther.isEmpty()) {
            ofOne = ofOne.or(one::step);
            ofOther = ofOther.or(other::step);
        }

        long succeeded = List.of(ofOne.get(), ofOther.get()).stream()
                .filter(Outcome.Succeeded.class::isInstance)
                .count();
        assertEquals(1, succeeded, () -> one.console() + "\n" + other.console());
        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
    }

    // ---- taking over

    @Test
    void takesOverFromADeploymentThatDiedAndFinishesItsWork() {
        String group = operator.templateGroup(EIGHT);
        Build dead = diedHalfWay(group);
        assertTrue(leased(group));

        Build next = WIRE.rolling(group, TWO_AT_A_TIME);
        next.succeed();

        assertTrue(next.console().contains("still leased by " + dead.owner()), next::console);
        aftermath.everyInstanceRuns(NEW_AMI, group, EIGHT);
    }

    @Test
    void takesOverFromADeploymentThatDiedAndBringsTheFormerImageBack() {
        String group = operator.group(EIGHT, g -> g.launchConfigurationName(operator.configuration()));
        diedHalfWay(group);
        String copy = operator.show(group).launchConfigurationName();

        WIRE.rolling(group, Map.of("ami", FORMER_AMI, "batchSize", "2")).succeed();

        aftermath.everyInstanceRuns(FORMER_AMI, group, EIGHT);
        assertFalse(operator.configurations().contains(copy));
    }

    @Test
    void finishesTheWorkWhereverTheDeploymentBeforeDied() {
        for (int ticks = 1; ; ticks++) {
            String original = operator.configuration();
            String group = operator.group(THREE, g -> g.launchConfigurationName(original));
            Build build = WIRE.rolling(group, TWO_AT_A_TIME);
            if (!build.ticks(ticks)) {
                assertTrue(ticks > 5, "too few turns to have tried anything");
                return;
            }
            build.die();
            WIRE.rolling(group, TWO_AT_A_TIME).succeed();
            aftermath.everyInstanceRuns(NEW_AMI, group, THREE);
            assertEquals(
                    Set.of(original, operator.show(group).launchConfigurationName()),
                    operator.copiesOf(original),
                    () -> "after the death of " + build.owner());
            operator.delete(group);
        }
    }

    @Test
    void removesTheVersionThatADeadDeploymentLeftToAGroupThatFollowsTheLatest() {
        String group = operator.group(THREE, g -> g.launchTemplate(operator.version("$Latest")));
        String template = operator.show(group).launchTemplate().launchTemplateId();
        WIRE.rolling(group, TWO_AT_A_TIME)
                .until(() -> operator.versions(template).size() == 2)
                .die();

        WIRE.rolling(group, TWO_AT_A_TIME).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, THREE);
        assertEquals(Set.of(1L, 3L), operator.versions(template));
        assertEquals("3", operator.show(group).launchTemplate().version());
    }

    @Test
    void leavesALeaseAloneWhoseBuildMayStillRun() {
        String group = operator.templateGroup(FOUR);
        Build elsewhere = WIRE.rolling(group, TWO_AT_A_TIME).until(() -> leased(group));

        String why = WIRE.build(new RestoreGroup(group, false)).fails().message();

        assertTrue(why.contains(elsewhere.owner().toString()), why);
        assertTrue(leased(group));
    }

    // ---- restoring from the tags alone

    @Test
    void restoresAGroupFromItsTagsAfterADeathHalfWay() {
        String group = operator.templateGroup(EIGHT);
        diedHalfWay(group);
        assertEquals(10, operator.show(group).desiredCapacity());

        Map<String, Object> result = WIRE.build(new RestoreGroup(group, false)).succeed();

        assertEquals(true, result.get("restored"));
        aftermath.nothingOfOursIsLeft(group, EIGHT);
    }

    @Test
    void restoresTheMaximumThatWasRaised() {
        Sizes full = new Sizes(8, 8, 8);
        String group = operator.templateGroup(full);
        diedHalfWay(group);
        assertEquals(new Sizes(8, 10, 10), Sizes.of(operator.show(group)));

        Build restoring = WIRE.build(new RestoreGroup(group, false));
        restoring.succeed();

        aftermath.nothingOfOursIsLeft(group, full);
        assertTrue(restoring.console().contains("it is min 8, desired 8, max 8"), restoring::console);
    }

    @Test
    void restoresByForceWhatAnotherControllerLeft() {
        String group = operator.templateGroup(FOUR);
        WIRE.rolling(group, TWO_AT_A_TIME)
                .until(() -> operator.instancesRunning(group, NEW_AMI).size() >= 2);

        WIRE.build(new RestoreGroup(group, true)).succeed();

        aftermath.nothingOfOursIsLeft(group, FOUR);
    }

    @Test
    void restoresAGroupWhereverTheDeploymentDied() {
        for (int ticks = 1; ; ticks++) {
            String group = operator.templateGroup(THREE);
            Build build = WIRE.rolling(group, TWO_AT_A_TIME);
            if (!build.ticks(ticks)) {
                assertTrue(ticks > 5, "too few turns to have tried anything");
                return;
            }
            build.die();
            WIRE.build(new RestoreGroup(group, false)).succeed();
            aftermath.nothingOfOursIsLeft(group, THREE);
            operator.delete(group);
        }
    }

    @Test
    void hasNothingToRestoreWhereNobodyDeploys() {
        String group = operator.templateGroup(FOUR);

        Map<String, Object> result = WIRE.build(new RestoreGroup(group, false)).succeed();

        assertEquals(false, result.get("restored"));
        aftermath.onlyLooked(WIRE.moto().calls());
    }

    @Test
    void doesNotRestoreAGroupThatDoesNotExist() {
        String why = WIRE.build(new RestoreGroup("nobody", false)).fails().message();

        assertTrue(why.contains("no Auto Scaling group named 'nobody'"), why);
    }
}
