package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates with which a new image would do nothing, or harm. */
class GuardTest {
    private static final String HEAD = """
            Parameters:
              Ami: {Type: 'AWS::EC2::Image::Id'}
              Stage: {Type: String, Default: live}
              Most: {Type: Number, Default: 4}
            Mappings:
              Sizes:
                live: {floor: 4}
            Conditions:
              Live: !Equals [!Ref Stage, live]
              Test: !Not [!Condition Live]
              Named: !Not [!Equals [!Ref Ami, '']]
            Resources:
              Lt:
                Type: AWS::EC2::LaunchTemplate
                Properties: {LaunchTemplateName: front, LaunchTemplateData: {ImageId: !Ref Ami}}
              Lc:
                Type: AWS::AutoScaling::LaunchConfiguration
                Properties: {ImageId: !Join ['', [!Ref Ami]]}
              Fixed:
                Type: AWS::EC2::LaunchTemplate
                Properties: {LaunchTemplateData: {ImageId: ami-0123}}
            """;
    private static final String LATEST =
            "LaunchTemplate: {LaunchTemplateId: !Ref Lt, Version: !GetAtt Lt.LatestVersionNumber}";
    private static final String SIGNALLED =
            "AutoScalingRollingUpdate: {MinInstancesInService: 2, WaitOnResourceSignals: true}";

    private static Guard guard(String policy, String properties) {
        return guard(policy, properties, "");
    }

    private static Guard guard(String policy, String properties, String more) {
        String group = "  Web:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    UpdatePolicy: {" + policy
                + "}\n    Properties: {MaxSize: !Ref Most, DesiredCapacity: 3, " + properties + "}\n" + more;
        Template template = Template.of(HEAD + group);
        return new Guard(template, new TemplateValues(template, Map.of("Ami", "ami-0b")), "Ami", "").look();
    }

    private static void refused(Guard guard, String... words) {
        String problems = guard.problems() + " " + guard.unreached();
        assertTrue(!guard.problems().isEmpty() || guard.groups().isEmpty(), problems);
        for (String word : words) {
            assertTrue(problems.contains(word), problems);
        }
    }

    private static void reached(String properties) {
        Guard guard = guard(SIGNALLED, properties);
        assertEquals(List.of(), guard.problems());
        assertEquals(List.of(), guard.unreached());
        assertEquals(1, guard.groups().size());
    }

    @Test
    void aGroupWithoutAPolicyIsRefused() {
        refused(guard("", LATEST), "Web has no UpdatePolicy", "would replace no instance");
        refused(
                guard("AutoScalingScheduledAction: {IgnoreUnmodifiedGroupSizeProperties: true}", LATEST),
                "no UpdatePolicy");
        refused(guard("AutoScalingReplacingUpdate: {WillReplace: false}", LATEST), "WillReplace is not true");
    }

    @Test
    void aFloorThatLeavesNoRoomIsRefusedWhereverItComesFrom() {
        for (String floor :
                List.of("4", "5", "!Ref Most", "!FindInMap [Sizes, !Ref Stage, floor]", "!If [Live, 4, 1]")) {
            refused(
                    guard(
                            "AutoScalingRollingUpdate: {WaitOnResourceSignals: true, MinInstancesInService: " + floor
                                    + "}",
                            LATEST),
                    "leaves no room",
                    "MaxSize of 4");
        }
        assertEquals(
                List.of(),
                guard("AutoScalingRollingUpdate: {MinInstancesInService: !If [Test, 4, 1]}", LATEST)
                        .problems());
    }

    @Test
    void bothPoliciesThatExcludeEachOtherAreRefused() {
        refused(guard(SIGNALLED + ", AutoScalingInstanceRefresh: {Strategy: Rolling}", LATEST), "exclude each other");
    }

    @Test
    void withoutSignalsThereIsAWarning() {
        Guard guard = guard("AutoScalingRollingUpdate: {MinInstancesInService: 1, PauseTime: PT30S}", LATEST);
        assertEquals(List.of(), guard.problems());
        assertTrue(guard.warnings().get(0).contains("an image that is dead would roll through the whole group"));
        assertEquals(List.of(), guard(SIGNALLED, LATEST).warnings());
        assertTrue(guard("AutoScalingReplacingUpdate: {WillReplace: true}", LATEST)
                .warnings()
                .get(0)
                .contains("awaits no signal"));
    }

    @Test
    void aNamedGroupCannotBeReplacedByASecondOne() {
        refused(
                guard("AutoScalingReplacingUpdate: {WillReplace: true}", LATEST + ", AutoScalingGroupName: web"),
                "AutoScalingGroupName of its own");
    }

    @Test
    void theImageReachesTheGroupByManyWays() {
        reached(LATEST);
        reached("LaunchTemplate: {LaunchTemplateName: front, Version: !Sub '${Lt.LatestVersionNumber}'}");
        reached(
                "LaunchTemplate: !If [Live, {LaunchTemplateId: !Ref Lt, Version: !GetAtt [Lt, LatestVersionNumber]}, !Ref 'AWS::NoValue']");
        reached("LaunchConfigurationName: !Ref Lc");
        reached("MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Lt,"
                + " Version: !GetAtt Lt.LatestVersionNumber}}}");
        reached("MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Fixed,"
                + " Version: !GetAtt Fixed.LatestVersionNumber}, Overrides: [{LaunchTemplateSpecification:"
                + " {LaunchTemplateId: !Ref Lt, Version: !GetAtt Lt.LatestVersionNumber}}]}}");
    }

    @Test
    void anImageThatDoesNotReachTheGroupIsRefused() {
        refused(
                guard(
                        SIGNALLED,
                        "LaunchTemplate: {LaunchTemplateId: !Ref Fixed, Version: !GetAtt Fixed.LatestVersionNumber}"),
                "the ImageId of Fixed does not come from the parameter Ami");
        refused(
                guard(SIGNALLED, "LaunchTemplate: {LaunchTemplateId: lt-0123, Version: 3}"),
                "is not a resource of this template");
        refused(guard(SIGNALLED, "LaunchConfigurationName: other"), "launch configuration is not a resource");
        refused(guard(SIGNALLED, "Cooldown: 3"), "neither a launch template nor a launch configuration");
    }

    @Test
    void aVersionThatCloudFormationDoesNotSeeChangeIsRefused() {
        for (String version : List.of("$Latest", "'1'", "!GetAtt Lt.DefaultVersionNumber", "$Default")) {
            refused(
                    guard(SIGNALLED, "LaunchTemplate: {LaunchTemplateId: !Ref Lt, Version: " + version + "}"),
                    "which CloudFormation does not see change; use !GetAtt Lt.LatestVersionNumber");
        }
    }

    @Test
    void conditionsDecideWhichWayCounts() {
        refused(
                guard(
                        SIGNALLED,
                        "LaunchTemplate: !If [Test, {LaunchTemplateId: !Ref Lt, Version: !GetAtt Lt.LatestVersionNumber},"
                                + " {LaunchTemplateId: !Ref Fixed, Version: !GetAtt Fixed.LatestVersionNumber}]"),
                "the ImageId of Fixed");
        String other = "  Other:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Condition: Test\n"
                + "    Properties: {MaxSize: 1, LaunchConfigurationName: !Ref Lc}\n";
        Guard guard = guard(SIGNALLED, LATEST, other);
        assertEquals(List.of(), guard.problems());
        assertEquals(1, guard.groups().size());
    }

    @Test
    void anImageByWayOfAConditionOnTheImageIsFollowed() {
        Template template = Template.of(HEAD.replace("ImageId: !Ref Ami}}", "ImageId: !If [Named, !Ref Ami, ami-0]}}")
                + "  Web:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    UpdatePolicy: {" + SIGNALLED
                + "}\n    Properties: {MaxSize: 4, " + LATEST + "}\n");
        for (Map.Entry<String, Integer> image : Map.of("ami-0b", 1, "", 0).entrySet()) {
            Guard guard =
                    new Guard(template, new TemplateValues(template, Map.of("Ami", image.getKey())), "Ami", "").look();
            assertEquals(image.getValue(), guard.groups().size());
        }
    }

    @Test
    void whatThePolicyWillDoIsTold() {
        UpdatePolicy.Rolling rolling = (UpdatePolicy.Rolling)
                guard("AutoScalingRollingUpdate: {MinInstancesInService: 3, MaxBatchSize: 2, PauseTime: PT1M}", LATEST)
                        .groups()
                        .get(0)
                        .policy();
        assertEquals(1, rolling.fitting(), "MaxSize 4 and a floor of 3 leave room for one");
        assertEquals(
                "AutoScalingRollingUpdate replaces 4 instances, 1 at a time (MaxBatchSize); at least 3 stay in service"
                        + " (MinInstancesInService); after each batch it waits 1 min (PauseTime), whatever the new"
                        + " instances do; about 16 min",
                rolling.does(4));
    }

    @Test
    void nestedStacksAreFoundByTheirParameters() {
        Guard guard = guard(
                SIGNALLED,
                LATEST,
                "  Inner:\n    Type: AWS::CloudFormation::Stack\n"
                        + "    Properties: {TemplateURL: u, Parameters: {Base: !Ref Ami, Other: !Ref Stage}}\n");
        assertEquals(Map.of("Inner", "Base"), guard.nested());
    }
}
