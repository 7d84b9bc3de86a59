package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** What the sweeper takes, and what it never does. */
class SweeperTest {
    private final BuildStage stage = BuildStage.of(61).gated().with("copyTo", "eu-central-1");

    private List<String> sweep(String controller, Predicate<Owner> live) {
        List<String> lines = new ArrayList<>();
        for (int run = 0; run < 6; run++) {
            lines.addAll(new Sweeper(Rehearsal.session(stage.aws), controller, live, stage.aws.clock()).sweep());
            stage.aws.clock().advance(Duration.ofMinutes(2));
        }
        return lines;
    }

    /** What is there, but for the instance, which is being terminated by then. */
    private Set<String> kinds() {
        return stage.left().stream()
                .map(Leftover::kind)
                .filter(kind -> !kind.equals("volume") && !kind.equals("instance"))
                .collect(Collectors.toSet());
    }

    @Test
    void aLiveBuildIsNeverTouched() {
        stage.until(() -> stage.saved().containsKey("copy.eu-central-1"));
        Set<String> before = kinds();
        assertEquals(
                List.of(),
                sweep(BuildStage.CONTROLLER, owner -> owner.deployment().equals("d1")));
        assertEquals(before, kinds());
        stage.succeeds();
    }

    @Test
    void anotherControllersBuildIsNeverTouched() {
        stage.untilPhase(BuildState.Phase.BLOCK);
        assertEquals(List.of(), sweep("https://other.example.org/", owner -> false));
        stage.succeeds();
    }

    @Test
    void aFinishedImageAndItsSnapshotsAreNeverTouched() {
        Set<String> images = BuildStage.images(stage.succeeds());
        assertEquals(List.of(), sweep(BuildStage.CONTROLLER, owner -> false));
        stage.aws.clock().advance(Duration.ofDays(3));
        assertEquals(List.of(), sweep(BuildStage.CONTROLLER, owner -> false));
        assertEquals(
                images,
                stage.left().stream()
                        .filter(one -> one.kind().equals("image"))
                        .map(Leftover::id)
                        .collect(Collectors.toSet()));
    }

    @Test
    void anInstanceThatServesIsNeverTouchedWhateverItsTags() {
        stage.aws
                .operator()
                .ec2()
                .runInstances(r -> r.imageId(stage.source)
                        .instanceType("t3.small")
                        .minCount(1)
                        .maxCount(1)
                        .tagSpecifications(Tags.on(
                                ResourceType.INSTANCE, new Owner(BuildStage.CONTROLLER, "web/deploy 1", "d9").tags())));
        assertEquals(List.of(), sweep(BuildStage.CONTROLLER, owner -> false));
    }

    @Test
    void aDeadBuildsThingsGoAndEachIsTold() {
        stage.until(() -> stage.saved().containsKey("copy.eu-central-1"));
        String text = String.join("\n", sweep(BuildStage.CONTROLLER, owner -> false));
        for (String word : List.of(
                "is half-made; the next run removes it",
                "Removed image ",
                " in eu-central-1, left by " + "web/image 1",
                "Removed snapshot",
                "Removed key pair ami-deploy-d1",
                "Removed security group")) {
            assertTrue(text.contains(word), () -> "no '" + word + "' in\n" + text);
        }
        stage.assertNothingElseIsLeft(Set.of());
    }

    @Test
    void aSnapshotWhoseImageWasRemovedToKeepTheLatestGoesToo() {
        Map<String, String> tags = Map.of(
                Tags.CONTROLLER, BuildStage.CONTROLLER,
                Tags.DEPLOYMENT, "d0",
                Tags.ROLE, Tags.BUILD_ROLE,
                Tags.INPUTS, "1",
                Tags.FAMILY, "web-image");
        String old = stage.aws.registerImage(
                ImageSpec.of("old", "x86_64").age(Duration.ofDays(9)).tags(tags));
        String snapshot =
                Made.snapshots(stage.shown(BuildStage.HOME, old)).iterator().next();
        var operator = stage.aws.operator().ec2();
        operator.createTags(r -> r.resources(snapshot).tags(Tags.list(tags)));
        operator.deregisterImage(r -> r.imageId(old));
        assertEquals(List.of(), sweep(BuildStage.CONTROLLER, owner -> false), "its owner may want it");
        operator.createTags(r -> r.resources(snapshot).tags(Tags.list(Map.of(Tags.RETIRED, "yes"))));
        assertTrue(sweep(BuildStage.CONTROLLER, owner -> false).get(0).startsWith("Removed snapshot " + snapshot));
    }
}
