package io.jenkins.plugins.amideploy.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Visitors divided by weighted records. */
class DnsSplitTest {
    private final List<Object> seen = new ArrayList<>();

    private static Crossing to(TwoSides sides, int percent) {
        return new Crossing(sides::dns).then(Split::prepare).then(split -> split.move(percent));
    }

    @ParameterizedTest
    @EnumSource(TwoSides.Form.class)
    void theRecordKeepsItsFormAndNobodyIsRefused(TwoSides.Form form) {
        TwoSides sides = TwoSides.with(21, form);
        Outcome outcome = sides.play(new Crossing(sides::dns)
                .look(Split::where, seen)
                .then(Split::prepare)
                .look(Split::where, seen)
                .then(split -> split.move(50))
                .settle()
                .look(Split::where, seen)
                .look(split -> sides.visitors().share(sides.green.dnsName()) > 0, seen)
                .then(split -> split.move(100))
                .settle()
                .then(Split::finish)
                .look(Split::where, seen));
        sides.assertSucceeded(outcome);
        assertEquals(
                List.of(
                        new Position(Form.BEFORE, 0, ""),
                        new Position(Form.SPLIT, 0, ""),
                        new Position(Form.SPLIT, 50, ""),
                        true,
                        new Position(Form.AFTER, 100, "")),
                seen);
        sides.assertRecordsOfGreen();
        sides.aws.clock().advance(Duration.ofMinutes(30));
        assertEquals(1.0, sides.visitors().share(sides.green.dnsName()), 1e-9);
        sides.assertNobodyRefused();
    }

    @Test
    void aMoveIsSettledOnlyWhenAllNameServersHaveItAndTheTimeToLiveIsOver() {
        TwoSides sides = TwoSides.with(22, TwoSides.Form.CNAME);
        sides.aws.dns().propagation(Span.seconds(40, 40));
        sides.assertSucceeded(sides.play(to(sides, 50)
                .also(at -> seen.add(at.now()))
                .look(Split::settled, seen)
                .settle()
                .also(at -> seen.add(at.now()))));
        assertEquals(false, seen.get(1));
        long waited = Duration.between((java.time.Instant) seen.get(0), (java.time.Instant) seen.get(2))
                .toSeconds();
        assertTrue(waited >= 110 && waited <= 140, () -> waited + "\n" + sides.story());
    }

    @Test
    void eachMoveIsToldOnce() {
        TwoSides sides = TwoSides.with(23, TwoSides.Form.BOTH_ALIASES);
        sides.assertSucceeded(sides.play(to(sides, 50)));
        assertEquals(
                1,
                sides.console.stream()
                        .filter(line -> line.contains("www.example.org: 50 % of new visitors"))
                        .count(),
                sides::story);
    }

    @Test
    void theWayBackLeavesNothing() {
        TwoSides sides = TwoSides.with(24, TwoSides.Form.WEIGHTED);
        sides.assertSucceeded(
                sides.play(to(sides, 50).settle().then(Split::undo).settle()));
        sides.assertRecordsAsBefore();
        sides.assertNobodyRefused();
    }

    @Test
    void nothingIsWrittenWhereNothingWasToBeUndone() {
        TwoSides sides = TwoSides.with(25, TwoSides.Form.ALIAS);
        sides.assertSucceeded(sides.play(new Crossing(sides::dns).then(Split::undo)));
        assertEquals(0, sides.aws.calls().total());
    }

    @Test
    void aBusyZoneIsWaitedOut() {
        TwoSides sides = TwoSides.with(26, TwoSides.Form.ALIAS);
        sides.aws.dns().busy(3);
        sides.assertSucceeded(sides.play(to(sides, 50)));
        assertEquals(2, sides.records().size());
    }

    /** By a deployment that has nothing of what the one before it had saved. */
    @ParameterizedTest
    @EnumSource(TwoSides.Form.class)
    void whatAnotherDeploymentLeftIsUndone(TwoSides.Form form) {
        TwoSides sides = TwoSides.with(37, form);
        sides.assertSucceeded(sides.play(to(sides, 50)));
        Crossing heir = new Crossing(at -> new DnsSplit(
                at,
                "d1",
                new DnsRecord("example.org", TwoSides.NAME, ""),
                sides.blueEnd(),
                Optional.of(sides.greenEnd())));
        sides.assertSucceeded(
                sides.play(sides.rehearsal("d2", heir.then(Split::undo).settle())));
        sides.assertRecordsAsBefore();
        sides.assertNobodyRefused();
    }

    // ---- somebody else's hand

    @Test
    void someoneElsesWeightsAreSeen() {
        TwoSides sides = TwoSides.with(27, TwoSides.Form.ALIAS);
        sides.assertSucceeded(sides.play(to(sides, 50)
                .also(at -> sides.edit(
                        ChangeAction.UPSERT,
                        sides.records().get(0).toBuilder().weight(0L).build()))
                .look(Split::where, seen)));
        Position position = (Position) seen.get(0);
        assertTrue(position.isEdited());
        assertTrue(
                position.edited().contains("100 % to the new side, where this deployment had set 50 %"),
                position::edited);
    }

    @Test
    void aThirdEntryStopsTheMoveAndStaysWhenItIsUndone() {
        TwoSides sides = TwoSides.with(28, TwoSides.Form.ALIAS);
        ResourceRecordSet third = sides.alias(RRType.A).toBuilder()
                .setIdentifier("third")
                .weight(5L)
                .aliasTarget(target -> target.dnsName(sides.green.dnsName() + ".")
                        .hostedZoneId(sides.green.canonicalHostedZoneId())
                        .evaluateTargetHealth(false))
                .build();
        Outcome outcome = sides.play(
                to(sides, 50).also(at -> sides.edit(ChangeAction.CREATE, third)).then(split -> split.move(100)));
        Outcome.Failed failed = (Outcome.Failed) outcome;
        assertTrue(
                failed.trouble().text().contains("Somebody has changed the records of www.example.org"), sides::story);
        assertTrue(sides.records().contains(third), sides::story);
        assertEquals(2, sides.records().size(), sides::story);
        assertTrue(sides.records().stream().noneMatch(set -> set.setIdentifier().endsWith(":green")), sides::story);
    }

    @Test
    void aRecordThatSomebodyDeletedIsNotMadeAgain() {
        TwoSides sides = new TwoSides(29);
        sides.record(TwoSides.Form.ALIAS);
        sides.assertSucceeded(sides.play(to(sides, 50)
                .also(at -> sides.records().forEach(set -> sides.edit(ChangeAction.DELETE, set)))
                .then(Split::undo)));
        assertEquals(List.of(), sides.records());
    }

    @Test
    void aRecordThatSomebodyPutBackIsSeen() {
        TwoSides sides = TwoSides.with(30, TwoSides.Form.ALIAS);
        sides.assertSucceeded(sides.play(to(sides, 50)
                .also(at -> {
                    sides.records().forEach(set -> sides.edit(ChangeAction.DELETE, set));
                    sides.edit(ChangeAction.CREATE, sides.alias(RRType.A));
                })
                .look(Split::where, seen)
                .then(Split::undo)));
        assertEquals(Form.BEFORE, ((Position) seen.get(0)).form());
        assertTrue(((Position) seen.get(0)).isEdited());
        sides.assertRecordsAsBefore();
    }

    // ---- what is in the way

    private static List<String> problems(TwoSides sides, DnsRecord record) {
        List<String> problems = new ArrayList<>();
        sides.assertSucceeded(sides.play(
                new Crossing(at -> new DnsSplit(at, record, sides.blueEnd(), Optional.empty())).then(split -> {
                    problems.addAll(split.problems());
                    return Optional.empty();
                })));
        return problems;
    }

    private static List<String> problems(TwoSides sides) {
        return problems(sides, new DnsRecord("example.org", TwoSides.NAME, ""));
    }

    private static void assertProblem(String part, List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains(part), problems::toString);
    }

    @ParameterizedTest
    @EnumSource(TwoSides.Form.class)
    void aRecordOfTheOldBalancerIsAccepted(TwoSides.Form form) {
        TwoSides sides = new TwoSides(31);
        sides.record(form);
        assertEquals(List.of(), problems(sides));
        assertEquals(List.of(), problems(sides, new DnsRecord(sides.zone, TwoSides.NAME + ".", "")));
    }

    @Test
    void aMissingZoneOrRecordIsTold() {
        TwoSides sides = new TwoSides(32);
        assertProblem("there is no A, AAAA or CNAME record www.example.org", problems(sides));
        assertProblem(
                "there is no hosted zone named example.net",
                problems(sides, new DnsRecord("example.net", "a.example.net", "")));
        assertProblem("there is no hosted zone ZNONE", problems(sides, new DnsRecord("ZNONE", TwoSides.NAME, "")));
        assertProblem(
                "does not lie in the hosted zone", problems(sides, new DnsRecord(sides.zone, "www.example.net", "")));
        sides.aws.dns().zone("example.org");
        assertProblem("there are 2 hosted zones named example.org", problems(sides));
    }

    @Test
    void aRecordOfSomethingElseIsTold() {
        TwoSides sides = new TwoSides(33);
        sides.record(ResourceRecordSet.builder()
                .name(TwoSides.NAME)
                .type(RRType.A)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value("192.0.2.7").build())
                .build());
        assertProblem("is 192.0.2.7, and not the load balancer blue-alb", problems(sides));
    }

    @Test
    void aRoutingPolicyThatHasNoWeightsIsTold() {
        TwoSides sides = new TwoSides(34);
        sides.record(sides.alias(RRType.A).toBuilder()
                .setIdentifier("ireland")
                .region("eu-west-1")
                .build());
        assertProblem("latency routing policy", problems(sides));
    }

    @Test
    void severalWeightedEntriesAndAnotherDeploymentsAreTold() {
        TwoSides sides = new TwoSides(35);
        sides.record(
                sides.alias(RRType.A).toBuilder().setIdentifier("a").weight(1L).build());
        sides.record(
                sides.alias(RRType.A).toBuilder().setIdentifier("b").weight(1L).build());
        assertProblem("has 2 entries (weighted)", problems(sides));
        sides.record(sides.alias(RRType.A).toBuilder()
                .setIdentifier("ami-deploy:d0:green")
                .weight(1L)
                .build());
        assertProblem("divided already by a deployment of this plugin (ami-deploy:d0:green)", problems(sides));
    }

    @Test
    void anAnswerThatIsKeptForADayIsTold() {
        TwoSides sides = new TwoSides(36);
        sides.record(ResourceRecordSet.builder()
                .name(TwoSides.NAME)
                .type(RRType.CNAME)
                .ttl(86_400L)
                .resourceRecords(
                        ResourceRecord.builder().value(sides.blue.dnsName()).build())
                .build());
        assertProblem("may be kept for 24 h", problems(sides));
        assertFalse(problems(sides).get(0).contains("null"));
    }
}
