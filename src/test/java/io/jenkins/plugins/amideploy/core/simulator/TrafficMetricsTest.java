package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What load balancers tell CloudWatch. */
class TrafficMetricsTest {
    private final TestWorld world = new TestWorld();
    private final SimulatedAws aws = world.aws;
    private final Instant begin = aws.clock().instant();
    private String dimension;
    private Visitors visitors;

    private void visit(String balancer) {
        String targets = aws.createTargetGroup(TargetGroupSpec.named(balancer));
        aws.createGroup(world.spec().sizes(0, 1, 2).targetGroup(targets));
        var shown = aws.elbv2()
                .describeLoadBalancers(r -> r.names(balancer + "-alb"))
                .loadBalancers()
                .get(0);
        dimension = shown.loadBalancerArn().replaceFirst(".*:loadbalancer/", "");
        visit(shown.dnsName(), 80);
    }

    private void visit(String host, int port) {
        String zone = aws.dns().zone("example.org");
        aws.dns()
                .record(
                        zone,
                        ResourceRecordSet.builder()
                                .name("www.example.org")
                                .type(RRType.CNAME)
                                .ttl(60L)
                                .resourceRecords(
                                        ResourceRecord.builder().value(host).build())
                                .build());
        visitors = aws.dns().visitors(VisitorSpec.of("www.example.org").withPort(port));
    }

    private MetricDataResult data(String namespace, String metric, String name, String value) {
        MetricDataQuery query = MetricDataQuery.builder()
                .id("m")
                .metricStat(stat -> stat.period(60)
                        .stat("Sum")
                        .metric(named -> named.namespace(namespace)
                                .metricName(metric)
                                .dimensions(Dimension.builder()
                                        .name(name)
                                        .value(value)
                                        .build())))
                .build();
        return aws.cloudWatch()
                .getMetricData(
                        r -> r.startTime(begin).endTime(aws.clock().instant()).metricDataQueries(query))
                .metricDataResults()
                .get(0);
    }

    private MetricDataResult requests() {
        return data("AWS/ApplicationELB", "RequestCount", "LoadBalancer", dimension);
    }

    @Test
    void aMinuteShowsAWhileAfterItsEndAndNewestFirst() {
        visit("web");
        world.advance(Duration.ofSeconds(62));
        assertEquals(List.of(), requests().values());
        world.advance(Duration.ofMinutes(10));
        MetricDataResult result = requests();
        assertEquals(6000.0, result.values().get(0));
        int minutes = result.values().size();
        assertTrue(minutes >= 8 && minutes <= 11, () -> minutes + " minutes");
        assertTrue(result.timestamps().get(0).isAfter(result.timestamps().get(1)));
    }

    @Test
    void aMinuteInWhichNobodyComesHasNoDatapoint() {
        visit("web");
        world.advance(Duration.ofMinutes(10));
        visitors.leave();
        world.advance(Duration.ofHours(1));
        int minutes = requests().values().size();
        assertTrue(minutes >= 10 && minutes <= 11, () -> minutes + " minutes");
        assertTrue(requests().values().stream().allMatch(value -> value > 0));
    }

    @Test
    void aClassicLoadBalancerTellsInItsOwnNamespace() {
        aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
        aws.createGroup(world.spec().sizes(0, 1, 2).classicLoadBalancer("classic"));
        var shown = aws.elb()
                .describeLoadBalancers(r -> r.loadBalancerNames("classic"))
                .loadBalancerDescriptions()
                .get(0);
        visit(shown.dnsName(), shown.listenerDescriptions().get(0).listener().loadBalancerPort());
        world.advance(Duration.ofMinutes(10));
        assertEquals(
                6000.0,
                data("AWS/ELB", "RequestCount", "LoadBalancerName", "classic")
                        .values()
                        .get(0));
        assertEquals(List.of(), visitors.refused());
    }

    @Test
    void aNetworkLoadBalancerTellsOfFlowsAndOfNone() {
        var elb = aws.operator().elbv2();
        String balancer = elb.createLoadBalancer(
                        r -> r.name("net").type(LoadBalancerTypeEnum.NETWORK).subnets(Subnets.of("eu-west-1a")))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        String targets = elb.createTargetGroup(
                        r -> r.name("net").protocol(ProtocolEnum.TCP).port(80).vpcId(Subnets.VPC))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        elb.createListener(r -> r.loadBalancerArn(balancer)
                .protocol(ProtocolEnum.TCP)
                .port(80)
                .defaultActions(Action.builder()
                        .type(ActionTypeEnum.FORWARD)
                        .targetGroupArn(targets)
                        .build()));
        aws.createGroup(world.spec().sizes(0, 1, 2).targetGroup(targets));
        world.advance(Duration.ofMinutes(10));
        var shown =
                elb.describeLoadBalancers(r -> r.names("net")).loadBalancers().get(0);
        visit(shown.dnsName(), 80);
        world.advance(Duration.ofMinutes(10));
        visitors.leave();
        world.advance(Duration.ofMinutes(20));
        String name = balancer.replaceFirst(".*:loadbalancer/", "");
        List<Double> flows =
                data("AWS/NetworkELB", "ActiveFlowCount", "LoadBalancer", name).values();
        assertEquals(0.0, flows.get(0));
        assertTrue(flows.contains(100.0), flows::toString);
        assertEquals(List.of(), visitors.refused());
    }

    @Test
    void statisticsAreOfWholePeriods() {
        visit("web");
        world.advance(Duration.ofMinutes(30));
        List<Datapoint> datapoints = aws.cloudWatch()
                .getMetricStatistics(r -> r.namespace("AWS/ApplicationELB")
                        .metricName("RequestCount")
                        .dimensions(Dimension.builder()
                                .name("LoadBalancer")
                                .value(dimension)
                                .build())
                        .startTime(begin)
                        .endTime(begin.plusSeconds(1200))
                        .period(600)
                        .statistics(Statistic.SUM, Statistic.MAXIMUM))
                .datapoints();
        assertEquals(2, datapoints.size());
        assertTrue(
                datapoints.stream().anyMatch(d -> d.sum() == 60_000.0 && d.maximum() == 6000.0), datapoints::toString);
    }
}
