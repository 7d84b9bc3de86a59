package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Whoever comes and finds nobody is seen, whenever it is. */
class VisitorsTest {
    private static final String NAME = "www.example.org";

    private final TestWorld world = new TestWorld();
    private final SimulatedAws aws = world.aws;
    private final String zone = aws.dns().zone("example.org");
    private final String targets = aws.createTargetGroup(TargetGroupSpec.named("web"));
    private final String host = dnsName("web-alb");

    VisitorsTest() {
        aws.createGroup(world.spec().sizes(0, 1, 2).targetGroup(targets));
    }

    private String dnsName(String balancer) {
        return aws.operator()
                .elbv2()
                .describeLoadBalancers(r -> r.names(balancer))
                .loadBalancers()
                .get(0)
                .dnsName();
    }

    private static ResourceRecordSet cname(String to, long ttl) {
        return ResourceRecordSet.builder()
                .name(NAME + ".")
                .type(RRType.CNAME)
                .ttl(ttl)
                .resourceRecords(ResourceRecord.builder().value(to).build())
                .build();
    }

    private Visitors visit() {
        return visit(VisitorSpec.of(NAME));
    }

    private Visitors visit(VisitorSpec spec) {
        aws.dns().record(zone, cname(host, 60));
        Visitors visitors = aws.dns().visitors(spec);
        world.advance(Duration.ofMinutes(1));
        return visitors;
    }

    private void change(ChangeAction action, ResourceRecordSet set) {
        Change change = Change.builder().action(action).resourceRecordSet(set).build();
        aws.operator()
                .route53()
                .changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(batch -> batch.changes(change)));
    }

    private static List<String> whys(Visitors visitors) {
        return visitors.refused().stream().map(Refusal::why).toList();
    }

    @Test
    void nobodyIsRefusedWhileAHealthyInstanceServes() {
        Visitors visitors = visit();
        world.advance(Duration.ofHours(1));
        assertEquals(List.of(), visitors.refused());
        assertEquals(1.0, visitors.share(host), 1e-9);
        assertEquals(1.0, visitors.share(targets), 1e-9);
        assertEquals(100.0, visitors.connections(host), 1);
    }

    @Test
    void theLastInstanceThatGoesIsMissedAtThatMoment() {
        Visitors visitors = visit();
        var before = aws.clock().instant();
        world.terminate(world.first(), false);
        world.advance(Duration.ofSeconds(1));
        assertEquals(1, visitors.refused().size());
        assertTrue(whys(visitors).get(0).startsWith("no healthy instance behind web"), whys(visitors)::toString);
        assertTrue(
                Duration.between(before, visitors.refused().get(0).at()).toSeconds() < 1, visitors.refused()::toString);
    }

    @Test
    void aNameThatDoesNotResolveIsMissed() {
        aws.dns().propagation(Span.ZERO);
        Visitors visitors = visit();
        change(ChangeAction.DELETE, cname(host, 60));
        change(ChangeAction.CREATE, cname(host, 60));
        world.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), visitors.refused(), "no time has passed in between");
        change(ChangeAction.DELETE, cname(host, 60));
        aws.clock().advance(Duration.ofMillis(1));
        change(ChangeAction.CREATE, cname(host, 60));
        world.advance(Duration.ofSeconds(1));
        assertEquals(List.of(NAME + " does not resolve"), whys(visitors));
    }

    @Test
    void aBalancerThatGoesWhileAResolverKeepsItsNameIsMissed() {
        aws.createTargetGroup(TargetGroupSpec.named("other"));
        aws.createGroup(GroupSpec.of("other", world.v2).sizes(0, 1, 2).targetGroup(otherTargets()));
        Visitors visitors = visit(VisitorSpec.of(NAME).withLate(0.1, Span.seconds(3000, 3600)));
        change(ChangeAction.UPSERT, cname(dnsName("other-alb"), 60));
        world.advance(Duration.ofMinutes(10));
        assertEquals(List.of(), visitors.refused());
        assertEquals(0.1, visitors.share(host), 0.05);
        aws.operator().elbv2().deleteLoadBalancer(r -> r.loadBalancerArn(arn("web-alb")));
        world.advance(Duration.ofMinutes(10));
        assertEquals(
                List.of("there is no load balancer " + host + " (by an answer that a resolver still keeps)"),
                whys(visitors));
        assertTrue(visitors.cut() > 0);
    }

    private String otherTargets() {
        return aws.operator()
                .elbv2()
                .describeTargetGroups(r -> r.names("other"))
                .targetGroups()
                .get(0)
                .targetGroupArn();
    }

    private String arn(String balancer) {
        return aws.operator()
                .elbv2()
                .describeLoadBalancers(r -> r.names(balancer))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
    }

    @Test
    void resolversFollowWithinTheTimeToLiveUnlessTheyAreLate() {
        aws.createTargetGroup(TargetGroupSpec.named("other"));
        aws.createGroup(GroupSpec.of("other", world.v2).sizes(0, 1, 2).targetGroup(otherTargets()));
        String other = dnsName("other-alb");
        Visitors visitors = visit(VisitorSpec.of(NAME).withLate(0.1, Span.seconds(600, 900)));
        change(ChangeAction.UPSERT, cname(other, 60));
        assertEquals(0.0, visitors.share(other), 1e-9);
        world.advance(Duration.ofSeconds(30));
        assertTrue(visitors.share(other) > 0 && visitors.share(other) < 0.9, "some follow at once, some later");
        world.advance(Duration.ofSeconds(100));
        assertEquals(0.9, visitors.share(other), 0.1);
        world.advance(Duration.ofMinutes(20));
        assertEquals(1.0, visitors.share(other), 1e-9);
        assertTrue(visitors.connections(host) < 0.5, "the last connection has ended");
        assertEquals(List.of(), visitors.refused());
    }
}
