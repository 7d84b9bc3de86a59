package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A group behind a load balancer to which a name leads: the whole way that visitors take. */
final class Site {
    static final Sizes SIZES = new Sizes(1, 2, 3);
    private static final long TTL = 60;

    private final AwsSession aws;
    private final Operator operator;
    private final String group;
    private final String balancer;
    private final String dnsName;
    /** The one that the group is in; empty behind a Classic Load Balancer. */
    private final String targetGroup;

    private final String domain;
    private final String zone;

    private final List<ResourceRecordSet> recordsBefore;
    private final Set<String> instancesBefore;
    private final Map<String, Set<String>> thingsBefore;

    private Site(Wire wire, String group, String balancer, String dnsName, ResourceRecordSet.Builder record) {
        this.aws = wire.aws();
        this.operator = wire.operator();
        this.group = group;
        this.balancer = balancer;
        this.dnsName = dnsName;
        this.targetGroup =
                operator.show(group).targetGroupARNs().stream().findFirst().orElse("");
        this.domain = group + ".example.org";
        this.zone = zone(record.name("www." + domain).build());
        this.recordsBefore = records();
        this.instancesBefore = operator.instances(group);
        this.thingsBefore = things();
    }

    /** Behind an Application Load Balancer; the name is an alias of it. */
    static Site alias(Wire wire) {
        String targets = wire.operator().targetGroup();
        LoadBalancer shown = balancerOf(wire.aws(), targets);
        return new Site(
                wire,
                groupBehind(wire, targets),
                shown.loadBalancerName(),
                shown.dnsName(),
                alias("dualstack." + shown.dnsName(), shown.canonicalHostedZoneId()));
    }

    /** Behind an Application Load Balancer; the name has a CNAME record. */
    static Site cname(Wire wire) {
        String targets = wire.operator().targetGroup();
        LoadBalancer shown = balancerOf(wire.aws(), targets);
        ResourceRecordSet.Builder record = ResourceRecordSet.builder()
                .type(RRType.CNAME)
                .ttl(TTL)
                .resourceRecords(ResourceRecord.builder().value(shown.dnsName()).build());
        return new Site(wire, groupBehind(wire, targets), shown.loadBalancerName(), shown.dnsName(), record);
    }

    /** Behind a Classic Load Balancer; the name is an alias of it. */
    static Site classic(Wire wire) {
        String name = wire.operator().classicBalancer();
        var shown = wire.aws()
                .elb()
                .describeLoadBalancers(r -> r.loadBalancerNames(name))
                .loadBalancerDescriptions()
                .get(0);
        String group = wire.operator()
                .group(
                        SIZES,
                        g -> g.launchTemplate(wire.operator().version("1")).loadBalancerNames(name));
        return new Site(wire, group, name, shown.dnsName(), alias(shown.dnsName(), shown.canonicalHostedZoneNameID()));
    }

    private static String groupBehind(Wire wire, String targets) {
        Operator operator = wire.operator();
        return operator.group(
                SIZES, g -> g.launchTemplate(operator.version("1")).targetGroupARNs(targets));
    }

    private static ResourceRecordSet.Builder alias(String target, String targetZone) {
        return ResourceRecordSet.builder()
                .type(RRType.A)
                .aliasTarget(a -> a.dnsName(target).hostedZoneId(targetZone).evaluateTargetHealth(true));
    }

    private String zone(ResourceRecordSet record) {
        String id = aws.route53()
                .createHostedZone(r -> r.name(domain).callerReference(group))
                .hostedZone()
                .id();
        Change create = Change.builder()
                .action(ChangeAction.CREATE)
                .resourceRecordSet(record)
                .build();
        aws.route53().changeResourceRecordSets(r -> r.hostedZoneId(id).changeBatch(batch -> batch.changes(create)));
        return id;
    }

    // ---- deploying

    String group() {
        return group;
    }

    /** The parameters of a cutover by the record. */
    Map<String, String> byRecord() {
        Map<String, String> parameters = quickly();
        parameters.putAll(Map.of("mode", "dns", "recordName", "www." + domain, "hostedZone", domain));
        return parameters;
    }

    /** The parameters of a cutover by the listeners. */
    Map<String, String> byListener() {
        Map<String, String> parameters = quickly();
        parameters.put("mode", "listener");
        return parameters;
    }

    private Map<String, String> quickly() {
        return new HashMap<>(Map.of("group", group, "ami", MotoServer.NEW_AMI, "drainQuiet", "60", "interval", "10"));
    }

    /**
     * Takes out of the target group whom the group has terminated. Auto Scaling does that before it terminates an instance
     * (Amazon EC2 Auto Scaling User Guide, "Use Elastic Load Balancing"); moto leaves it there, and healthy.
     */
    void terminatedAreDeregistered() {
        if (!targetGroup.isEmpty() && operator.exists(group)) {
            Set<String> gone = new TreeSet<>(instancesBefore);
            gone.removeAll(operator.instances(group));
            operator.deregister(targetGroup, gone);
        }
    }

    // ---- looking

    private static LoadBalancer balancerOf(AwsSession aws, String targetGroup) {
        TargetGroup shown = aws.elbv2()
                .describeTargetGroups(r -> r.targetGroupArns(targetGroup))
                .targetGroups()
                .get(0);
        return aws.elbv2()
                .describeLoadBalancers(r -> r.loadBalancerArns(shown.loadBalancerArns()))
                .loadBalancers()
                .get(0);
    }

    List<ResourceRecordSet> records() {
        return aws.route53().listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
                .filter(set -> set.type() != RRType.NS && set.type() != RRType.SOA)
                .toList();
    }

    /** The share of the visitors that is sent elsewhere by weights; -1 where there are none. */
    int percentByRecord() {
        long elsewhere = 0;
        long all = 0;
        for (ResourceRecordSet set : records()) {
            if (set.weight() == null) {
                return -1;
            }
            all += set.weight();
            elsewhere += target(set).contains(dnsName.toLowerCase()) ? 0 : set.weight();
        }
        return (int) (elsewhere * 100 / all);
    }

    private static String target(ResourceRecordSet set) {
        String target = set.aliasTarget() == null
                ? set.resourceRecords().get(0).value()
                : set.aliasTarget().dnsName();
        return target.toLowerCase();
    }

    /** The share of the visitors that the live balancer forwards elsewhere; -1 where all go to one target group. */
    int percentByListener() {
        Map<String, Integer> weights = weights();
        int all = weights.values().stream().mapToInt(Integer::intValue).sum();
        int stay = weights.getOrDefault(targetGroup, 0);
        return weights.size() < 2 ? -1 : (all - stay) * 100 / all;
    }

    /** The target groups that the listener of the live balancer forwards to, and the weight of each. */
    private Map<String, Integer> weights() {
        Action forward = forward();
        if (forward.forwardConfig() == null) {
            return Map.of(forward.targetGroupArn(), 1);
        }
        return forward.forwardConfig().targetGroups().stream()
                .collect(Collectors.toMap(
                        TargetGroupTuple::targetGroupArn, tuple -> tuple.weight() == null ? 1 : tuple.weight()));
    }

    /** What the listener of the live balancer does. */
    private Action forward() {
        String arn = aws.elbv2()
                .describeLoadBalancers(r -> r.names(balancer))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        return aws.elbv2()
                .describeListeners(r -> r.loadBalancerArn(arn))
                .listeners()
                .get(0)
                .defaultActions()
                .get(0);
    }

    /** Whatever a side consists of, but for its instances, by its kind. */
    private Map<String, Set<String>> things() {
        Map<String, Set<String>> things = new HashMap<>();
        things.put(
                "load balancers",
                aws.elbv2().describeLoadBalancers(r -> {}).loadBalancers().stream()
                        .map(LoadBalancer::loadBalancerName)
                        .collect(Collectors.toCollection(TreeSet::new)));
        things.put(
                "Classic Load Balancers",
                aws.elb().describeLoadBalancers(r -> {}).loadBalancerDescriptions().stream()
                        .map(one -> one.loadBalancerName())
                        .collect(Collectors.toCollection(TreeSet::new)));
        things.put(
                "target groups",
                aws.elbv2().describeTargetGroups(r -> {}).targetGroups().stream()
                        .map(TargetGroup::targetGroupName)
                        .collect(Collectors.toCollection(TreeSet::new)));
        things.put(
                "groups",
                aws.autoScaling().describeAutoScalingGroups(r -> {}).autoScalingGroups().stream()
                        .map(one -> one.autoScalingGroupName())
                        .collect(Collectors.toCollection(TreeSet::new)));
        return things;
    }

    // ---- what must be so

    /** The new group serves behind a balancer of its own, to which the record leads in the form that it had. */
    void assertMovedToAnotherBalancer(Map<String, Object> result) {
        assertMoved(result);
        assertFalse(balancer.equals(result.get("loadBalancer")));
        assertFalse(things().values().stream().anyMatch(names -> names.contains(balancer)), balancer);
        String to = (String) result.get("dnsName");
        List<ResourceRecordSet> expected = new ArrayList<>();
        recordsBefore.forEach(set -> expected.add(
                set.aliasTarget() == null
                        ? set.toBuilder()
                                .resourceRecords(
                                        ResourceRecord.builder().value(to).build())
                                .build()
                        : set.toBuilder()
                                .aliasTarget(set.aliasTarget().toBuilder()
                                        .dnsName(set.aliasTarget().dnsName().replace(dnsName, to))
                                        .build())
                                .build()));
        assertEquals(expected, records());
    }

    /** The new group serves behind the same balancer. */
    void assertMovedBehindTheSameBalancer(Map<String, Object> result) {
        assertMoved(result);
        assertEquals(balancer, result.get("loadBalancer"));
        assertEquals(recordsBefore, records());
        String live = (String) result.get("group");
        assertEquals(
                Set.copyOf(operator.show(live).targetGroupARNs()), weights().keySet());
    }

    private void assertMoved(Map<String, Object> result) {
        String live = (String) result.get("group");
        assertEquals(group, result.get("retired"));
        assertFalse(operator.exists(group), group);
        new Aftermath(operator).everyInstanceRuns(MotoServer.NEW_AMI, live, SIZES);
        Map<String, Set<String>> things = things();
        thingsBefore.forEach((kind, before) ->
                assertEquals(before.size(), things.get(kind).size(), () -> kind + ": " + things.get(kind)));
    }

    /** All is as it was before the deployment. */
    void assertAsBefore() {
        assertEquals(recordsBefore, records());
        assertEquals(thingsBefore, things());
        assertEquals(instancesBefore, operator.instances(group));
        new Aftermath(operator).everyInstanceRuns(MotoServer.FORMER_AMI, group, SIZES);
        assertTrue(operator.show(group).suspendedProcesses().isEmpty());
    }
}
