package io.jenkins.plugins.amideploy.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import io.jenkins.plugins.amideploy.core.simulator.Visitors;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Two groups that serve, each behind a load balancer of its own, and a name that leads to the first. */
final class TwoSides {
    static final String NAME = "www.example.org";
    static final int SIZE = 2;

    final SimulatedAws aws;
    final String zone;
    final LoadBalancer blue;
    final LoadBalancer green;
    final String blueTargets;
    final String greenTargets;
    final List<String> console = new ArrayList<>();
    private List<ResourceRecordSet> before;
    private Visitors visitors;
    private int crashes;

    /** The forms that the record of a name may have. */
    enum Form {
        ALIAS,
        BOTH_ALIASES,
        CNAME,
        WEIGHTED
    }

    TwoSides(long seed) {
        this(seed, false);
    }

    private TwoSides(long seed, boolean oneBalancer) {
        aws = new SimulatedAws(seed, Behaviour.typical());
        blueTargets = side("blue", aws.createTargetGroup(TargetGroupSpec.named("blue")));
        greenTargets =
                side("green", oneBalancer ? unusedTargets() : aws.createTargetGroup(TargetGroupSpec.named("green")));
        blue = balancer("blue-alb");
        green = oneBalancer ? blue : balancer("green-alb");
        zone = aws.dns().zone("example.org");
    }

    /** The second group's target group is behind no load balancer yet. */
    static TwoSides atOneBalancer() {
        TwoSides sides = atOneBalancer(6);
        sides.record(Form.ALIAS);
        sides.visit(VisitorSpec.of(NAME).withPaths("/", "/shop"));
        return sides;
    }

    /** The same, with no name yet and no visitors. */
    static TwoSides atOneBalancer(long seed) {
        return new TwoSides(seed, true);
    }

    private String unusedTargets() {
        return aws.operator()
                .elbv2()
                .createTargetGroup(r -> r.name("green")
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .vpcId(vpc())
                        .healthCheckIntervalSeconds(30))
                .targetGroups()
                .get(0)
                .targetGroupArn();
    }

    private String vpc() {
        return aws.operator()
                .elbv2()
                .describeTargetGroups(r -> r.names("blue"))
                .targetGroups()
                .get(0)
                .vpcId();
    }

    /** What the load balancer of the first group forwards to, with the weights. */
    String forwarding() {
        var elb = aws.operator().elbv2();
        return elb.describeListeners(r -> r.loadBalancerArn(blue.loadBalancerArn())).listeners().stream()
                .flatMap(listener -> elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules().stream())
                .flatMap(rule -> rule.actions().stream())
                .flatMap(action -> Forward.tuples(action).stream())
                .map(tuple -> Balancers.shortName(tuple.targetGroupArn()) + " " + tuple.weight())
                .collect(Collectors.joining(", "));
    }

    static TwoSides with(long seed, Form form) {
        TwoSides sides = new TwoSides(seed);
        sides.record(form);
        sides.visit(VisitorSpec.of(NAME));
        return sides;
    }

    private String side(String name, String targets) {
        aws.createGroup(GroupSpec.of(name, aws.registerImage(name, "x86_64", Application.healthy()))
                .sizes(1, SIZE, SIZE + 1)
                .targetGroup(targets));
        return targets;
    }

    private LoadBalancer balancer(String name) {
        return aws.operator()
                .elbv2()
                .describeLoadBalancers(r -> r.names(name))
                .loadBalancers()
                .get(0);
    }

    Endpoint blueEnd() {
        return new Endpoint(blue.dnsName(), blue.canonicalHostedZoneId());
    }

    Endpoint greenEnd() {
        return new Endpoint(green.dnsName(), green.canonicalHostedZoneId());
    }

    void record(Form form) {
        switch (form) {
            case ALIAS -> record(alias(RRType.A));
            case BOTH_ALIASES -> {
                record(alias(RRType.A));
                record(alias(RRType.AAAA));
            }
            case CNAME ->
                record(ResourceRecordSet.builder()
                        .name(NAME)
                        .type(RRType.CNAME)
                        .ttl(120L)
                        .resourceRecords(
                                ResourceRecord.builder().value(blue.dnsName()).build())
                        .build());
            case WEIGHTED ->
                record(alias(RRType.A).toBuilder()
                        .setIdentifier("web")
                        .weight(10L)
                        .build());
        }
    }

    ResourceRecordSet alias(RRType type) {
        return ResourceRecordSet.builder()
                .name(NAME + ".")
                .type(type)
                .aliasTarget(AliasTarget.builder()
                        .dnsName("dualstack." + blue.dnsName() + ".")
                        .hostedZoneId(blue.canonicalHostedZoneId())
                        .evaluateTargetHealth(true)
                        .build())
                .build();
    }

    void record(ResourceRecordSet set) {
        aws.dns().record(zone, set);
        before = records();
    }

    void visit(VisitorSpec spec) {
        visitors = aws.dns().visitors(spec);
    }

    Visitors visitors() {
        return visitors;
    }

    List<ResourceRecordSet> records() {
        return aws.operator()
                .route53()
                .listResourceRecordSets(r -> r.hostedZoneId(zone))
                .resourceRecordSets();
    }

    /** What somebody else does to a record. */
    void edit(ChangeAction action, ResourceRecordSet set) {
        Change change = Change.builder().action(action).resourceRecordSet(set).build();
        aws.operator()
                .route53()
                .changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(batch -> batch.changes(change)));
    }

    Split dns(TickContext at) {
        return new DnsSplit(at, new DnsRecord("example.org", NAME, ""), blueEnd(), Optional.of(greenEnd()));
    }

    /** By the listener of blue's balancer, where the second target group has joined it. */
    Split listener(TickContext at) {
        return new ListenerSplit(at, blue.loadBalancerArn(), Map.of(blueTargets, greenTargets));
    }

    Rehearsal rehearsal(Crossing crossing) {
        return rehearsal("d1", crossing);
    }

    Rehearsal rehearsal(String deployment, Crossing crossing) {
        return new Rehearsal(
                aws,
                crossing,
                new Owner("https://ci.example.org/", "web/deploy " + deployment, deployment),
                event -> console.add(event.format(ZoneOffset.UTC)));
    }

    /** Runs to the end; where the process crashes, a fresh one goes on from what was saved. */
    Outcome play(Crossing crossing) {
        return play(rehearsal(crossing));
    }

    Outcome play(Rehearsal rehearsal) {
        return play(rehearsal, (deployment, step) -> {});
    }

    /** @param before what is done before each step */
    Outcome play(Rehearsal rehearsal, ObjIntConsumer<Deployment> before) {
        Deployment deployment = rehearsal.deployment();
        for (int steps = 0; steps < 100_000; steps++) {
            before.accept(deployment, steps);
            try {
                Optional<Outcome> outcome = rehearsal.step(deployment);
                if (outcome.isPresent()) {
                    console.add(outcome.get().toString());
                    return outcome.get();
                }
            } catch (SimulatedCrash crash) {
                crashes++;
                console.add("--- crash");
                deployment = rehearsal.deployment();
            }
        }
        throw new AssertionError("It does not end:\n" + story());
    }

    int crashes() {
        return crashes;
    }

    String story() {
        return String.join("\n", console);
    }

    void assertSucceeded(Outcome outcome) {
        assertTrue(outcome instanceof Outcome.Succeeded, this::story);
    }

    /** Nobody met no healthy instance at any moment. */
    void assertNobodyRefused() {
        assertEquals(List.of(), visitors.refused(), this::story);
    }

    void assertRecordsAsBefore() {
        assertEquals(before, records(), this::story);
    }

    /** The records have the form that they had, and lead to green. */
    void assertRecordsOfGreen() {
        List<ResourceRecordSet> wanted =
                before.stream().map(set -> Records.pointing(set, greenEnd())).toList();
        assertEquals(wanted, records(), this::story);
    }
}
