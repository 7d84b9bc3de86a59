package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** Hosted zones and their records. */
class RecordTest {
    private final SimulatedAws aws = new TestWorld().aws;
    private final String zone = aws.dns().zone("example.org");

    private static ResourceRecordSet cname(String name, String to) {
        return ResourceRecordSet.builder()
                .name(name + ".")
                .type(RRType.CNAME)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value(to).build())
                .build();
    }

    private static ResourceRecordSet weighted(String name, String id, long weight) {
        return cname(name, id + ".example.com").toBuilder()
                .setIdentifier(id)
                .weight(weight)
                .build();
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }

    private String apply(Change... changes) {
        return aws.route53()
                .changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(batch -> batch.changes(changes)))
                .changeInfo()
                .id();
    }

    private List<String> refused(Change... changes) {
        InvalidChangeBatchException refusal =
                assertThrows(InvalidChangeBatchException.class, () -> apply(changes), Arrays.toString(changes));
        assertEquals("InvalidChangeBatch", refusal.awsErrorDetails().errorCode());
        return refusal.messages();
    }

    private List<ResourceRecordSet> records() {
        return aws.route53().listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets();
    }

    @Test
    void aChangeIsListedAtOnceAndPendingUntilAllNameServersHaveIt() {
        String id = apply(change(ChangeAction.CREATE, cname("www.example.org", "one.example.com")));
        assertEquals(List.of(cname("www.example.org", "one.example.com")), records());
        assertEquals(
                ChangeStatus.PENDING,
                aws.route53().getChange(r -> r.id(id)).changeInfo().status());
        aws.clock().advance(Duration.ofSeconds(70));
        assertEquals(
                ChangeStatus.INSYNC,
                aws.route53().getChange(r -> r.id(id)).changeInfo().status());
    }

    @Test
    void aBatchIsMadeAsAWholeOrNotAtAll() {
        apply(change(ChangeAction.CREATE, cname("www.example.org", "one.example.com")));
        List<String> messages = refused(
                change(ChangeAction.CREATE, cname("a.example.org", "one.example.com")),
                change(ChangeAction.DELETE, cname("b.example.org", "one.example.com")));
        assertEquals(
                List.of(
                        "Tried to delete resource record set [name='b.example.org.', type='CNAME'] but it was not found"),
                messages);
        assertEquals(1, records().size());
        apply(
                change(ChangeAction.DELETE, cname("www.example.org", "one.example.com")),
                change(ChangeAction.CREATE, weighted("www.example.org", "one", 100)),
                change(ChangeAction.CREATE, weighted("www.example.org", "two", 0)));
        assertEquals(2, records().size());
    }

    @Test
    void aDeletionGivesAllTheValues() {
        apply(change(ChangeAction.CREATE, cname("www.example.org", "one.example.com")));
        assertEquals(
                List.of("Tried to delete resource record set [name='www.example.org.', type='CNAME']"
                        + " but the values provided do not match the current values"),
                refused(change(ChangeAction.DELETE, cname("www.example.org", "two.example.com"))));
    }

    @Test
    void aSimpleRecordAndAWeightedOneExcludeEachOther() {
        apply(change(ChangeAction.CREATE, cname("www.example.org", "one.example.com")));
        assertEquals(
                List.of("RRSet with DNS name www.example.org., type CNAME, SetIdentifier two cannot be created as a"
                        + " non-weighted set exists with the same name and type."),
                refused(change(ChangeAction.CREATE, weighted("www.example.org", "two", 1))));
        apply(change(ChangeAction.CREATE, weighted("api.example.org", "one", 1)));
        assertEquals(
                List.of(
                        "RRSet with DNS name api.example.org., type CNAME cannot be created as other RRSets exist with the"
                                + " same name and type."),
                refused(change(ChangeAction.UPSERT, cname("api.example.org", "one.example.com"))));
    }

    @Test
    void weightedRecordsShareTheirTimeToLive() {
        apply(change(ChangeAction.CREATE, weighted("www.example.org", "one", 1)));
        ResourceRecordSet other =
                weighted("www.example.org", "two", 1).toBuilder().ttl(300L).build();
        assertTrue(refused(change(ChangeAction.CREATE, other)).get(0).contains("must contain the same TTL"));
    }

    @Test
    void aCnameHasItsNameAloneAndIsNotAtTheApex() {
        ResourceRecordSet address = ResourceRecordSet.builder()
                .name("www.example.org.")
                .type(RRType.A)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value("192.0.2.1").build())
                .build();
        apply(change(ChangeAction.CREATE, address));
        assertTrue(refused(change(ChangeAction.CREATE, cname("www.example.org", "one.example.com")))
                .get(0)
                .contains("a conflicting RRSet of type A"));
        assertTrue(refused(change(ChangeAction.CREATE, cname("example.org", "one.example.com")))
                .get(0)
                .contains("is not permitted at apex"));
    }

    @Test
    void anAliasNamesALoadBalancerThatThereIs() {
        ResourceRecordSet alias = ResourceRecordSet.builder()
                .name("www.example.org.")
                .type(RRType.A)
                .aliasTarget(target -> target.dnsName("none-1.eu-west-1.elb.amazonaws.com")
                        .hostedZoneId("Z32O12XQLNTSW2")
                        .evaluateTargetHealth(false))
                .build();
        assertTrue(refused(change(ChangeAction.CREATE, alias)).get(0).endsWith("but that target was not found"));
    }

    @Test
    void aBusyZoneRefusesForAWhile() {
        aws.dns().busy(1);
        Change change = change(ChangeAction.CREATE, cname("www.example.org", "one.example.com"));
        Route53Exception refusal = assertThrows(PriorRequestNotCompleteException.class, () -> apply(change));
        assertEquals("PriorRequestNotComplete", refusal.awsErrorDetails().errorCode());
        apply(change);
    }

    @Test
    void recordsAreListedByTheirLabelsFromTheLast() {
        apply(
                change(ChangeAction.CREATE, cname("b.example.org", "one.example.com")),
                change(ChangeAction.CREATE, cname("z.a.example.org", "one.example.com")),
                change(ChangeAction.CREATE, cname("a.example.org", "one.example.com")));
        assertEquals(
                List.of("a.example.org.", "z.a.example.org.", "b.example.org."),
                records().stream().map(ResourceRecordSet::name).toList());
        var page =
                aws.route53().listResourceRecordSets(r -> r.hostedZoneId(zone).maxItems("2"));
        assertTrue(page.isTruncated());
        assertEquals("b.example.org.", page.nextRecordName());
        assertEquals(
                List.of("b.example.org."),
                aws
                        .route53()
                        .listResourceRecordSets(r -> r.hostedZoneId(zone).startRecordName("b.example.org"))
                        .resourceRecordSets()
                        .stream()
                        .map(ResourceRecordSet::name)
                        .toList());
    }

    @Test
    void zonesAreFoundByNameAndById() {
        aws.dns().privateZone("example.org");
        aws.dns().zone("example.net");
        List<HostedZone> found = aws.route53()
                .listHostedZonesByName(r -> r.dnsName("example.org"))
                .hostedZones();
        assertEquals(
                List.of("example.org.", "example.org."),
                found.stream().map(HostedZone::name).toList());
        assertEquals(1, found.stream().filter(z -> z.config().privateZone()).count());
        assertEquals(
                "example.org.",
                aws.route53().getHostedZone(r -> r.id(zone)).hostedZone().name());
        assertThrows(NoSuchHostedZoneException.class, () -> aws.route53().getHostedZone(r -> r.id("ZNONE")));
    }
}
