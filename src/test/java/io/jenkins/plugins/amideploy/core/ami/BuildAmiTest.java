package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.simulator.CallLog;
import io.jenkins.plugins.amideploy.core.simulator.Guest;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.ScriptRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;

/** What a build of an image does when nothing goes wrong. */
class BuildAmiTest {
    private final BuildStage stage = BuildStage.of(11);

    private List<String> operations() {
        return stage.aws.calls().calls().stream()
                .filter(call -> call.outcome().equals("OK"))
                .map(CallLog.Call::operation)
                .toList();
    }

    private Instance builder() {
        return stage.aws
                .operator()
                .ec2()
                .describeInstances(r -> r.instanceIds(stage.saved().get("instance")))
                .reservations()
                .get(0)
                .instances()
                .get(0);
    }

    @Test
    void anImageIsMadeOfAnInstanceThatTheBlockProvisions() {
        stage.gated().with("family", "web").with("tags", "team=shop");
        Map<String, Object> result = stage.succeeds();
        String image = (String) result.get("imageId");
        assertEquals(Map.of(BuildStage.HOME, image), result.get("images"));
        assertEquals(stage.source, result.get("sourceAmi"));
        assertTrue(((String) result.get("name")).matches("web-1-\\d{14}"), () -> "" + result);
        assertEquals(1, ((List<?>) result.get("snapshots")).size());
        assertTrue((Long) result.get("seconds") > 60, () -> "" + result);
        Map<String, String> tags = stage.tags(image);
        assertEquals("shop", tags.get("team"));
        assertEquals("web", tags.get("ami-deploy:family"));
        assertEquals(stage.source, tags.get("ami-deploy:source"));
        assertEquals(1, Collections.frequency(operations(), "RunInstances"));
        assertEquals(1, Collections.frequency(operations(), "CreateImage"));
    }

    @Test
    void theBlockIsToldWhereTheInstanceIsAndHowToLogIn() {
        stage.gated().with("associatePublicIp", "true").with("sshUser", "admin").succeeds();
        Tick.Gate gate = stage.gates.get(0);
        Map<String, String> environment = gate.environment();
        assertEquals("provision", gate.name());
        assertEquals(Map.of("AMI_BUILD_KEY_FILE", "ssh-key"), gate.secretFiles());
        assertTrue(environment.get("AMI_BUILD_INSTANCE_ID").startsWith("i-"));
        assertEquals(environment.get("AMI_BUILD_PUBLIC_IP"), environment.get("AMI_BUILD_HOST"));
        assertTrue(environment.get("AMI_BUILD_PRIVATE_IP").matches("[\\d.]+"));
        assertEquals("admin", environment.get("AMI_BUILD_USER"));
    }

    @Test
    void theTemporarySecurityGroupLetsInNobodyButTheMachineOfTheBlock() {
        stage.gated().with("associatePublicIp", "true").untilPhase(BuildState.Phase.BLOCK);
        var rules = stage.aws
                .operator()
                .ec2()
                .describeSecurityGroups(r -> r.groupIds(stage.saved().get("group")))
                .securityGroups()
                .get(0)
                .ipPermissions();
        assertEquals(1, rules.size());
        assertEquals(22, rules.get(0).fromPort());
        assertEquals("198.51.100.7/32", rules.get(0).ipRanges().get(0).cidrIp());
        stage.succeeds();
    }

    @Test
    void anInstanceWithoutPublicAddressIsReachedByItsPrivateOne() {
        stage.gated().with("associatePublicIp", "false").succeeds();
        Map<String, String> environment = stage.gates.get(0).environment();
        assertEquals("", environment.get("AMI_BUILD_PUBLIC_IP"));
        assertEquals(environment.get("AMI_BUILD_PRIVATE_IP"), environment.get("AMI_BUILD_HOST"));
        stage.tells("lets 192.168.7.7/32 in to port 22");
    }

    @Test
    void aBlockThatNoAgentSurroundsWaitsForTheStatusChecks() {
        stage.gated().withoutMachine().succeeds();
        stage.tells("passes both of EC2's status checks", "lets nobody in");
    }

    @Test
    void withoutABlockThereIsNoKeyPair() {
        stage.succeeds();
        assertTrue(!operations().contains("ImportKeyPair"), stage::story);
    }

    @Test
    void theInstanceIsLaunchedAsAskedFor() {
        stage.with("instanceType", "m6i.large")
                .with("rootVolumeSize", 20)
                .with("encrypted", "true")
                .with("runTags", "cost=images\nteam=shop")
                .with("userData", "#!/bin/sh\ntrue")
                .untilPhase(BuildState.Phase.READY);
        Instance instance = builder();
        assertEquals("m6i.large", instance.instanceTypeAsString());
        assertEquals("required", instance.metadataOptions().httpTokensAsString());
        Map<String, String> tags = Tags.map(instance.tags());
        assertEquals("images", tags.get("cost"));
        assertEquals("web/image 1", tags.get("ami-deploy:build"));
        stage.succeeds();
    }

    @Test
    void commandsRunAndEachLineOfTheirOutputIsShownOnce() {
        List<String> scripts = new ArrayList<>();
        String output = "Installing nginx\nConfiguring\nDone\n";
        BuildStage own = BuildStage.of(12, Guest.working().withCommands(script -> {
            scripts.add(script);
            return ScriptRun.succeeds(Duration.ofMinutes(2), output);
        }));
        own.with("commands", "dnf -y install nginx\nsystemctl enable nginx").succeeds();
        assertEquals(List.of("set -e\ndnf -y install nginx\nsystemctl enable nginx"), scripts);
        for (String line : output.split("\n")) {
            long shown = String.join("\n", own.console)
                    .lines()
                    .filter(l -> l.contains("| " + line))
                    .count();
            assertEquals(1, shown, () -> line + " in\n" + own.story());
        }
        own.tells("The commands succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "ssm"})
    void userDataIsAwaitedToItsEnd(String waitFor) {
        BuildStage own = BuildStage.of(13, Guest.working().withUserData(Duration.ofMinutes(6), Guest.Ending.DONE));
        own.with("userData", "#!/bin/sh\ninstall").with("waitFor", waitFor);
        assertTrue((Long) own.succeeds().get("seconds") > 360, own::story);
        own.tells("The user data has ended well");
    }

    @Test
    void whatIsProvisionedInSeveralWaysIsProvisionedInThatOrder() {
        stage.gated()
                .with("userData", "#!/bin/sh\ntrue")
                .with("commands", "true")
                .succeeds();
        String story = stage.story();
        int data = story.indexOf("The user data has ended well");
        int commands = story.indexOf("The commands succeeded");
        int block = story.indexOf("The block provisions");
        assertTrue(0 < data && data < commands && commands < block, stage::story);
    }

    @Test
    void theInstanceIsStoppedBeforeItsImageUnlessItMustNotBe() {
        stage.succeeds();
        assertTrue(operations().contains("StopInstances"));
        BuildStage other = BuildStage.of(14).with("noReboot", "true");
        other.succeeds();
        assertTrue(other.aws.calls().calls().stream()
                .noneMatch(call -> call.operation().equals("StopInstances")));
    }

    @Test
    void aSpotInstanceIsNotStopped() {
        stage.with("spot", "true").succeeds();
        assertTrue(!operations().contains("StopInstances"), stage::story);
    }

    @Test
    void theImageIsCopiedInParallelAndSharedEverywhere() {
        stage.with("copyTo", "eu-central-1, us-east-1=arn:aws:kms:us-east-1:123456789012:key/k1")
                .with("shareWith", "111122223333")
                .with("deprecateAfter", 30)
                .with("imdsSupport", "v2.0");
        Map<String, Object> result = stage.succeeds();
        Map<?, ?> images = (Map<?, ?>) result.get("images");
        assertEquals(Set.of("eu-west-1", "eu-central-1", "us-east-1"), images.keySet());
        for (Object region : images.keySet()) {
            Image image = stage.shown((String) region, (String) images.get(region));
            assertEquals("available", image.stateAsString());
            assertEquals("v2.0", image.imdsSupportAsString());
            assertTrue(image.deprecationTime().startsWith("2026-02-04"), image.deprecationTime());
            assertTrue(Tags.map(image.tags()).containsKey(Tags.INPUTS), () -> region + " is not marked as finished");
        }
        String story = stage.story();
        assertTrue(
                story.indexOf("being made in us-east-1") < story.indexOf("in eu-central-1 is available"), stage::story);
    }

    @Test
    void theSourceMayBeAParameterOrAFilter() {
        String newer = stage.aws.registerImage(
                ImageSpec.of("al2023-ami-2023.2", "x86_64").amazon());
        stage.aws.registerImage(ImageSpec.of("al2023-ami-2023.3", "arm64").amazon());
        stage.aws.parameter("/aws/service/ami-amazon-linux-latest/al2023", stage.source);
        stage.with("sourceAmi", "ssm:/aws/service/ami-amazon-linux-latest/al2023");
        assertEquals(stage.source, stage.succeeds().get("sourceAmi"));
        BuildStage other = BuildStage.of(15);
        other.aws.registerImage(
                ImageSpec.of("al2023-ami-2023.0", "x86_64").amazon().age(Duration.ofDays(90)));
        other.with("sourceAmi", "name=al2023-ami-2023*, owners=amazon, architecture=x86_64");
        assertEquals(other.source, other.succeeds().get("sourceAmi"));
        other.tells("Source: " + other.source + " ('al2023-ami-2023.1'), the newest of");
        assertNotEquals(newer, other.source);
    }

    @Test
    void anArmSourceIsBuiltOnAnArmInstance() {
        String arm = stage.aws.registerImage(ImageSpec.of("arm", "arm64").amazon());
        stage.with("sourceAmi", arm).untilPhase(BuildState.Phase.READY);
        assertEquals("t4g.small", builder().instanceTypeAsString());
        stage.succeeds();
    }

    @Test
    void anImageOfTheSameInputsIsReturnedInsteadOfBuiltAgain() {
        stage.with("skipIfExists", "true").with("provisioningDigest", "a1");
        String first = stage.image();
        int calls = stage.aws.calls().total();
        Map<String, Object> second = assertSucceeds(stage.again());
        assertEquals(first, second.get("imageId"));
        assertEquals(0L, second.get("seconds"));
        assertTrue(stage.aws.calls().total() - calls < 10, stage::story);
        Map<String, Object> third = assertSucceeds(stage.again().with("provisioningDigest", "a2"));
        assertNotEquals(first, third.get("imageId"));
    }

    private static Map<String, Object> assertSucceeds(BuildStage stage) {
        return ((Outcome.Succeeded) stage.play()).result();
    }

    @Test
    void aPlanTellsWhatWouldBeMadeAndRemovedAndChangesNothing() {
        stage.with("family", "web");
        String older = stage.image();
        List<String> before = operations();
        stage.again().with("plan", "true").with("keep", 1).gated();
        Map<String, Object> result = assertSucceeds(stage);
        assertEquals(Map.of(BuildStage.HOME, List.of(older)), result.get("remove"));
        stage.tells(
                "Would remove in eu-west-1: " + older, "a key pair, a security group", "Nothing was made or removed");
        List<String> since = operations().subList(before.size(), operations().size());
        assertTrue(since.stream().allMatch(o -> o.startsWith("Describe") || o.startsWith("Get")), since::toString);
    }

    @Test
    void aBuildCostsFewCalls() {
        stage.gated().succeeds();
        assertTrue(stage.aws.calls().total() < 90, () -> stage.aws.calls().counts() + "\n" + stage.story());
    }

    @Test
    void noLineIsSaidTwice() {
        stage.gated().with("copyTo", "eu-central-1").with("commands", "true").succeeds();
        List<String> texts =
                stage.console.stream().map(line -> line.substring(9).strip()).toList();
        assertEquals(texts.size(), Set.copyOf(texts).size(), stage::story);
    }
}
