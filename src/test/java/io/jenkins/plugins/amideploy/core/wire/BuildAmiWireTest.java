package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.NEW_AMI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.ami.Sweeper;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Images built over the wire. */
class BuildAmiWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Filter OURS =
            Filter.builder().name("tag-key").values("ami-deploy:deployment").build();

    private final List<Tick.Gate> gates = new ArrayList<>();

    private static Build image(boolean gated, String... parameters) {
        Map<String, String> all = new HashMap<>(Map.of("sourceAmi", NEW_AMI));
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return WIRE.image(all, gated);
    }

    private Build gated(String... parameters) {
        return image(true, parameters).withBlock(gate -> {
            gates.add(gate);
            return Optional.empty();
        });
    }

    private static Ec2Client ec2(String region) {
        return WIRE.aws().in(region).ec2();
    }

    private static Ec2Client ec2() {
        return WIRE.aws().ec2();
    }

    private static List<Image> images(String region) {
        return ec2(region).describeImages(r -> r.owners("self").filters(OURS)).images();
    }

    /** Instances, key pairs and security groups of builds. */
    private static Set<String> temporary() {
        Set<String> found = new TreeSet<>();
        ec2().describeInstances(r -> r.filters(
                        OURS,
                        Filter.builder()
                                .name("instance-state-name")
                                .values("pending", "running", "stopping", "stopped")
                                .build()))
                .reservations()
                .forEach(r -> r.instances().forEach(i -> found.add(i.instanceId())));
        ec2().describeKeyPairs().keyPairs().stream()
                .filter(key -> key.keyName().startsWith("ami-deploy"))
                .forEach(key -> found.add(key.keyName()));
        ec2().describeSecurityGroups(r -> r.filters(OURS))
                .securityGroups()
                .forEach(group -> found.add(group.groupId()));
        return found;
    }

    private static Map<String, String> tags(Image image) {
        return image.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> a, TreeMap::new));
    }

    @AfterEach
    void forgetImages() {
        if (!WIRE.moto().started()) {
            return;
        }
        for (String region : List.of("us-east-1", "eu-central-1", "us-west-2")) {
            images(region).forEach(image -> ec2(region).deregisterImage(r -> r.imageId(image.imageId())));
        }
    }

    @Test
    void anImageIsBuiltAndNothingElseIsLeft() {
        Map<String, Object> result = gated("name", "web-{build}", "family", "web", "tags", "team=shop")
                .succeed();

        Image image = images("us-east-1").get(0);
        assertEquals(image.imageId(), result.get("imageId"));
        assertEquals(Map.of("us-east-1", image.imageId()), result.get("images"));
        assertEquals(NEW_AMI, result.get("sourceAmi"));
        assertEquals(1, ((List<?>) result.get("snapshots")).size());
        assertTrue(image.name().matches("web-\\d+"), image.name());
        assertEquals("shop", tags(image).get("team"));
        assertEquals("web", tags(image).get("ami-deploy:family"));
        assertEquals(NEW_AMI, tags(image).get("ami-deploy:source"));
        assertTrue(tags(image).containsKey("ami-deploy:inputs"));
        assertEquals(Set.of(), temporary());
    }

    @Test
    void theBlockIsToldWhereTheInstanceIs() {
        Build build = gated();
        build.succeed();

        Tick.Gate gate = gates.get(0);
        assertTrue(gate.environment().get("AMI_BUILD_INSTANCE_ID").startsWith("i-"));
        assertEquals(
                gate.environment().get("AMI_BUILD_PUBLIC_IP"),
                gate.environment().get("AMI_BUILD_HOST"));
        assertEquals("ec2-user", gate.environment().get("AMI_BUILD_USER"));
        assertEquals(Map.of("AMI_BUILD_KEY_FILE", "ssh-key"), gate.secretFiles());
        assertTrue(build.secret("ssh-key").orElseThrow().startsWith("-----BEGIN PRIVATE KEY-----"));
    }

    @Test
    void aRestartBetweenAnyTwoTicksChangesNothing() {
        gated("commands", "dnf -y install nginx", "waitFor", "ssm")
                .restartingAllTheTime()
                .succeed();
        assertEquals(1, images("us-east-1").size());
        assertEquals(Set.of(), temporary());
    }

    @Test
    void commandsAreRunBySystemsManager() {
        Build build = image(false, "commands", "dnf -y install nginx\nsystemctl enable nginx");
        build.succeed();
        assertTrue(WIRE.moto().calls().actions().contains("ssm:SendCommand"), build::console);
        assertTrue(build.console().contains("The commands succeeded"), build::console);
    }

    @Test
    void theImageIsCopiedSharedAndDeprecated() {
        Map<String, Object> result = image(
                        false,
                        "copyTo",
                        "eu-central-1, us-west-2",
                        "shareWith",
                        "111122223333",
                        "deprecateAfter",
                        "30",
                        "imdsSupport",
                        "v2.0")
                .succeed();

        Map<?, ?> made = (Map<?, ?>) result.get("images");
        assertEquals(Set.of("us-east-1", "eu-central-1", "us-west-2"), made.keySet());
        for (Object region : made.keySet()) {
            String id = (String) made.get(region);
            Image image = ec2((String) region)
                    .describeImages(r -> r.imageIds(id))
                    .images()
                    .get(0);
            assertTrue(tags(image).containsKey("ami-deploy:inputs"), () -> region + ": " + image.tags());
            assertTrue(WIRE.moto().gaps().deprecations().containsKey(id), () -> region + " is not deprecated");
            var shared = ec2((String) region)
                    .describeImageAttribute(r -> r.imageId(id).attribute("launchPermission"))
                    .launchPermissions();
            assertEquals("111122223333", shared.get(0).userId());
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNothingIsMade() {
        Build build = image(
                false,
                "sourceAmi",
                "ami-0fffffffffffffff0",
                "subnetId",
                "subnet-0fffffffffffffff0",
                "keyName",
                "nobodys",
                "waitFor",
                "godot",
                "copyTo",
                "mars-north-1");
        Outcome.Failed failed = build.fails();
        for (String word : List.of("sourceAmi:", "subnetId:", "keyName:", "waitFor: 'godot'", "mars-north-1")) {
            assertTrue(failed.message().contains(word), () -> "no " + word + " in " + failed.message());
        }
        assertTrue(failed.message().endsWith("Nothing was made."), failed::message);
        new Aftermath(WIRE.operator()).onlyLooked(WIRE.moto().calls());
    }

    @Test
    void aNameThatIsTakenIsFoundBeforeAnythingIsMade() {
        image(false, "name", "taken").succeed();
        Outcome.Failed failed = image(false, "name", "taken").fails();
        assertTrue(failed.message().contains("name: 'taken' is taken by ami-"), failed::message);
    }

    @Test
    void nothingIsLeftWhenTheBlockFails() {
        Build build = image(true).withBlock(gate -> Optional.of("ansible-playbook returned 2"));
        Outcome.Failed failed = build.fails();
        assertTrue(failed.message().contains("ansible-playbook returned 2"), failed::message);
        assertTrue(failed.message().endsWith("Nothing of this build is left in AWS."), failed::message);
        assertEquals(Set.of(), temporary());
        assertEquals(List.of(), images("us-east-1"));
    }

    @Test
    void theSourceMayBeAParameterOrTheNewestThatFits() {
        WIRE.aws().ssm().putParameter(r -> r.name("/images/web").value(NEW_AMI).type("String"));
        assertEquals(
                NEW_AMI, image(false, "sourceAmi", "ssm:/images/web").succeed().get("sourceAmi"));
        String mine = (String) image(false, "name", "base 1").succeed().get("imageId");
        assertEquals(mine, image(false, "sourceAmi", "name=base*").succeed().get("sourceAmi"));
        assertTrue(
                image(false, "sourceAmi", "name=nothing*").fails().message().contains("no image in this region fits"));
    }

    @Test
    void anImageOfTheSameInputsIsReturnedInsteadOfBuiltAgain() {
        String[] parameters = {"skipIfExists", "true", "provisioningDigest", "a1b2"};
        Object first = image(false, parameters).succeed().get("imageId");
        WIRE.moto().calls().forget();
        assertEquals(first, image(false, parameters).succeed().get("imageId"));
        new Aftermath(WIRE.operator()).onlyLooked(WIRE.moto().calls());
        assertFalse(first.equals(image(false, "skipIfExists", "true", "provisioningDigest", "c3d4")
                .succeed()
                .get("imageId")));
    }

    @Test
    void onlyTheLatestAreKeptAndThoseInUse() {
        Object used = image(false, "name", "web 1", "family", "f").succeed().get("imageId");
        ec2().createLaunchTemplate(r -> r.launchTemplateName("uses").launchTemplateData(d -> d.imageId((String) used)));
        Object older = image(false, "name", "web 2", "family", "f").succeed().get("imageId");
        Object other = image(false, "name", "web 3", "family", "g").succeed().get("imageId");
        Build build = image(false, "name", "web 4", "family", "f", "keep", "1");
        Object latest = build.succeed().get("imageId");

        Set<Object> left = images("us-east-1").stream().map(Image::imageId).collect(Collectors.toSet());
        assertEquals(Set.of(used, other, latest), left);
        assertTrue(build.console().contains("Removed in us-east-1: " + older), build::console);
        assertTrue(build.console().contains("still used by launch template uses"), build::console);
    }

    @Test
    void aPlanChangesNothing() {
        Build build = image(false, "plan", "true", "keep", "1");
        assertEquals(true, build.succeed().get("plan"));
        assertTrue(build.console().contains("Nothing was made or removed"), build::console);
        new Aftermath(WIRE.operator()).onlyLooked(WIRE.moto().calls());
    }

    @Test
    void theSweeperRemovesWhatADeadControllerLeft() {
        Build build = gated();
        build.until(() -> !gates.isEmpty());
        build.die();
        assertEquals(3, temporary().size());
        Sweeper alive = new Sweeper(WIRE.aws(), "ci.example.org", owner -> true, WIRE.clock());
        assertEquals(List.of(), alive.sweep());
        Sweeper sweeper = new Sweeper(WIRE.aws(), "ci.example.org", owner -> false, WIRE.clock());
        List<String> lines = new ArrayList<>(sweeper.sweep());
        lines.addAll(sweeper.sweep());
        assertEquals(Set.of(), temporary(), lines::toString);
        assertEquals(List.of(), sweeper.sweep());
    }

    @Test
    void theImageCanBeDeployed() {
        String group = WIRE.operator().templateGroup(new Sizes(2, 2, 4));
        String ami = (String) gated().succeed().get("imageId");
        WIRE.rolling(group, Map.of("ami", ami)).succeed();
        new Aftermath(WIRE.operator()).everyInstanceRuns(ami, group, new Sizes(2, 2, 4));
    }
}
