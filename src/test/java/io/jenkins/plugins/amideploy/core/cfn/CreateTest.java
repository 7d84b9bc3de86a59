package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** New stacks, templates by text and by URL, and what goes along with a change set. */
class CreateTest {
    static final String SIGNALS = "CreationPolicy: {ResourceSignal: {Count: 6, Timeout: PT10M}}\n";
    private static final String WEB = Templates.web(Templates.ROLLING + SIGNALS, Templates.FROM_TEMPLATE);

    private static Stage stage(Application application) {
        return Stage.empty(41, application).with("onMissing", "create").with("template", WEB);
    }

    @Test
    void aMissingStackIsCreated() {
        Stage stage = stage(Application.healthy());
        Map<String, Object> result = stage.succeeds();
        assertEquals("CREATE_COMPLETE", result.get("status"));
        assertTrue(stage.told("Stack web will be created with Image = " + stage.newImage), stage::story);
        assertTrue(stage.told("WebGroup will be created with 6 instances"), stage::story);
        assertTrue(stage.told("Add     WebGroup"), stage::story);
        stage.assertDeployed();
    }

    @Test
    void aPlanOfANewStackLeavesNone() {
        Stage stage = stage(Application.healthy()).with("plan", true);
        assertEquals(false, stage.succeeds().get("changed"));
        stage.settle();
        assertEquals(Optional.empty(), stage.stack());
    }

    @Test
    void aGateThatFailsLeavesNoStack() {
        Stage stage = stage(Application.healthy()).gated();
        stage.rehearsal().gatekeeper(gate -> Optional.of("no"));
        assertTrue(stage.fails().state().contains("no stack was created"));
        stage.settle();
        assertEquals(Optional.empty(), stage.stack());
    }

    @Test
    void aProposalThatSomeoneLeftIsNotTheirStackYet() {
        Stage stage = stage(Application.healthy());
        stage.operator()
                .createChangeSet(r -> r.stackName("web")
                        .changeSetName("theirs")
                        .clientToken("theirs")
                        .changeSetType("CREATE")
                        .templateBody(WEB)
                        .parameters(Stage.parameter("Image", stage.oldImage)));
        stage.settle();
        stage.with("plan", true).succeeds();
        stage.settle();
        assertEquals("REVIEW_IN_PROGRESS", stage.status(), "it was there before and stays");
    }

    @Test
    void aFailedCreateTellsThatItCanOnlyBeDeletedAndTheNextOneDoesThat() {
        Stage stage = stage(Application.neverHealthy());
        Outcome.Failed failed = stage.fails();
        assertTrue(failed.trouble().text().contains("WebGroup"), failed::message);
        assertTrue(
                failed.state().contains("was not created (ROLLBACK_COMPLETE) and can only be deleted"), failed::state);
        assertEquals(List.of(), stage.madeAndLeft());
        stage.with("ami", stage.oldImage);
        Outcome second = stage.rehearsal("d2").play();
        assertTrue(second instanceof Outcome.Succeeded, () -> second + stage.story());
        assertTrue(stage.told("it is deleted first"), stage::story);
        stage.settle();
        assertEquals("CREATE_COMPLETE", stage.status());
    }

    @Test
    void aFailedCreateIsRefusedWhereNoneIsToBeCreated() {
        Stage stage = stage(Application.neverHealthy());
        stage.play();
        stage.with("onMissing", "fail");
        Outcome.Failed second = (Outcome.Failed) stage.rehearsal("d2").play();
        assertTrue(
                second.message().contains("web is ROLLBACK_COMPLETE, because it could not be created"),
                second::message);
    }

    @Test
    void aTemplateByUrlIsGuardedAsSoonAsCloudFormationHasIt() {
        Stage stage = Stage.typical(42, Application.healthy()).with("template", "https://templates/new.yaml");
        stage.aws.stacks().template("https://templates/new.yaml", Templates.web("", Templates.FROM_TEMPLATE));
        Outcome.Failed failed = stage.fails();
        assertTrue(failed.message().contains("WebGroup has no UpdatePolicy"), failed::message);
        stage.assertUntouched();
        Stage good = Stage.typical(42, Application.healthy()).with("template", "https://templates/new.yaml");
        good.aws.stacks().template("https://templates/new.yaml", Templates.web());
        good.succeeds();
        assertTrue(good.told("AutoScalingRollingUpdate replaces 6 instances"), good::story);
        good.assertDeployed();
    }

    @Test
    void anUpdateMayChangeTheTemplateAndParametersToo() {
        Stage stage = Stage.typical(43, Application.healthy())
                .with("template", Templates.web().replace("DesiredCapacity: '6'", "DesiredCapacity: '7'"))
                .with("parameters", "Most=9");
        stage.succeeds();
        stage.assertDeployed();
        var group = stage.aws
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(stage.group()))
                .autoScalingGroups()
                .get(0);
        assertEquals(List.of(7, 9), List.of(group.desiredCapacity(), group.maxSize()));
    }

    @Test
    void roleTopicsTagsAndAlarmsGoAlong() {
        Stage stage = stage(Application.healthy())
                .with("cfnRoleArn", "arn:aws:iam::123456789012:role/cfn")
                .with("notificationArns", "arn:aws:sns:eu-west-1:123456789012:news")
                .with("rollbackAlarms", "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors")
                .with("tags", "team=shop\ncost=7");
        stage.succeeds();
        Stack made = stage.stack().orElseThrow();
        assertEquals("arn:aws:iam::123456789012:role/cfn", made.roleARN());
        assertEquals(List.of("arn:aws:sns:eu-west-1:123456789012:news"), made.notificationARNs());
        assertEquals(1, made.rollbackConfiguration().rollbackTriggers().size());
        stage.with("tags", "cost=8").with("ami", stage.oldImage).with("template", "");
        stage.settle();
        assertTrue(stage.rehearsal("d2").play() instanceof Outcome.Succeeded, stage::story);
        assertEquals(
                List.of("team=shop", "cost=8"),
                stage.stack().orElseThrow().tags().stream()
                        .map(t -> t.key() + "=" + t.value())
                        .toList());
    }

    @Test
    void aStoredImageIsTheOneThatWasAskedFor() {
        String stored = Templates.web()
                .replace("Type: AWS::EC2::Image::Id", "Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>");
        Stage stage = Stage.empty(44, Application.healthy());
        stage.aws.parameter("/images/web", stage.oldImage);
        stage.create(stored, "/images/web");
        Outcome.Failed failed = stage.fails();
        assertTrue(failed.message().contains("/images/web, which holds " + stage.oldImage), failed::message);
        stage.aws.parameter("/images/web", stage.newImage);
        assertTrue(stage.rehearsal("d2").play() instanceof Outcome.Succeeded, stage::story);
        stage.assertDeployed();
    }

    @Test
    void aStoredImageMayBeNamedByItsPlace() {
        String stored = Templates.web()
                .replace("Type: AWS::EC2::Image::Id", "Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>");
        Stage stage = Stage.empty(44, Application.healthy()).with("ami", "/images/next");
        stage.aws.parameter("/images/web", stage.oldImage);
        stage.aws.parameter("/images/next", stage.newImage);
        stage.create(stored, "/images/web");
        assertEquals(stage.newImage, stage.succeeds().get("ami"));
        stage.assertDeployed();
    }

    @Test
    void whatANestedStackDoesIsToldBeforeAndWhileItHappens() {
        Stage stage = Stage.empty(45, Application.healthy());
        stage.aws.stacks().template("https://templates/web.yaml", Templates.web());
        stage.create(Templates.around("https://templates/web.yaml"), stage.oldImage);
        stage.succeeds();
        assertTrue(stage.told("Modify  Web/WebGroup"), stage::story);
        assertTrue(stage.told("): AutoScalingRollingUpdate replaces 6 instances"), stage::story);
        for (String event : List.of("Web UPDATE_IN_PROGRESS", "Web UPDATE_COMPLETE")) {
            assertEquals(
                    1,
                    stage.console.stream()
                            .filter(line -> line.endsWith(" " + event))
                            .count(),
                    stage::story);
        }
        assertEquals(1, stage.count("6/6 Web/WebGroup UPDATE_COMPLETE"), stage::story);
        stage.assertDeployed();
    }

    @Test
    void aNestedGroupWithoutAPolicyIsRefusedToo() {
        Stage stage = Stage.empty(46, Application.healthy());
        stage.aws.stacks().template("https://templates/web.yaml", Templates.web("", Templates.FROM_TEMPLATE));
        stage.create(Templates.around("https://templates/web.yaml"), stage.oldImage);
        stage.isRefused("template: Web/WebGroup has no UpdatePolicy");
    }
}
