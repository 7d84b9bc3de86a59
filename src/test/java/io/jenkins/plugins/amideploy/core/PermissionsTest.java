package io.jenkins.plugins.amideploy.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.ami.BuildAmi;
import io.jenkins.plugins.amideploy.core.ami.Sweeper;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenDeploy;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import io.jenkins.plugins.amideploy.core.cfn.CfnUpdatePolicyDeploy;
import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
import io.jenkins.plugins.amideploy.core.plan.BlueGreenPlan;
import io.jenkins.plugins.amideploy.core.plan.BlueVioletPlan;
import io.jenkins.plugins.amideploy.core.plan.RollingPlan;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The policies in the documentation allow what each step can call, and nothing else. */
class PermissionsTest {
    private static final Path POLICIES = Path.of("docs/iam.md");
    /** Checked by AWS on the caller's behalf when a group is pointed at a launch template; never called by us. */
    private static final Set<String> TO_LAUNCH = Set.of("ec2:CreateTags", "ec2:RunInstances", "iam:PassRole");

    @Test
    void imageBuildsAndTheirSweeper() throws IOException {
        // PassRole is checked by AWS when an instance is launched with an instance profile
        assertAllowed("buildAmi", Set.of("iam:PassRole"), BuildAmi.class, Sweeper.class);
    }

    @Test
    void rollingDeployments() throws IOException {
        assertAllowed("rollingAmiDeploy", TO_LAUNCH, RollingDeploy.class, RollingPlan.class);
    }

    @Test
    void restoredGroups() throws IOException {
        assertAllowed("restoreAutoScalingGroup", Set.of(), RestoreGroup.class);
    }

    @Test
    void blueVioletDeployments() throws IOException {
        assertAllowed("blueVioletDeploy", TO_LAUNCH, BlueVioletDeploy.class, BlueVioletPlan.class);
    }

    @Test
    void cutovers() throws IOException {
        Set<String> implied = new TreeSet<>(TO_LAUNCH);
        implied.add("elasticloadbalancing:AddTags"); // checked by AWS where something is made with tags
        assertAllowed("blueGreenCutover", implied, BlueGreenDeploy.class, BlueGreenPlan.class);
    }

    @Test
    void stackUpdates() throws IOException {
        assertAllowed("cfnUpdatePolicyDeploy", Set.of(), CfnUpdatePolicyDeploy.class);
    }

    /** What is said of single actions: of what use they are is seen in who calls them. */
    @Test
    void actionsOfPlansAreOfNoUseToDeployments() {
        Set<String> forPlans = CallGraph.actionsOf(RollingDeploy.class, RollingPlan.class);
        forPlans.removeAll(CallGraph.actionsOf(RollingDeploy.class));
        assertEquals(
                Set.of(
                        "elasticloadbalancing:DescribeLoadBalancerAttributes",
                        "elasticloadbalancing:DescribeTargetGroupAttributes"),
                forPlans);
    }

    /** A policy that let the plugin set other tags could not be narrowed by a tag. */
    @Test
    void groupsAreMarkedByTagsOfOursOnly() throws IOException {
        for (String step :
                List.of("rollingAmiDeploy", "restoreAutoScalingGroup", "blueVioletDeploy", "blueGreenCutover")) {
            JsonNode marking = statements(step).stream()
                    .filter(one -> texts(field(one, "Action")).contains("autoscaling:CreateOrUpdateTags"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    List.of(Owner.TAG_PREFIX + "*", GroupTags.LASTING_PREFIX + "*"),
                    texts(field(field(field(marking, "Condition"), "ForAllValues:StringLike"), "aws:TagKeys")));
        }
    }

    private static void assertAllowed(String step, Set<String> implied, Class<?>... code) throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (JsonNode statement : statements(step)) {
            assertEquals("Allow", field(statement, "Effect").text());
            assertFalse(texts(field(statement, "Resource")).isEmpty());
            allowed.addAll(texts(field(statement, "Action")));
        }
        Set<String> needed = new TreeSet<>(CallGraph.actionsOf(code));
        needed.addAll(implied);
        assertEquals(String.join("\n", needed), String.join("\n", allowed));
    }

    /** The statements of the policy in the section about that step. */
    private static List<JsonNode> statements(String step) throws IOException {
        Matcher section = Pattern.compile("\n## `" + step + "`\n.*?```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(POLICIES));
        assertTrue(section.find(), () -> "There is no policy of " + step + " in " + POLICIES);
        JsonNode policy = JsonNode.parser().parse(section.group(1));
        assertEquals("2012-10-17", field(policy, "Version").text());
        return field(policy, "Statement").asArray();
    }

    private static JsonNode field(JsonNode one, String name) {
        return one.field(name).orElseThrow(() -> new AssertionError("no " + name + " in " + one));
    }

    private static List<String> texts(JsonNode one) {
        List<String> texts = new ArrayList<>();
        (one.isArray() ? one.asArray() : List.of(one)).forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
