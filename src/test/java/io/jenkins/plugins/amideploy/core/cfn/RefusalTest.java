package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What cannot be done is refused at once, with everything that is in the way, and nothing is changed. */
class RefusalTest {
    private static Stage stage() {
        return Stage.typical(11, Application.healthy());
    }

    private static List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        CfnRequest.of(parameters, false, problems);
        return problems;
    }

    @Test
    void allThatIsWrongWithTheParametersIsTold() {
        List<String> problems = problems(Map.of(
                "stack", "-web",
                "ami", "ami-xyz",
                "capabilities", "CAPABILITY_ROOT",
                "parameters", "Most",
                "tags", "a=1\na=2",
                "onMissing", "ask",
                "monitoringMinutes", "200",
                "cfnRoleArn", "deployer",
                "disableRollback", "perhaps",
                "size", "3"));
        assertEquals(
                List.of(
                                "capabilities",
                                "ami",
                                "cfnRoleArn",
                                "disableRollback",
                                "monitoringMinutes",
                                "onMissing",
                                "parameters",
                                "size",
                                "stack",
                                "tags")
                        .stream()
                        .sorted()
                        .toList(),
                problems.stream().map(p -> p.replaceFirst(":.*", "")).sorted().toList());
    }

    @Test
    void parametersThatContradictEachOtherAreTold() {
        assertTrue(problems(Map.of("stack", "web", "ami", "ami-0", "rollbackAlarms", "a", "disableRollback", "true"))
                .get(0)
                .contains("an alarm rolls nothing back"));
        assertTrue(problems(Map.of("stack", "web", "ami", "ami-0", "rollbackAlarms", "a,b,c,d,e,f"))
                .get(0)
                .contains("5 at most"));
        assertTrue(problems(Map.of("stack", "web", "ami", "ami-0", "template", "x".repeat(51_201)))
                .get(0)
                .contains("put it into S3"));
    }

    @Test
    void listsAreSeparatedByCommasOrLines() {
        CfnRequest request = CfnRequest.of(
                Map.of(
                        "stack",
                        "web",
                        "ami",
                        "ami-0",
                        "capabilities",
                        "CAPABILITY_IAM,\nCAPABILITY_AUTO_EXPAND",
                        "rollbackAlarms",
                        "too many errors\nslow",
                        "parameters",
                        "A=1\n\nB=x=y\nC=",
                        "template",
                        "s3://bucket/a/b.yaml"),
                false,
                new ArrayList<>());
        assertEquals(List.of("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"), request.capabilities());
        assertEquals(List.of("too many errors", "slow"), request.rollbackAlarms());
        assertEquals(Map.of("A", "1", "B", "x=y", "C", ""), request.parameters());
        assertEquals("https://bucket.s3.eu-west-1.amazonaws.com/a/b.yaml", request.url("eu-west-1"));
    }

    @Test
    void everythingThatIsInTheWayIsToldAtOnce() {
        Stage.with(11, Application.healthy(), Templates.web("", Templates.FROM_TEMPLATE))
                .with("ami", "ami-0123456789abcdef0")
                .with("parameters", "Colour=red")
                .with("rollbackAlarms", "errors")
                .isRefused(
                        "ami: AWS does not know it",
                        "parameters: the template has no parameter Colour",
                        "rollbackAlarms: there is no CloudWatch alarm named 'errors'",
                        "template: WebGroup has no UpdatePolicy");
    }

    @Test
    void severalParametersThatTakeAnImageAreListed() {
        String two = Templates.web()
                .replace(
                        "Parameters:\n",
                        "Parameters:\n  Bastion:\n    Type: AWS::EC2::Image::Id\n" + "    Default: ami-0\n");
        Stage.with(11, Application.healthy(), two)
                .isRefused("amiParameter: several parameters of the template take an image, Bastion, Image; name one");
        Stage stage = Stage.with(11, Application.healthy(), two).with("amiParameter", "Image");
        stage.succeeds();
        stage.assertDeployed();
    }

    @Test
    void aTemplateWithoutSuchAParameterIsTold() {
        Stage.with(11, Application.healthy(), Templates.web().replace("AWS::EC2::Image::Id", "String"))
                .isRefused("amiParameter: the template has no parameter of type AWS::EC2::Image::Id or AWS::SSM");
        stage().with("amiParameter", "Picture").isRefused("the template has no parameter Picture");
    }

    @Test
    void aStackThatSomeoneIsChangingIsRefusedWithItsState() {
        Stage stage = stage();
        stage.operator()
                .createChangeSet(r -> r.stackName("web")
                        .changeSetName("theirs")
                        .clientToken("theirs")
                        .usePreviousTemplate(true)
                        .parameters(Stage.parameter("Image", stage.newImage)));
        stage.aws.clock().advance(Duration.ofSeconds(20));
        stage.operator().executeChangeSet(r -> r.stackName("web").changeSetName("theirs"));
        stage.aws.clock().advance(Duration.ofSeconds(20));
        stage.isRefused("stack: web is UPDATE_IN_PROGRESS", "someone else is changing it");
    }

    /** Another deployment of this plugin begins to work on the stack's group. */
    private static void take(Stage stage) {
        for (Map.Entry<String, String> tag : Map.of(
                        "ami-deploy:deployment", "d9",
                        "ami-deploy:build", "shop/deploy 7",
                        "ami-deploy:controller", "https://ci.example.org/",
                        "ami-deploy:way-back", "min=1 max=2 desired=1 surge=0 raise=0 suspended= from=lt-1")
                .entrySet()) {
            stage.aws
                    .operator()
                    .autoScaling()
                    .createOrUpdateTags(r -> r.tags(Tag.builder()
                            .resourceId(stage.group())
                            .resourceType("auto-scaling-group")
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .propagateAtLaunch(false)
                            .build()));
        }
    }

    @Test
    void aGroupThatWasTakenWhileTheBlockRanIsRefusedToo() {
        Stage stage = stage().gated();
        stage.rehearsal().gatekeeper(gate -> {
            take(stage);
            stage.aws.clock().advance(Duration.ofMinutes(1));
            return Optional.empty();
        });
        assertTrue(stage.fails().message().contains("being deployed to by shop/deploy 7"));
        stage.assertUntouched();
    }

    @Test
    void aGroupThatAnotherDeploymentWorksOnIsRefused() {
        Stage stage = stage();
        take(stage);
        stage.aws.clock().advance(Duration.ofMinutes(1));
        stage.isRefused("WebGroup (" + stage.group() + ")", "being deployed to by shop/deploy 7");
    }

    @Test
    void aMissingStackIsRefusedUnlessItIsToBeCreated() {
        Stage.empty(11, Application.healthy()).isRefused("there is no stack named 'web'", "onMissing: 'create'");
        Stage.empty(11, Application.healthy()).with("onMissing", "create").isRefused("template: is required");
    }

    @Test
    void missingCapabilitiesAreToldWithWhatToAdd() {
        String role = Templates.web()
                .replace("Outputs:", "  Role:\n    Type: AWS::IAM::Role\n    Properties: {Path: /}\nOutputs:");
        Stage.with(11, Application.healthy(), role)
                .isRefused("capabilities: the template needs CAPABILITY_IAM", "add capabilities: 'CAPABILITY_IAM'");
        Stage stage = Stage.with(11, Application.healthy(), role).with("capabilities", "CAPABILITY_IAM");
        stage.succeeds();
        stage.assertDeployed();
    }

    @Test
    void aTextThatIsNoTemplateIsRefused() {
        stage().with("template", "- a\n- b").isRefused("template: it is no template");
        stage().with("template", "Resources: [").isRefused("template: it is neither JSON nor YAML");
    }

    @Test
    void anAlarmThatRingsAlreadyIsRefused() {
        Stage stage = stage().with("rollbackAlarms", "errors");
        stage.aws.faults().alarm("errors", StateValue.ALARM, "7 errors in a minute");
        stage.isRefused("rollbackAlarms: 'errors' is in ALARM already: 7 errors in a minute");
    }

    @Test
    void anImageIsNotGivenToAParameterThatTakesAName() {
        stage().with("ami", "/images/web").isRefused("'/images/web' is not an image id, which the parameter Image");
    }

    @Test
    void replacingAnythingElseNeedsConsent() {
        Stage stage = stage().with("parameters", "Topic=other");
        Outcome.Failed failed = stage.fails();
        assertTrue(
                failed.message().contains("allowReplacements: these resources would be replaced")
                        && failed.message().contains("News (AWS::SNS::Topic)")
                        && failed.message().contains("The change set was deleted; the stack web is as it was."),
                failed::message);
        stage.assertUntouched();
        Stage allowed = stage().with("parameters", "Topic=other").with("allowReplacements", true);
        allowed.succeeds();
        allowed.assertDeployed();
    }

    @Test
    void aPermissionThatIsMissingIsNamed() {
        Stage stage = stage();
        stage.aws.faults().deny("CreateChangeSet");
        Outcome.Failed failed = stage.fails();
        assertTrue(
                failed.message().contains("The permission cloudformation:CreateChangeSet is missing"), failed::message);
        stage.assertUntouched();
    }
}
