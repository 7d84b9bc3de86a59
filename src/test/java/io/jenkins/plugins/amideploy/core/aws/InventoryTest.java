package io.jenkins.plugins.amideploy.core.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class InventoryTest {
    private final SimulatedAws aws = new SimulatedAws(7, Behaviour.immediate(), SimulatedClock.virtual());
    private final AwsSession session = Rehearsal.session(aws);

    private String image(String name, int days) {
        return aws.registerImage(ImageSpec.of(name, "arm64").age(Duration.ofDays(days)));
    }

    private static List<String> ids(List<InventoryEntry> entries) {
        return entries.stream().map(InventoryEntry::id).toList();
    }

    @Test
    void ownImagesComeTheNewestFirst() {
        String middle = image("web 2", 2);
        String oldest = image("web 1", 3);
        String newest = image("web 3", 1);
        aws.registerImage(ImageSpec.of("al2023", "arm64").amazon());
        assertEquals(List.of(newest, middle, oldest), ids(Inventory.images(session)));
        String about = Inventory.images(session).get(0).about();
        assertTrue(about.matches("web 3, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d, arm64"), about);
    }

    @Test
    void imageOfOthersIsFoundByItsId() {
        String amazons = aws.registerImage(ImageSpec.of("al2023", "arm64").amazon());
        assertTrue(Inventory.image(session, amazons).orElseThrow().good());
        assertTrue(Inventory.image(session, "ami-0fffffffffffffff0").isEmpty());
        assertTrue(Inventory.image(session, "ami-web").isEmpty());
    }

    @Test
    void groupsOfAllPagesAreListedByName() {
        String image = image("web", 1);
        IntStream.range(0, 130)
                .forEach(i -> aws.createGroup(
                        GroupSpec.of("g%03d".formatted(i), image).sizes(0, 0, 1)));
        List<String> ids = ids(Inventory.groups(session));
        assertEquals(130, ids.size());
        assertEquals("g000", ids.get(0));
        assertEquals("g129", ids.get(129));
    }

    @Test
    void oneOfAPairOfGroupsIsEnough() {
        aws.createGroup(GroupSpec.of("web-blue", image("web", 1)).sizes(0, 0, 1));
        assertEquals(
                "web-blue",
                Inventory.group(session, List.of("web", "web-blue"))
                        .orElseThrow()
                        .id());
        assertTrue(Inventory.group(session, List.of("web")).isEmpty());
    }

    @Test
    void stacksAreListedWithTheirParameters() {
        assertEquals(List.of(), Inventory.stacks(session));
        Parameter parameter = Parameter.builder()
                .parameterKey("Image")
                .parameterValue(image("web", 1))
                .build();
        aws.operator()
                .cloudFormation()
                .createStack(r -> r.stackName("web").templateBody("""
                        Parameters:
                          Image:
                            Type: String
                        Resources:
                          Template:
                            Type: AWS::EC2::LaunchTemplate
                            Properties:
                              LaunchTemplateData:
                                ImageId: !Ref Image
                        """).parameters(parameter));
        aws.clock().advance(Duration.ofMinutes(5));
        assertEquals(List.of("web"), ids(Inventory.stacks(session)));
        assertEquals(List.of("Image"), ids(Inventory.stackParameters(session, "web")));
        assertEquals(List.of(), Inventory.stackParameters(session, "other"));
        assertTrue(Inventory.stack(session, "other").isEmpty());
        assertTrue(Inventory.stack(session, "web").isPresent());
    }

    @Test
    void networkIsListedByWhatPeopleKnowItBy() {
        assertEquals(3, Inventory.subnets(session).size());
        assertTrue(Inventory.subnets(session).get(0).about().contains("eu-west-1a"));
        assertEquals(List.of(), Inventory.keyPairs(session));
    }

    @Test
    void balancersAndTargetGroupsAreListed() {
        String targets = aws.createTargetGroup(TargetGroupSpec.named("web"));
        assertEquals(List.of(targets), ids(TrafficInventory.targetGroups(session)));
        assertTrue(TrafficInventory.targetGroups(session).get(0).about().startsWith("web"));
        assertEquals(1, TrafficInventory.loadBalancers(session).size());
        assertEquals(List.of(), TrafficInventory.recordNames(session, ""));
    }

    @Test
    void zonesAndTheNamesInThemAreListed() {
        String zone = aws.dns().zone("example.org");
        for (int i = 0; i < 120; i++) {
            aws.dns().zone("z" + i + ".example.net");
        }
        aws.dns().record(zone, record("www.example.org", RRType.CNAME, "web.example.com"));
        aws.dns().record(zone, record("example.org", RRType.TXT, "\"hello\""));

        assertEquals(121, TrafficInventory.hostedZones(session).size());
        assertEquals(zone, TrafficInventory.hostedZones(session).get(0).id());
        for (String given : List.of(zone, "example.org")) {
            assertEquals(
                    List.of("www.example.org."),
                    TrafficInventory.recordNames(session, given).stream()
                            .map(InventoryEntry::id)
                            .toList());
        }
        assertEquals(List.of(), TrafficInventory.recordNames(session, "example.com"));
    }

    private static ResourceRecordSet record(String name, RRType type, String value) {
        return ResourceRecordSet.builder()
                .name(name)
                .type(type)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build();
    }
}
