package io.jenkins.plugins.amideploy.core.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.ClassicLoadBalancerSpec;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.Span;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import io.jenkins.plugins.amideploy.core.simulator.Visitors;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A live group behind a balancer that a name leads to, with visitors, and cutovers of it. */
final class Cutovers {
    static final String WEB = "web";
    static final String BLUE = "web-blue";
    static final String GREEN = "web-green";
    static final String NAME = "www.example.org";

    final SimulatedAws aws;
    final String oldImage;
    final String newImage;
    final List<String> console = new ArrayList<>();
    final Map<String, String> parameters = new TreeMap<>();
    private final Set<String> dead = new TreeSet<>();
    private String zone;
    private Visitors visitors;
    private List<ResourceRecordSet> recordsBefore = List.of();
    private Set<String> thingsBefore = Set.of();
    private Set<String> attachedBefore = Set.of();
    private int size;
    private int number;
    private int crashes;

    private Cutovers(long seed, Application application) {
        this.aws = new SimulatedAws(seed, Behaviour.typical());
        this.oldImage = aws.registerImage("web 1", "x86_64", Application.healthy());
        this.newImage = aws.registerImage("web 2", "x86_64", application);
        with("group", WEB).with("ami", newImage);
    }

    /** Behind an Application Load Balancer to which an alias record leads. */
    static Cutovers dns(long seed, int size, Application application) {
        return dns(seed, size, application, spec -> spec);
    }

    static Cutovers dns(long seed, int size, Application application, UnaryOperator<GroupSpec> also) {
        Cutovers cutovers = new Cutovers(seed, application);
        String targets = cutovers.aws.createTargetGroup(
                TargetGroupSpec.named(WEB).withDeregistrationDelay(Duration.ofSeconds(60)));
        cutovers.group(size, spec -> also.apply(spec.targetGroup(targets)));
        LoadBalancer balancer = cutovers.balancers().get(0);
        cutovers.alias(balancer.dnsName(), balancer.canonicalHostedZoneId());
        cutovers.with("recordName", NAME).with("hostedZone", cutovers.zone);
        cutovers.begin();
        return cutovers;
    }

    /** Quickly through everything: two steps, and few who overstay the TTL, for not so long. */
    Cutovers brisk() {
        visitors.leave();
        visitors = aws.dns().visitors(VisitorSpec.of(NAME).withResolvers(10).withLate(0.1, Span.seconds(60, 200)));
        aws.clock().advance(Duration.ofMinutes(3));
        return with("steps", "50,100")
                .with("interval", 10)
                .with("drainQuiet", 60)
                .with("warmup", 10);
    }

    /** Other visitors than the usual ones. */
    void visit(SplittableRandom random) {
        visitors.leave();
        visitors = aws.dns()
                .visitors(VisitorSpec.of(NAME)
                        .withRequestsPerSecond(10 + random.nextInt(300))
                        .withResolvers(5 + random.nextInt(20))
                        .withLate(random.nextDouble() / 4, Span.seconds(60, 60 + random.nextInt(800)))
                        .withConnection(Duration.ofSeconds(1 + random.nextInt(60))));
    }

    /** The same, with nothing but the listener to move. */
    static Cutovers listener(long seed, int size, Application application) {
        return dns(seed, size, application)
                .with("mode", "listener")
                .without("recordName")
                .without("hostedZone");
    }

    /** Behind a Network Load Balancer to which a CNAME record leads. */
    static Cutovers network(long seed, int size, Application application) {
        Cutovers cutovers = new Cutovers(seed, application);
        var elb = cutovers.aws.operator().elbv2();
        String unused = cutovers.aws.createTargetGroup(TargetGroupSpec.named("other"));
        String vpc = elb.describeTargetGroups(r -> r.targetGroupArns(unused))
                .targetGroups()
                .get(0)
                .vpcId();
        List<String> subnets =
                elb.describeLoadBalancers(r -> r.names("other-alb")).loadBalancers().get(0).availabilityZones().stream()
                        .map(AvailabilityZone::subnetId)
                        .toList();
        LoadBalancer balancer = elb.createLoadBalancer(r ->
                        r.name("web-nlb").type(LoadBalancerTypeEnum.NETWORK).subnets(subnets))
                .loadBalancers()
                .get(0);
        String targets = elb.createTargetGroup(r ->
                        r.name("web-tcp").protocol(ProtocolEnum.TCP).port(80).vpcId(vpc))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        elb.createListener(r -> r.loadBalancerArn(balancer.loadBalancerArn())
                .protocol(ProtocolEnum.TCP)
                .port(80)
                .defaultActions(Action.builder()
                        .type(ActionTypeEnum.FORWARD)
                        .targetGroupArn(targets)
                        .build()));
        cutovers.aws.clock().advance(Duration.ofMinutes(10));
        cutovers.group(size, spec -> spec.targetGroup(targets));
        cutovers.aws.clock().advance(Duration.ofMinutes(10));
        cutovers.zone = cutovers.aws.dns().zone("example.org");
        cutovers.aws
                .dns()
                .record(
                        cutovers.zone,
                        ResourceRecordSet.builder()
                                .name(NAME + ".")
                                .type(RRType.CNAME)
                                .ttl(300L)
                                .resourceRecords(ResourceRecord.builder()
                                        .value(balancer.dnsName())
                                        .build())
                                .build());
        cutovers.visitors = cutovers.aws.dns().visitors(VisitorSpec.of(NAME));
        cutovers.with("recordName", NAME).with("hostedZone", "example.org");
        cutovers.begin();
        return cutovers;
    }

    /** Behind a Classic Load Balancer. */
    static Cutovers classic(long seed, int size, Application application) {
        Cutovers cutovers = new Cutovers(seed, application);
        cutovers.aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
        cutovers.group(size, spec -> spec.classicLoadBalancer("classic"));
        var balancer = cutovers.aws
                .operator()
                .elb()
                .describeLoadBalancers(r -> r.loadBalancerNames("classic"))
                .loadBalancerDescriptions()
                .get(0);
        cutovers.alias(balancer.dnsName(), balancer.canonicalHostedZoneNameID());
        cutovers.with("recordName", NAME).with("hostedZone", cutovers.zone);
        cutovers.begin();
        return cutovers;
    }

    private void group(int desired, UnaryOperator<GroupSpec> also) {
        size = desired;
        aws.createGroup(also.apply(GroupSpec.of(WEB, oldImage)
                .sizes(1, desired, desired + 1)
                .zones("eu-west-1a", "eu-west-1b")
                .tag("team", "shop")));
    }

    private void alias(String dnsName, String balancerZone) {
        zone = aws.dns().zone("example.org");
        aws.dns()
                .record(
                        zone,
                        ResourceRecordSet.builder()
                                .name(NAME + ".")
                                .type(RRType.A)
                                .aliasTarget(AliasTarget.builder()
                                        .dnsName("dualstack." + dnsName + ".")
                                        .hostedZoneId(balancerZone)
                                        .evaluateTargetHealth(true)
                                        .build())
                                .build());
        visitors = aws.dns().visitors(VisitorSpec.of(NAME));
    }

    /** What is there now is what there was before. */
    void begin() {
        recordsBefore = records();
        attachedBefore = attached(WEB);
        thingsBefore = things();
    }

    Cutovers with(String parameter, Object value) {
        parameters.put(parameter, String.valueOf(value));
        return this;
    }

    Cutovers without(String parameter) {
        parameters.remove(parameter);
        return this;
    }

    Rehearsal deployment(boolean gated) {
        number++;
        return new Rehearsal(
                        aws,
                        new BlueGreenDeploy(parameters, gated),
                        new Owner("https://ci.example.org/", WEB + "/deploy " + number, "d" + number),
                        event -> console.add(event.format(ZoneOffset.UTC)))
                .over(owner -> dead.contains(owner.deployment()));
    }

    /** The deployment with that number is over, wherever it stood. */
    void dies(int which) {
        dead.add("d" + which);
    }

    Outcome play() {
        return play(deployment(false));
    }

    /** Runs the deployment to its end; where the process crashes, a fresh one goes on from what was saved. */
    Outcome play(Rehearsal rehearsal) {
        return play(rehearsal, () -> true).orElseThrow();
    }

    /** The same, given up at a crash where the controller does not come back. */
    Optional<Outcome> play(Rehearsal rehearsal, BooleanSupplier comesBack) {
        Deployment deployment = rehearsal.deployment();
        for (int steps = 0; steps < 100_000; steps++) {
            try {
                Optional<Outcome> outcome = rehearsal.step(deployment);
                if (outcome.isPresent()) {
                    console.add(outcome.get().toString());
                    return outcome;
                }
            } catch (SimulatedCrash crash) {
                crashes++;
                console.add("--- crash");
                if (!comesBack.getAsBoolean()) {
                    return Optional.empty();
                }
                deployment = rehearsal.deployment();
            }
        }
        throw new AssertionError("The deployment does not end:\n" + story());
    }

    /** Runs the next deployment until the console has that line, does that, and runs it to its end. */
    Outcome playUntil(String line, Consumer<Deployment> then) {
        Rehearsal rehearsal = deployment(false);
        Deployment running = rehearsal.deployment();
        boolean done = false;
        for (int steps = 0; steps < 100_000; steps++) {
            if (!done && story().contains(line)) {
                done = true;
                then.accept(running);
            }
            try {
                Optional<Outcome> outcome = rehearsal.step(running);
                if (outcome.isPresent()) {
                    console.add(outcome.get().toString());
                    assertTrue(done, "it never said: " + line + "\n" + story());
                    return outcome.get();
                }
            } catch (SimulatedCrash crash) {
                crashes++;
                console.add("--- crash");
                running = rehearsal.deployment();
            }
        }
        throw new AssertionError("The deployment does not end:\n" + story());
    }

    int crashes() {
        return crashes;
    }

    String story() {
        return String.join("\n", console);
    }

    // ---- looking

    Visitors visitors() {
        return visitors;
    }

    List<ResourceRecordSet> records() {
        return zone == null
                ? List.of()
                : aws.operator()
                        .route53()
                        .listResourceRecordSets(r -> r.hostedZoneId(zone))
                        .resourceRecordSets();
    }

    List<LoadBalancer> balancers() {
        return aws.operator().elbv2().describeLoadBalancers(r -> {}).loadBalancers();
    }

    Optional<AutoScalingGroup> find(String name) {
        return aws
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(name))
                .autoScalingGroups()
                .stream()
                .filter(group -> group.status() == null)
                .findFirst();
    }

    AutoScalingGroup show(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no group " + name + "\n" + story()));
    }

    Set<String> groups() {
        return aws
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.maxRecords(100))
                .autoScalingGroups()
                .stream()
                .filter(group -> group.status() == null)
                .map(AutoScalingGroup::autoScalingGroupName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> images(String group) {
        List<String> ids = show(group).instances().stream()
                .filter(i -> !i.lifecycleStateAsString().startsWith("Terminating"))
                .map(i -> i.instanceId())
                .toList();
        return ids.isEmpty()
                ? Set.of()
                : aws.operator().ec2().describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                        .flatMap(r -> r.instances().stream())
                        .map(i -> i.imageId())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The target groups and Classic Load Balancers that a group is attached to. */
    private Set<String> attached(String group) {
        Set<String> all = new TreeSet<>(show(group).targetGroupARNs());
        all.addAll(show(group).loadBalancerNames());
        return all;
    }

    /** Whether the live group is where it was before. */
    boolean attachedAsBefore() {
        return attachedBefore.equals(attached(WEB));
    }

    /** Whatever a deployment could leave, but for instances, which come and go with their groups. */
    Set<String> things() {
        return aws.leftovers().stream()
                .filter(l -> !l.kind().equals("instance"))
                .map(l -> l.kind() + " " + l.id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> thingsBefore() {
        return thingsBefore;
    }

    List<ResourceRecordSet> recordsBefore() {
        return recordsBefore;
    }

    /** How many sides there are, by their balancers and target groups, whichever are more. */
    long sides() {
        Set<String> things = things();
        long before = Math.max(1, count(thingsBefore, "target-group"));
        return Math.max(count(things, "load-balancer"), (count(things, "target-group") + before - 1) / before);
    }

    /** How many of a kind there are. */
    private static long count(Set<String> things, String kind) {
        return things.stream().filter(thing -> thing.startsWith(kind + " ")).count();
    }

    void settle() {
        aws.clock().advance(Duration.ofMinutes(2));
    }

    // ---- what must be so

    void assertNobodyRefused() {
        assertEquals(List.of(), visitors.refused(), this::story);
    }

    private void assertServes(String live, String image) {
        AutoScalingGroup group = show(live);
        assertEquals(Set.of(image), images(live), this::story);
        assertEquals(size, aws.watch(live).serving(), this::story);
        assertEquals(List.of(1, size, size + 1), sizes(group), this::story);
        assertEquals(
                List.of(),
                group.suspendedProcesses().stream()
                        .map(SuspendedProcess::processName)
                        .toList(),
                this::story);
        assertEquals(
                List.of(),
                group.tags().stream()
                        .map(tag -> tag.key())
                        .filter(key -> key.startsWith("ami-deploy:"))
                        .toList(),
                this::story);
    }

    private static List<Integer> sizes(AutoScalingGroup group) {
        return List.of(group.minSize(), group.desiredCapacity(), group.maxSize());
    }

    /** The only group is that one, with the new image, behind the only balancer, to which the name leads. */
    void assertCutOver(Outcome outcome, String live) {
        settle();
        assertTrue(outcome instanceof Outcome.Succeeded, () -> outcome + "\n" + story());
        assertServes(live, newImage);
        assertEquals(Set.of(live), groups(), this::story);
        assertEquals(attachedBefore.size(), attached(live).size(), this::story);
        Set<String> things = things();
        for (String kind : Set.of("load-balancer", "classic-load-balancer", "target-group", "record-set", "listener")) {
            assertEquals(count(thingsBefore, kind), count(things, kind), () -> kind + " in " + things + "\n" + story());
        }
        assertNobodyRefused();
    }

    /** The record has the form that it had and leads to that balancer. */
    void assertLeadsTo(String dnsName) {
        List<ResourceRecordSet> wanted = recordsBefore.stream()
                .map(set -> set.aliasTarget() == null
                        ? set
                        : set.toBuilder()
                                .aliasTarget(set.aliasTarget().toBuilder()
                                        .dnsName("dualstack." + dnsName.toLowerCase() + ".")
                                        .build())
                                .build())
                .toList();
        assertEquals(wanted.toString(), records().toString().replace(dnsName, dnsName.toLowerCase()), this::story);
    }

    /** All is as it was before the deployment. */
    void assertAsBefore(Outcome outcome) {
        settle();
        assertTrue(outcome instanceof Outcome.Failed, () -> outcome + "\n" + story());
        assertServes(WEB, oldImage);
        assertEquals(recordsBefore, records(), this::story);
        assertTrue(attachedAsBefore(), this::story);
        assertEquals(thingsBefore, things(), this::story);
        assertNobodyRefused();
    }
}
