package io.jenkins.plugins.amideploy.core.blueviolet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.ClassicLoadBalancerSpec;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.GroupWatch;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** A live group on the simulated AWS, deployments beside it, and what must be true afterwards. */
final class Twins {
    static final String WEB = "web";
    static final String BLUE = "web-blue";
    static final String VIOLET = "web-violet";

    final SimulatedAws aws;
    final String oldImage;
    final String newImage;
    final List<String> console = new ArrayList<>();
    final Map<String, String> parameters = new TreeMap<>();
    private final Map<String, GroupWatch> watches = new HashMap<>();
    private final Set<String> dead = new TreeSet<>();
    private Set<String> alarmsBefore = Set.of();
    private Set<String> madeBefore = Set.of();
    private final Map<String, Integer> most = new HashMap<>();
    private final Map<String, Instant> peaks = new HashMap<>();
    private Instant eventBefore = Instant.EPOCH;
    private int floor;
    private int least = Integer.MAX_VALUE;
    private String leastAt = "";
    private int number;
    private int crashes;

    private Twins(SimulatedAws aws, Application application) {
        this.aws = aws;
        this.oldImage = aws.registerImage("web 1", "x86_64", Application.healthy());
        this.newImage = aws.registerImage("web 2", "x86_64", application);
        parameters.put("group", WEB);
        parameters.put("ami", newImage);
        aws.listen(change -> look(change.time() + " by " + change.instanceId()));
    }

    static Twins empty(long seed, Application application) {
        return new Twins(new SimulatedAws(seed, Behaviour.typical()), application);
    }

    /** Three zones, a target group and a Classic Load Balancer with different delays. */
    static Twins typical(long seed, int size, Application application) {
        return typical(seed, size, application, spec -> spec);
    }

    static Twins typical(long seed, int size, Application application, UnaryOperator<GroupSpec> also) {
        Twins twins = empty(seed, application);
        twins.group(WEB, size, also);
        twins.begin(size);
        return twins;
    }

    /** Another group behind the same balancers. */
    void group(String name, int size, UnaryOperator<GroupSpec> also) {
        if (!balanced) {
            targets = aws.createTargetGroup(TargetGroupSpec.named(WEB).withDeregistrationDelay(Duration.ofSeconds(60)));
            aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
            balanced = true;
        }
        aws.createGroup(also.apply(GroupSpec.of(name, oldImage)
                .sizes(1, size, size + 1)
                .zones("eu-west-1a", "eu-west-1b", "eu-west-1c")
                .targetGroup(targets)
                .classicLoadBalancer("classic")
                .tag("team", "shop")));
        watch(name);
    }

    private boolean balanced;
    private String targets;

    String targets() {
        return targets;
    }

    /** A policy that an alarm of the operator's sets off, which also tells people. */
    void stepPolicy(String group, String alarm) {
        String policy = aws.operator()
                .autoScaling()
                .putScalingPolicy(r -> r.autoScalingGroupName(group)
                        .policyName("scale-" + alarm)
                        .policyType("SimpleScaling")
                        .adjustmentType("ChangeInCapacity")
                        .scalingAdjustment(1))
                .policyARN();
        aws.operator()
                .cloudWatch()
                .putMetricAlarm(r -> r.alarmName(alarm)
                        .namespace("AWS/EC2")
                        .metricName("CPUUtilization")
                        .dimensions(Dimension.builder()
                                .name("AutoScalingGroupName")
                                .value(group)
                                .build())
                        .comparisonOperator("GreaterThanThreshold")
                        .statistic("Average")
                        .period(60)
                        .evaluationPeriods(2)
                        .threshold(80.0)
                        .alarmActions(policy, "arn:aws:sns:eu-west-1:123456789012:operations"));
    }

    /** From now on so many have to serve, in whichever group. */
    void begin(int size) {
        least = Integer.MAX_VALUE;
        if (balanced) {
            aws.watchBalancer(targets).reset();
            aws.watchBalancer("classic").reset();
        }
        alarmsBefore = alarms();
        madeBefore = things();
        floor = size;
    }

    private void watch(String name) {
        if (aws.exists(name)) {
            watches.put(name, aws.watch(name));
        }
    }

    /** When the last of a group's instances came to serve. */
    Instant lastServed(String group) {
        return peaks.get(group);
    }

    private void look(String when) {
        List.of(WEB, BLUE, VIOLET).forEach(this::watch);
        watches.forEach((name, watch) -> {
            if (watch.serving() > most.getOrDefault(name, 0)) {
                most.put(name, watch.serving());
                peaks.put(name, eventBefore); // a watch counts a change after it was told
            }
        });
        eventBefore = aws.clock().instant();
        int serving = watches.values().stream().mapToInt(GroupWatch::serving).sum();
        if (serving < least) {
            least = serving;
            leastAt = when;
        }
    }

    Twins with(String parameter, Object value) {
        parameters.put(parameter, String.valueOf(value));
        return this;
    }

    Twins without(String parameter) {
        parameters.remove(parameter);
        return this;
    }

    /** The next deployment, with the parameters as they are now. */
    Rehearsal deployment(boolean gated) {
        number++;
        return new Rehearsal(
                        aws,
                        new BlueVioletDeploy(parameters, gated),
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

    Outcome restore(String group) {
        Outcome outcome = new Rehearsal(
                        aws,
                        new RestoreGroup(group, true),
                        new Owner("https://other.example.org/", "restore 1", "r1"),
                        event -> console.add(event.format(ZoneOffset.UTC)))
                .play();
        console.add(outcome.toString());
        return outcome;
    }

    int crashes() {
        return crashes;
    }

    String story() {
        return String.join("\n", console);
    }

    // ---- looking

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

    Set<String> alarms() {
        return aws.operator().cloudWatch().describeAlarms(r -> r.maxRecords(100)).metricAlarms().stream()
                .map(MetricAlarm::alarmName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> processes(AutoScalingGroup group) {
        return group.suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .sorted()
                .toList();
    }

    static List<Integer> sizes(AutoScalingGroup group) {
        return List.of(group.minSize(), group.desiredCapacity(), group.maxSize());
    }

    List<String> leases() {
        return groups().stream()
                .flatMap(name -> show(name).tags().stream().map(tag -> name + " " + tag.key()))
                .filter(tag -> tag.contains(" ami-deploy:"))
                .toList();
    }

    /** Whatever a deployment could leave: launch sources, groups, instances outside of groups. */
    private Set<String> things() {
        return aws.leftovers().stream()
                .filter(l -> !l.kind().equals("instance"))
                .map(l -> l.kind() + " " + l.id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    void settle() {
        aws.clock().advance(Duration.ofMinutes(2));
    }

    // ---- what must be so

    /** The only group is that one, with the new image, and nothing else is left of anything. */
    void assertDeployed(Outcome outcome, String live, int size) {
        settle();
        assertTrue(outcome instanceof Outcome.Succeeded, () -> outcome + "\n" + story());
        assertServes(live, newImage, size);
        assertEquals(Set.of(live), groups(), this::story);
        assertNothingUnused();
    }

    void assertServes(String live, String image, int size) {
        AutoScalingGroup group = show(live);
        assertEquals(Set.of(image), images(live), this::story);
        assertEquals(size, aws.watch(live).serving(), this::story);
        assertEquals(size, group.desiredCapacity(), this::story);
        assertEquals(List.of(), leases(), this::story);
        assertEquals(List.of(), processes(group), this::story);
    }

    /** All is as it was before the deployment. */
    void assertAsBefore(Outcome outcome, int size) {
        settle();
        assertTrue(outcome instanceof Outcome.Failed, () -> outcome + "\n" + story());
        assertServes(WEB, oldImage, size);
        assertEquals(List.of(1, size, size + 1), sizes(show(WEB)), this::story);
        assertEquals(madeBefore, things(), this::story);
        assertEquals(alarmsBefore, alarms(), this::story);
    }

    /** What a deployment made and no group uses. */
    void assertNothingUnused() {
        Set<String> used = groups().stream()
                .map(name ->
                        LaunchSource.of(show(name)).map(LaunchSource::toString).orElse(""))
                .collect(Collectors.toSet());
        List<String> unused = things().stream()
                .filter(thing -> !madeBefore.contains(thing) && !thing.startsWith("auto-scaling-group"))
                .filter(thing -> used.stream().noneMatch(source -> names(source, thing)))
                .filter(thing -> groups().stream().noneMatch(thing::contains))
                .toList();
        assertEquals(List.of(), unused, this::story);
        assertEquals(
                List.of(),
                alarms().stream()
                        .filter(alarm -> !alarmsBefore.contains(alarm))
                        .filter(alarm -> groups().stream().noneMatch(alarm::contains))
                        .toList(),
                this::story);
    }

    /** Whether it is that launch configuration, template or version of a template. */
    private static boolean names(String source, String thing) {
        String id = thing.substring(thing.indexOf(' ') + 1);
        return source.contains(id) || source.contains(id.replace(":", " version "));
    }

    void assertFloorHeld() {
        assertTrue(least >= floor, () -> "only " + least + " of " + floor + " served at " + leastAt + "\n" + story());
        if (balanced) {
            for (String balancer : List.of(targets, "classic")) {
                int behind = aws.watchBalancer(balancer).minimum();
                assertTrue(
                        behind >= floor,
                        () -> "only " + behind + " of " + floor + " behind " + balancer + " at "
                                + aws.watchBalancer(balancer).minimumAt() + "\n" + story());
            }
        }
    }
}
