package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.simulator.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that works replaces the one before, under each policy and from each source. */
class UpdateTest {
    private static void deploys(Stage stage) {
        Map<String, Object> result = stage.succeeds();
        stage.assertDeployed();
        assertEquals(Set.of("stack", "status", "outputs", "ami", "changed", "seconds"), result.keySet());
        assertEquals("web", result.get("stack"));
        assertEquals(stage.status(), result.get("status"));
        assertEquals(Map.of("Group", stage.group()), result.get("outputs"));
        assertEquals(stage.newImage, result.get("ami"));
        assertEquals(true, result.get("changed"));
        assertTrue((Long) result.get("seconds") > 60);
    }

    @Test
    void aRollingUpdateIsToldWithItsProgress() {
        Stage stage = Stage.typical(1, Application.healthy());
        deploys(stage);
        assertTrue(stage.told("Stack web (CREATE_COMPLETE): Image " + stage.oldImage + " -> " + stage.newImage));
        assertTrue(
                stage.told(
                        "AutoScalingRollingUpdate replaces 6 instances, 2 at a time (MaxBatchSize); at least 4 stay in"
                                + " service (MinInstancesInService); each batch has 10 min (PauseTime) for success signals from"
                                + " 100% of its new instances; about 9 min, at most 39 min"),
                stage::story);
        for (String progress : List.of("2/6", "4/6", "6/6")) {
            assertTrue(stage.told("  " + progress + " WebGroup UPDATE_IN_PROGRESS"), stage::story);
        }
        assertTrue(stage.told("Stack web UPDATE_COMPLETE"));
    }

    @Test
    void theChangeSetIsShownAsATable() {
        Stage stage = Stage.typical(1, Application.healthy());
        stage.play();
        String table = stage.console.stream()
                .filter(line -> line.contains("Change set"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                table.contains("Action  Resource          Type                                   Replacement"), table);
        assertTrue(table.contains("Modify  WebTemplate       AWS::EC2::LaunchTemplate               False"), table);
        assertTrue(table.contains("Modify  WebConfiguration  AWS::AutoScaling::LaunchConfiguration  True"), table);
        assertTrue(table.contains("Modify  WebGroup"), table);
    }

    @ParameterizedTest
    @ValueSource(strings = {Templates.ROLLING, Templates.REPLACING, Templates.REFRESH})
    void everyPolicyIsFollowedToItsEnd(String policy) {
        deploys(Stage.with(2, Application.healthy(), Templates.web(policy, Templates.FROM_TEMPLATE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {Templates.FROM_TEMPLATE, Templates.FROM_CONFIGURATION, Templates.MIXED})
    void theImageReachesTheGroupByEverySource(String source) {
        deploys(Stage.with(3, Application.healthy(), Templates.web(Templates.ROLLING, source)));
    }

    @Test
    void aReplacingUpdateCountsSignals() {
        Stage stage = Stage.with(2, Application.healthy(), Templates.web(Templates.REPLACING, Templates.FROM_TEMPLATE));
        String before = stage.group();
        deploys(stage);
        assertTrue(!before.equals(stage.group()));
        assertTrue(stage.told("AutoScalingReplacingUpdate makes a second group of 6 instances"), stage::story);
        assertTrue(stage.told("  6/6 "), stage::story);
    }

    @Test
    void anInstanceRefreshCountsByItsPercentages() {
        Stage stage = Stage.with(2, Application.healthy(), Templates.web(Templates.REFRESH, Templates.FROM_TEMPLATE));
        deploys(stage);
        assertTrue(stage.told("AutoScalingInstanceRefresh replaces 6 instances, about 3 at a time"), stage::story);
        assertTrue(stage.told("  3/6 "), stage::story);
    }

    @Test
    void everyEventIsToldOnceAndInOrder() {
        Stage stage = Stage.typical(4, Application.healthy());
        stage.play();
        List<String> told = stage.console.stream()
                .filter(line -> line.matches(".*(WebGroup|WebTemplate|Stack web) [A-Z_]+(:.*)?"))
                .map(line -> line.replaceFirst("^.{18}(\\d+/\\d+ )?", "").strip())
                .toList();
        List<String> happened = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            var page =
                    stage.operator().describeStackEvents(r -> r.stackName("web").nextToken(from));
            page.stackEvents().stream()
                    .filter(e -> "ami-deploy-d1".equals(e.clientRequestToken()))
                    .filter(e -> !e.logicalResourceId().equals("WebConfiguration"))
                    .forEach(e -> happened.add(
                            0,
                            (e.logicalResourceId().equals("web") ? "Stack web" : e.logicalResourceId())
                                    + " " + e.resourceStatusAsString()
                                    + (e.resourceStatusReason() == null ? "" : ": " + e.resourceStatusReason())));
            token = page.nextToken();
        } while (token != null);
        assertEquals(happened, told);
        assertTrue(happened.size() > 20, "more than one page");
    }

    @Test
    void nothingToChangeIsSuccessAndSaysSo() {
        Stage stage = Stage.typical(5, Application.healthy());
        stage.with("ami", stage.oldImage);
        Map<String, Object> result = stage.succeeds();
        assertEquals(false, result.get("changed"));
        assertEquals("CREATE_COMPLETE", result.get("status"));
        assertTrue(stage.told("Nothing to change"), stage::story);
        stage.assertUntouched();
    }

    @Test
    void aPlanIsTheChangeSetDeletedAfterwards() {
        Stage stage = Stage.typical(6, Application.healthy()).with("plan", true);
        Map<String, Object> result = stage.succeeds();
        assertEquals(false, result.get("changed"));
        assertTrue(stage.told("Modify  WebGroup"), stage::story);
        stage.assertUntouched();
    }
}
