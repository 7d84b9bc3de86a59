package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.traffic.Crossing;
import io.jenkins.plugins.amideploy.core.traffic.DnsRecord;
import io.jenkins.plugins.amideploy.core.traffic.DnsSplit;
import io.jenkins.plugins.amideploy.core.traffic.Endpoint;
import io.jenkins.plugins.amideploy.core.traffic.ListenerSplit;
import io.jenkins.plugins.amideploy.core.traffic.Metered;
import io.jenkins.plugins.amideploy.core.traffic.Split;
import io.jenkins.plugins.amideploy.core.traffic.TrafficMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Visitors moved by records and by listeners, over the wire. */
class TrafficWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final String NAME = "www.example.org";

    private final Operator operator = WIRE.operator();
    private final Route53Client route53 = WIRE.aws().route53();
    private final ElasticLoadBalancingV2Client elb = WIRE.aws().elbv2();

    private LoadBalancer balancerOf(String targetGroup) {
        TargetGroup shown = elb.describeTargetGroups(r -> r.targetGroupArns(targetGroup))
                .targetGroups()
                .get(0);
        return elb.describeLoadBalancers(r -> r.loadBalancerArns(shown.loadBalancerArns()))
                .loadBalancers()
                .get(0);
    }

    private static Endpoint end(LoadBalancer balancer) {
        return new Endpoint(balancer.dnsName(), balancer.canonicalHostedZoneId());
    }

    private String zoneWith(LoadBalancer balancer) {
        String zone = route53.createHostedZone(r -> r.name("example.org").callerReference(balancer.dnsName()))
                .hostedZone()
                .id();
        Change change = Change.builder()
                .action(ChangeAction.CREATE)
                .resourceRecordSet(set -> set.name(NAME)
                        .type(RRType.A)
                        .aliasTarget(alias -> alias.dnsName("dualstack." + balancer.dnsName())
                                .hostedZoneId(balancer.canonicalHostedZoneId())
                                .evaluateTargetHealth(true)))
                .build();
        route53.changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(batch -> batch.changes(change)));
        return zone;
    }

    private List<ResourceRecordSet> records(String zone) {
        return route53.listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
                .filter(set -> set.type() == RRType.A)
                .toList();
    }

    @Test
    void anAliasIsMovedByWeightsAndIsASimpleRecordAgain() {
        LoadBalancer blue = balancerOf(operator.targetGroup());
        LoadBalancer green = balancerOf(operator.targetGroup());
        String zone = zoneWith(blue);
        List<Object> halfway = new ArrayList<>();
        Crossing crossing = new Crossing(
                        at -> new DnsSplit(at, new DnsRecord(zone, NAME, ""), end(blue), Optional.of(end(green))))
                .look(Split::problems, halfway)
                .then(Split::prepare)
                .then(split -> split.move(30))
                .look(
                        split -> records(zone).stream()
                                .map(ResourceRecordSet::weight)
                                .sorted()
                                .toList(),
                        halfway)
                .then(split -> split.move(100))
                .settle()
                .also(at -> at.state().put("moved", at.now()))
                .wait(at -> new TrafficMeter(at, new Metered.Application(blue.loadBalancerArn()))
                        .drained(at.state().getInstant("moved").orElseThrow(), Duration.ofMinutes(5)))
                .then(Split::finish)
                .settle();

        WIRE.build(crossing).restartingAllTheTime().succeed();

        assertEquals(List.of(List.of(), List.of(30L, 70L)), halfway);
        ResourceRecordSet after = records(zone).get(0);
        assertEquals(1, records(zone).size());
        assertTrue(after.aliasTarget().dnsName().contains("dualstack." + green.dnsName()), after::toString);
        assertEquals(null, after.weight());
        assertEquals(null, after.setIdentifier());
    }

    @Test
    void theWayBackLeavesTheRecordAsItWas() {
        LoadBalancer blue = balancerOf(operator.targetGroup());
        LoadBalancer green = balancerOf(operator.targetGroup());
        String zone = zoneWith(blue);
        List<ResourceRecordSet> before = records(zone);

        WIRE.build(new Crossing(at ->
                                new DnsSplit(at, new DnsRecord(zone, NAME, ""), end(blue), Optional.of(end(green))))
                        .then(Split::prepare)
                        .then(split -> split.move(50))
                        .then(Split::undo)
                        .settle())
                .succeed();

        assertEquals(before, records(zone));
    }

    @Test
    void aListenerIsMovedByWeights() {
        String old = operator.targetGroup();
        String balancer = balancerOf(old).loadBalancerArn();
        String young = operator.targetGroup();
        List<Object> seen = new ArrayList<>();

        WIRE.build(new Crossing((TickContext at) -> new ListenerSplit(at, balancer, Map.of(old, young)))
                        .look(Split::problems, seen)
                        .then(Split::prepare)
                        .then(split -> split.move(40))
                        .look(split -> split.where().percentGreen(), seen)
                        .then(split -> split.move(100))
                        .then(Split::finish))
                .restartingAllTheTime()
                .succeed();

        assertEquals(List.of(List.of(), 40), seen);
        assertEquals(
                young,
                elb.describeListeners(r -> r.loadBalancerArn(balancer))
                        .listeners()
                        .get(0)
                        .defaultActions()
                        .get(0)
                        .forwardConfig()
                        .targetGroups()
                        .get(0)
                        .targetGroupArn());
    }
}
