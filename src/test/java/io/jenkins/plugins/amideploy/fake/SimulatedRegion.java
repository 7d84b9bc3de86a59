package io.jenkins.plugins.amideploy.fake;

import hudson.Extension;
import io.jenkins.plugins.amideploy.config.AwsSessionSource;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.Guest;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import io.jenkins.plugins.amideploy.core.simulator.ScriptRun;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The region {@value #NAME}: a simulated AWS whose time runs fast, and that is still there when Jenkins restarts. */
@Extension
public final class SimulatedRegion implements AwsSessionSource {
    public static final String NAME = "simulated-1";
    private static final int SPEED = 60;

    /** The one world of the running test; it outlives controllers. */
    private static World world;

    private record World(SimulatedAws aws, AwsSession session, String former, String good, String bad, String source) {}

    /** Begins a new world, with images and no groups. */
    public static void begin() {
        begin(Rehearsal::session);
    }

    /**
     * As {@link #begin()}, and whoever describes an instance is told that it is this machine.
     *
     * @param keys takes the public keys that instances would have
     */
    public static void beginOnLoopback(List<String> keys) {
        begin(new LoopbackInstances(keys)::session);
    }

    private static synchronized void begin(Function<SimulatedAws, AwsSession> session) {
        SimulatedAws aws = new SimulatedAws(2026, Behaviour.typical(), SimulatedClock.followingRealTime(SPEED));
        aws.instanceProfile("builder");
        String source = source(aws);
        aws.parameter("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", source);
        world = new World(
                aws,
                session.apply(aws),
                aws.registerImage("web 1", "x86_64", Application.healthy()),
                aws.registerImage("web 2", "x86_64", Application.healthy()),
                aws.registerImage("web 3", "x86_64", Application.neverHealthy()),
                source);
    }

    private static String source(SimulatedAws aws) {
        Guest guest = Guest.working()
                .withCommands(script -> ScriptRun.succeeds(Duration.ofSeconds(5), "ran: " + script + "\n"));
        return aws.registerImage(
                ImageSpec.of("al2023-ami-2023.9", "x86_64").amazon().guest(guest));
    }

    private static synchronized World world() {
        return world;
    }

    public static SimulatedAws aws() {
        return world().aws();
    }

    /** The image that groups run. */
    public static String formerImage() {
        return world().former();
    }

    /** An image that works. */
    public static String goodImage() {
        return world().good();
    }

    /** An image whose instances never become healthy. */
    public static String badImage() {
        return world().bad();
    }

    /** An image of Amazon's to build others from. */
    public static String sourceImage() {
        return world().source();
    }

    /** What callers have made beside images and their snapshots and what belongs to groups, and is still there. */
    public static List<String> leftovers() {
        return aws().leftovers().stream()
                .filter(Leftover::fromCaller)
                .filter(left -> Set.of("instance", "key-pair", "security-group").contains(left.kind()))
                .map(left -> left.kind() + " " + left.id())
                .toList();
    }

    public static void createGroup(String name, int size) {
        createGroup(name, size, Duration.ofSeconds(60));
    }

    /** @param drain for how long its instances are drained */
    public static void createGroup(String name, int size, Duration drain) {
        String targets = aws().createTargetGroup(TargetGroupSpec.named(name).withDeregistrationDelay(drain));
        aws().createGroup(GroupSpec.of(name, formerImage())
                .sizes(1, size, size + 2)
                .zones("eu-west-1a", "eu-west-1b")
                .targetGroup(targets));
    }

    /** Whether there is a group of that name, be it on its way out. */
    public static boolean exists(String name) {
        return aws().exists(name);
    }

    public static AutoScalingGroup group(String name) {
        return aws().operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(name))
                .autoScalingGroups()
                .get(0);
    }

    /** The images of the instances of a group that are not on their way out. */
    public static Set<String> images(String name) {
        Set<String> images = new TreeSet<>();
        var ids = group(name).instances().stream()
                .filter(instance -> !instance.lifecycleStateAsString().startsWith("Terminating"))
                .map(instance -> instance.instanceId())
                .toList();
        aws().operator()
                .ec2()
                .describeInstances(r -> r.filters(f -> f.name("instance-id").values(ids)))
                .reservations()
                .forEach(reservation -> reservation.instances().forEach(instance -> images.add(instance.imageId())));
        return images;
    }

    /** Whether a deployment, or what is left of one, holds the group. */
    public static boolean leased(String name) {
        return group(name).tags().stream().anyMatch(tag -> tag.key().startsWith("ami-deploy:"));
    }

    @Override
    public boolean answersFor(String region) {
        return region.equals(NAME);
    }

    @Override
    public AwsSession session(String region) {
        return world().session();
    }

    @Override
    public InstantSource clock() {
        return aws().clock();
    }

    @Override
    public Duration waitUntil(Instant at) {
        return Duration.between(clock().instant(), at).dividedBy(SPEED);
    }
}
