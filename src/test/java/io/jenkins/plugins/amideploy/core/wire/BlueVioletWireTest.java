package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.FORMER_AMI;
import static io.jenkins.plugins.amideploy.core.wire.MotoServer.NEW_AMI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A group that another one takes the place of, over the wire. */
class BlueVioletWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Sizes THREE = new Sizes(1, 3, 5);

    private final Operator operator = WIRE.operator();
    private final Aftermath aftermath = new Aftermath(operator);

    private static Build beside(String group, boolean gated, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(Map.of("group", group, "ami", NEW_AMI));
        all.putAll(parameters);
        return WIRE.build(new BlueVioletDeploy(all, gated));
    }

    private void replaced(String old, String live, Map<String, Object> result) {
        assertEquals(live, result.get("group"));
        assertEquals(old, result.get("retired"));
        assertFalse(operator.exists(old), old);
        assertEquals(
                Set.of(NEW_AMI),
                Set.copyOf(operator.images(operator.instances(live)).values()));
        aftermath.nothingOfOursIsLeft(live, THREE);
    }

    @Test
    void aGroupBehindAClassicLoadBalancerIsReplaced() {
        String balancer = operator.classicBalancer();
        String group = operator.group(
                THREE, g -> g.launchTemplate(operator.version("1")).loadBalancerNames(balancer));

        Map<String, Object> result =
                beside(group, false, Map.of("warmup", "30")).succeed();

        replaced(group, group + "-blue", result);
        assertEquals(
                balancer, operator.show(group + "-blue").loadBalancerNames().get(0));
    }

    @Test
    void aGroupBehindATargetGroupIsReplaced() {
        String targets = operator.targetGroup();
        String group = operator.group(
                THREE, g -> g.launchTemplate(operator.version("$Default")).targetGroupARNs(targets));

        Map<String, Object> result = beside(group, false, Map.of()).succeed();

        replaced(group, group + "-blue", result);
        assertEquals(targets, operator.show(group + "-blue").targetGroupARNs().get(0));
    }

    @Test
    void whoFollowsTheLatestVersionIsGivenATemplateOfItsOwn() {
        String group = operator.group(THREE, g -> g.launchTemplate(operator.version("$Latest")));
        String template = operator.show(group).launchTemplate().launchTemplateId();

        Map<String, Object> result = beside(group, false, Map.of()).succeed();

        replaced(group, group + "-blue", result);
        assertFalse(
                template.equals(operator.show(group + "-blue").launchTemplate().launchTemplateId()));
        assertEquals(Set.of(1L), operator.versions(template));
    }

    @Test
    void aLaunchConfigurationIsCopiedAndGoesWithItsGroup() {
        String original = operator.configuration();
        String group = operator.group(THREE, g -> g.launchConfigurationName(original));

        beside(group, false, Map.of()).succeed();
        String first = operator.show(group + "-blue").launchConfigurationName();
        Map<String, Object> result = beside(group, false, Map.of()).succeed();

        replaced(group + "-blue", group + "-violet", result);
        assertEquals(
                Set.of(original, operator.show(group + "-violet").launchConfigurationName()),
                operator.copiesOf(original));
        assertFalse(operator.configurations().contains(first));
    }

    @Test
    void whatBelongsToTheGroupIsCopied() {
        String group = operator.group(
                THREE,
                g -> g.launchTemplate(operator.version("1"))
                        .newInstancesProtectedFromScaleIn(true)
                        .terminationPolicies("OldestInstance"));
        operator.furnish(group);

        Map<String, Object> result = beside(group, false, Map.of()).succeed();

        String copy = group + "-blue";
        replaced(group, copy, result);
        assertEquals(operator.furniture(copy), operator.expectedFurniture(), "what belongs to the group");
        assertEquals(
                Set.of(copy + ": bootstrap autoscaling:EC2_INSTANCE_LAUNCHING 90"),
                WIRE.moto().gaps().hooks());
        assertTrue(operator.show(copy).newInstancesProtectedFromScaleIn());
        assertEquals("OldestInstance", operator.show(copy).terminationPolicies().get(0));
    }

    @Test
    void aBlockThatFailsTakesItBack() {
        String targets = operator.targetGroup();
        String group = operator.group(
                THREE, g -> g.launchTemplate(operator.version("1")).targetGroupARNs(targets));
        Set<String> before = operator.instances(group);

        beside(group, true, Map.of())
                .withBlock(gate -> Optional.of("smoke test failed"))
                .fails();

        assertFalse(operator.exists(group + "-blue"));
        assertEquals(before, operator.instances(group));
        assertEquals(Set.of(FORMER_AMI), Set.copyOf(operator.images(before).values()));
        aftermath.nothingOfOursIsLeft(group, THREE);
        assertEquals(
                Set.of(1L),
                operator.versions(operator.show(group).launchTemplate().launchTemplateId()));
    }

    @Test
    void bothStayAndTheOlderOneGoesLater() {
        String group = operator.templateGroup(THREE);

        beside(group, false, Map.of("terminateRelative", "false")).succeed();
        assertTrue(operator.exists(group) && operator.exists(group + "-blue"));
        Map<String, Object> result =
                WIRE.build(new BlueVioletDeploy(Map.of("group", group), false)).succeed();

        replaced(group, group + "-blue", result);
    }

    @Test
    void comesToTheSameEndWhenTheControllerRestartsAtEveryTurn() {
        String balancer = operator.classicBalancer();
        String group = operator.group(
                THREE, g -> g.launchTemplate(operator.version("1")).loadBalancerNames(balancer));

        Map<String, Object> result = beside(group, false, Map.of("warmup", "30", "bake", "60"))
                .restartingAllTheTime()
                .succeed();

        replaced(group, group + "-blue", result);
    }

    @Test
    void aControllerLostForGoodIsFollowedByOneThatClearsUp() {
        String group = operator.templateGroup(THREE);
        Build lost = beside(group, false, Map.of("bake", "600"));
        lost.until(() -> lost.console().contains("Both groups serve for"));
        lost.die();

        Map<String, Object> result = beside(group, false, Map.of()).succeed();

        replaced(group, group + "-blue", result);
    }
}
