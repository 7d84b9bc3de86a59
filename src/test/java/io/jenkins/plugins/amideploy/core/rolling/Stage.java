package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.ClassicLoadBalancerSpec;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/** A group on the simulated AWS, a deployment to it, and what must be true of the group afterwards. */
final class Stage {
    static final String GROUP = "web";

    final SimulatedAws aws;
    final String oldImage;
    final String newImage;
    final List<String> console = new ArrayList<>();
    private final Map<String, String> parameters = new TreeMap<>();
    private final AutoScalingGroup before;
    private boolean gated;
    private Rehearsal rehearsal;
    private int crashes;

    private Stage(SimulatedAws aws, UnaryOperator<GroupSpec> spec, Application application) {
        this.aws = aws;
        this.oldImage = aws.registerImage("web 1", "x86_64", Application.healthy());
        this.newImage = aws.registerImage("web 2", "x86_64", application);
        aws.createGroup(spec.apply(GroupSpec.of(GROUP, oldImage)));
        this.before = group();
        parameters.put("group", GROUP);
        parameters.put("ami", newImage);
    }

    static Stage of(long seed, Behaviour behaviour, Application application, UnaryOperator<GroupSpec> spec) {
        return new Stage(new SimulatedAws(seed, behaviour), spec, application);
    }

    static Stage of(SimulatedAws aws, Application application, UnaryOperator<GroupSpec> spec) {
        return new Stage(aws, spec, application);
    }

    /** Three zones, a target group and a Classic Load Balancer. */
    static Stage typical(long seed, int size, Application application) {
        SimulatedAws aws = new SimulatedAws(seed, Behaviour.typical());
        String targets = aws.createTargetGroup(TargetGroupSpec.named(GROUP));
        aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named("classic"));
        return of(
                aws,
                application,
                spec -> spec.sizes(1, size, size + 1)
                        .zones("eu-west-1a", "eu-west-1b", "eu-west-1c")
                        .targetGroup(targets)
                        .classicLoadBalancer("classic"));
    }

    Stage with(String parameter, Object value) {
        parameters.put(parameter, String.valueOf(value));
        return this;
    }

    Stage gated() {
        gated = true;
        return this;
    }

    Rehearsal rehearsal() {
        if (rehearsal == null) {
            rehearsal = rehearsal("d1", GROUP + "/deploy 1");
        }
        return rehearsal;
    }

    /** Another deployment with the same parameters. */
    Rehearsal rehearsal(String id, String build) {
        return new Rehearsal(
                aws,
                new RollingDeploy(parameters, gated),
                new Owner("https://ci.example.org/", build, id),
                event -> console.add(event.format(ZoneOffset.UTC)));
    }

    /** Runs the deployment to its end; where the process crashes, a fresh one goes on from what was saved. */
    Outcome play() {
        Deployment deployment = rehearsal().deployment();
        for (int steps = 0; steps < 200_000; steps++) {
            try {
                Optional<Outcome> outcome = rehearsal().step(deployment);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } catch (SimulatedCrash crash) {
                crashes++;
                deployment = rehearsal().deployment();
            }
        }
        throw new AssertionError("The deployment does not end:\n" + story());
    }

    int crashes() {
        return crashes;
    }

    AutoScalingGroup group() {
        return aws.operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .get(0);
    }

    /** The images of the instances that are not on their way out. */
    Set<String> images() {
        List<String> ids = group().instances().stream()
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

    String story() {
        return String.join("\n", console);
    }

    /** The sizes are what they were, nothing is suspended that was not, and no tag of ours is left. */
    void assertSizesAndTags() {
        settle();
        AutoScalingGroup now = group();
        assertEquals(
                List.of(before.minSize(), before.desiredCapacity(), before.maxSize()),
                List.of(now.minSize(), now.desiredCapacity(), now.maxSize()),
                this::story);
        assertEquals(processes(before), processes(now), this::story);
        assertEquals(
                List.of(),
                now.tags().stream()
                        .map(t -> t.key())
                        .filter(k -> k.startsWith("ami-deploy"))
                        .toList(),
                this::story);
    }

    private static Set<String> processes(AutoScalingGroup group) {
        return group.suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The group is as it was but for its image, and no unused copy of ours is left. */
    void assertRestored() {
        assertSizesAndTags();
        Optional<LaunchSource> source = LaunchSource.of(group());
        List<Leftover> unused = aws.leftovers().stream()
                .filter(l -> l.creator().startsWith("Create"))
                .filter(l -> !source.map(LaunchSource::toString).orElse("").contains(name(l)))
                .toList();
        assertEquals(List.of(), unused, this::story);
    }

    /** A template's version is called {@code lt-0abc:2} or alike; the group names both parts. */
    private static String name(Leftover leftover) {
        return leftover.id().replaceAll("[:/ ]+(v|version )?", " version ");
    }

    /** Long enough for AWS to show the last changes. */
    private void settle() {
        aws.clock().advance(Duration.ofSeconds(5));
    }

    void assertDeployed(Outcome outcome) {
        settle();
        assertTrue(outcome instanceof Outcome.Succeeded, () -> outcome + "\n" + story());
        assertEquals(Set.of(newImage), images(), this::story);
        assertRestored();
    }

    void assertRolledBack(Outcome outcome) {
        settle();
        assertTrue(outcome instanceof Outcome.Failed, () -> outcome + "\n" + story());
        assertEquals(Set.of(oldImage), images(), this::story);
        assertEquals(LaunchSource.of(before), LaunchSource.of(group()), this::story);
        assertRestored();
    }

    void assertFloorHeld(int floor) {
        int minimum = aws.watch(GROUP).minimum();
        assertTrue(
                minimum >= floor,
                () -> "Only " + minimum + " in service at " + aws.watch(GROUP).minimumAt() + ", the floor is " + floor
                        + "\n" + story());
    }
}
