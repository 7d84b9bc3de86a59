package io.jenkins.plugins.amideploy.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.ami.BuildAmi;
import io.jenkins.plugins.amideploy.core.ami.Sweeper;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import io.jenkins.plugins.amideploy.core.cfn.CfnUpdatePolicyDeploy;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
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
    private static final String EVERYTHING = "*";
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

    @Test
    void onlyWhatLooksAndWhatAwsLimitsToNothingIsAllowedEverywhere() throws IOException {
        for (String step : List.of("rollingAmiDeploy", "restoreAutoScalingGroup", "blueVioletDeploy")) {
            for (JsonNode statement : statements(step)) {
                if (texts(statement.field("Resource").orElseThrow()).contains(EVERYTHING)) {
                    Set<String> everywhere =
                            new TreeSet<>(texts(statement.field("Action").orElseThrow()));
                    everywhere.removeAll(TO_LAUNCH);
                    everywhere.removeIf(action -> action.contains(":Describe"));
                    assertEquals(Set.of(), everywhere, step);
                }
            }
        }
    }

    private static void assertAllowed(String step, Set<String> implied, Class<?>... code) throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (JsonNode statement : statements(step)) {
            assertEquals("Allow", statement.field("Effect").orElseThrow().text());
            assertTrue(statement.field("Resource").isPresent(), statement::toString);
            allowed.addAll(texts(statement.field("Action").orElseThrow()));
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
        assertEquals("2012-10-17", policy.field("Version").orElseThrow().text());
        return policy.field("Statement").orElseThrow().asArray();
    }

    private static List<String> texts(JsonNode one) {
        List<String> texts = new ArrayList<>();
        (one.isArray() ? one.asArray() : List.of(one)).forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
