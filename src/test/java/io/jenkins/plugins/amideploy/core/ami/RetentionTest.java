package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;

/** Only the latest images of a family are kept, and those that something uses. */
class RetentionTest {
    private final BuildStage stage = BuildStage.of(51).with("family", "web").with("keep", 2);
    private final Ec2Client operator = stage.aws.operator().ec2();

    /** An image of that age in days, finished by an earlier build. */
    private String image(String family, int age) {
        return stage.aws.registerImage(ImageSpec.of(family + " of " + age + " days", "x86_64")
                .age(Duration.ofDays(age))
                .tags(Map.of(Tags.FAMILY, family, Tags.INPUTS, "0" + age, Tags.ROLE, Tags.BUILD_ROLE)));
    }

    private Set<String> own() {
        return operator.describeImages(r -> r.owners("self")).images().stream()
                .map(Image::imageId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String template(String name, String image) {
        return operator.createLaunchTemplate(r -> r.launchTemplateName(name).launchTemplateData(d -> d.imageId(image)))
                .launchTemplate()
                .launchTemplateId();
    }

    private void version(String template, String image) {
        operator.createLaunchTemplateVersion(
                r -> r.launchTemplateId(template).launchTemplateData(d -> d.imageId(image)));
    }

    private String built() {
        Map<String, Object> result = ((Outcome.Succeeded) stage.play()).result();
        stage.aws.clock().advance(Duration.ofSeconds(5));
        return (String) result.get("imageId");
    }

    @Test
    void theLatestOfTheFamilyStayAndTheOthersGoWithTheirSnapshots() {
        String third = image("web", 30);
        String second = image("web", 20);
        String first = image("web", 10);
        String other = image("db", 40);
        Set<String> snapshots = Made.snapshots(stage.shown(BuildStage.HOME, third));
        assertEquals(1, snapshots.size());
        assertEquals(new TreeSet<>(Set.of(built(), first, other)), own(), stage::story);
        stage.tells("Removed in eu-west-1: " + second, "Removed in eu-west-1: " + third);
        Set<String> there = stage.aws.leftovers().stream().map(Leftover::id).collect(Collectors.toSet());
        assertTrue(snapshots.stream().noneMatch(there::contains), stage::story);
    }

    @Test
    void whateverIsInUseStaysAndItIsSaidByWhat() {
        image("web", 1);
        String instance = image("web", 11);
        operator.runInstances(
                r -> r.imageId(instance).instanceType("t3.small").minCount(1).maxCount(1));
        String latest = image("web", 12);
        String formerDefault = image("web", 13);
        version(template("moving", formerDefault), latest);
        String named = image("web", 14);
        String unnamed = image("web", 15);
        String newest = image("web", 16);
        stage.aws.createGroup(GroupSpec.of("pinned", named).version("1").sizes(0, 0, 2));
        String pinned = operator.describeLaunchTemplates().launchTemplates().stream()
                .filter(t -> !t.launchTemplateName().equals("moving"))
                .findFirst()
                .orElseThrow()
                .launchTemplateId();
        version(pinned, unnamed);
        version(pinned, newest);
        operator.modifyLaunchTemplate(r -> r.launchTemplateId(pinned).defaultVersion("3"));
        String configured = image("web", 17);
        stage.aws
                .operator()
                .autoScaling()
                .createLaunchConfiguration(r ->
                        r.launchConfigurationName("old").imageId(configured).instanceType("t3.small"));
        String made = built();
        stage.tells(
                "Kept in eu-west-1: " + instance + " ('web of 11 days'), still used by instance i-",
                latest + " ('web of 12 days'), still used by launch template moving version 2",
                formerDefault + " ('web of 13 days'), still used by launch template moving version 1",
                newest + " ('web of 16 days'), still used by launch template",
                configured + " ('web of 17 days'), still used by launch configuration old",
                "Removed in eu-west-1: " + unnamed);
        assertTrue(own().containsAll(List.of(made, instance, latest, formerDefault, named, newest, configured)));
        assertTrue(!own().contains(unnamed), stage::story);
    }

    @Test
    void whatAnotherBuildHasNotFinishedIsNeitherCountedNorRemoved() {
        String half = stage.aws.registerImage(
                ImageSpec.of("half-made", "x86_64").age(Duration.ofDays(3)).tags(Map.of(Tags.FAMILY, "web")));
        String first = image("web", 10);
        image("web", 20);
        assertEquals(new TreeSet<>(Set.of(built(), first, half)), own(), stage::story);
    }

    @Test
    void aMissingPermissionToRemoveDoesNotTakeTheNewImageAway() {
        image("web", 10);
        String older = image("web", 20);
        stage.aws.faults().deny("DeregisterImage");
        built();
        stage.tells("Kept in eu-west-1: " + older, "AWS refuses to deregister it");
    }

    @Test
    void aMissingPermissionToLookForUsersRemovesNothing() {
        image("web", 10);
        String older = image("web", 20);
        stage.aws.faults().deny("DescribeLaunchConfigurations");
        built();
        assertTrue(own().contains(older), stage::story);
        stage.tells("Older images of web in eu-west-1 are not removed");
    }

    @Test
    void copiesAreRemovedInTheirRegionsToo() {
        stage.with("copyTo", "eu-central-1").with("keep", 1);
        stage.succeeds();
        Map<String, Object> second = stage.again().succeeds();
        assertEquals(2, BuildStage.images(second).size());
    }
}
