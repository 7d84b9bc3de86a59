package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

class TemplateTest {
    private static final String TEMPLATE = "web-template";

    private final TestWorld world = new TestWorld();

    @BeforeEach
    void createGroup() {
        world.aws.createGroup(world.spec().version("$Latest"));
    }

    private LaunchTemplateVersion newVersion(String token) {
        return world.aws
                .ec2()
                .createLaunchTemplateVersion(request -> request.launchTemplateName(TEMPLATE)
                        .sourceVersion("1")
                        .clientToken(token)
                        .launchTemplateData(data -> data.imageId(world.v2)))
                .launchTemplateVersion();
    }

    private List<LaunchTemplateVersion> versions(String... versions) {
        return world.aws
                .ec2()
                .describeLaunchTemplateVersions(
                        request -> request.launchTemplateName(TEMPLATE).versions(versions))
                .launchTemplateVersions();
    }

    private static void refused(String code, Executable call) {
        assertEquals(
                code, assertThrows(Ec2Exception.class, call).awsErrorDetails().errorCode());
    }

    @Test
    void aVersionCopiesItsSource() {
        ResponseLaunchTemplateData data = newVersion(null).launchTemplateData();
        assertEquals(world.v2, data.imageId());
        assertEquals("t3.small", data.instanceTypeAsString());
        assertEquals("operations", data.keyName());
        assertEquals(List.of("sg-0f000000000000001"), data.securityGroupIds());
    }

    @Test
    void nestedDataOfATemplateIsKept() {
        ResponseLaunchTemplateData data = world.aws
                .ec2()
                .createLaunchTemplateVersion(request -> request.launchTemplateName(TEMPLATE)
                        .launchTemplateData(
                                given -> given.metadataOptions(options -> options.httpTokens("required"))
                                        .blockDeviceMappings(software.amazon.awssdk.services.ec2.model
                                                .LaunchTemplateBlockDeviceMappingRequest.builder()
                                                .deviceName("/dev/xvda")
                                                .ebs(volume -> volume.volumeSize(20))
                                                .build())))
                .launchTemplateVersion()
                .launchTemplateData();
        assertEquals("required", data.metadataOptions().httpTokensAsString());
        assertEquals(20, data.blockDeviceMappings().get(0).ebs().volumeSize());
    }

    @Test
    void latestAndDefaultAreResolved() {
        newVersion(null);
        assertEquals(2, versions("$Latest").get(0).versionNumber());
        assertEquals(1, versions("$Default").get(0).versionNumber());
        world.aws
                .ec2()
                .modifyLaunchTemplate(
                        request -> request.launchTemplateName(TEMPLATE).defaultVersion("2"));
        assertEquals(2, versions("$Default").get(0).versionNumber());
        assertEquals(
                List.of(2L, 1L),
                versions().stream().map(LaunchTemplateVersion::versionNumber).toList());
    }

    @Test
    void aGroupOfTheLatestVersionLaunchesFromItAndShowsItsNumber() {
        newVersion(null);
        world.desired(3);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 3);
        assertEquals("$Latest", world.group().launchTemplate().version());
        assertEquals("2", world.instances().get(2).launchTemplate().version());
        assertEquals(
                world.v2,
                world.aws
                        .ec2()
                        .describeInstances(request ->
                                request.instanceIds(world.instances().get(2).instanceId()))
                        .reservations()
                        .get(0)
                        .instances()
                        .get(0)
                        .imageId());
    }

    @Test
    void theSameClientTokenMakesOneVersion() {
        assertEquals(newVersion("token").versionNumber(), newVersion("token").versionNumber());
        assertEquals(2, versions().size());
        refused(
                "IdempotentParameterMismatch",
                () -> world.aws
                        .ec2()
                        .createLaunchTemplateVersion(
                                request -> request.launchTemplateName(TEMPLATE).clientToken("token")));
    }

    @Test
    void theDefaultVersionCannotBeDeleted() {
        newVersion(null);
        DeleteLaunchTemplateVersionsResponse deleted = world.aws
                .ec2()
                .deleteLaunchTemplateVersions(
                        request -> request.launchTemplateName(TEMPLATE).versions("1", "2", "9"));
        assertEquals(
                2, deleted.successfullyDeletedLaunchTemplateVersions().get(0).versionNumber());
        assertEquals(2, deleted.unsuccessfullyDeletedLaunchTemplateVersions().size());
        assertEquals(1, versions().size());
    }

    @Test
    void whatDoesNotExistIsNamed() {
        refused(
                "InvalidLaunchTemplateName.NotFoundException",
                () -> world.aws.ec2().describeLaunchTemplateVersions(request -> request.launchTemplateName("other")));
        refused(
                "InvalidLaunchTemplateId.NotFound",
                () -> world.aws.ec2().describeLaunchTemplates(request -> request.launchTemplateIds("lt-0")));
        refused("InvalidLaunchTemplateId.VersionNotFound", () -> versions("7"));
        refused(
                "InvalidLaunchTemplateName.AlreadyExistsException",
                () -> world.aws.ec2().createLaunchTemplate(request -> request.launchTemplateName(TEMPLATE)));
    }

    @Test
    void aGroupRefusesAVersionThatDoesNotExist() {
        AutoScalingException refusal = assertThrows(
                AutoScalingException.class,
                () -> world.aws
                        .autoScaling()
                        .updateAutoScalingGroup(request -> request.autoScalingGroupName(TestWorld.GROUP)
                                .launchTemplate(template ->
                                        template.launchTemplateName(TEMPLATE).version("7"))));
        assertEquals("ValidationError", refusal.awsErrorDetails().errorCode());
    }

    @Test
    void anImageCanBeNamedByAParameter() {
        world.aws.parameter("/images/web", world.v2);
        world.aws
                .ec2()
                .createLaunchTemplateVersion(request -> request.launchTemplateName(TEMPLATE)
                        .sourceVersion("1")
                        .launchTemplateData(data -> data.imageId("resolve:ssm:/images/web")));
        world.desired(3);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 3);
        assertTrue(world.aws.leftovers().stream()
                .anyMatch(left -> left.kind().equals("launch-template-version")
                        && left.creator().startsWith("CreateLaunchTemplateVersion, call ")));
    }
}
