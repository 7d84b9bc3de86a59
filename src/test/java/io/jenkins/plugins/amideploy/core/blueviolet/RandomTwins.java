package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.BalancerWatch;
import io.jenkins.plugins.amideploy.core.simulator.FaultClass;
import io.jenkins.plugins.amideploy.core.simulator.GroupWatch;
import io.jenkins.plugins.amideploy.core.simulator.RelativeFault;
import io.jenkins.plugins.amideploy.core.simulator.Scenario;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.StateChange;
import io.jenkins.plugins.amideploy.core.simulator.TerminationCause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** One deployment beside a live group with parameters drawn from the seed, in a world drawn from the seed. */
final class RandomTwins {
    private static final String NEW = "web-blue";
    /** Whoever else takes instances away or changes the groups: what serves then is not our doing alone. */
    private static final Set<FaultClass> OTHERS = EnumSet.of(
            FaultClass.OPERATOR,
            FaultClass.SCALING_POLICY,
            FaultClass.SPOT_INTERRUPTION,
            FaultClass.ZONE_REBALANCE,
            FaultClass.CRASHING);

    private static final Set<RelativeFault> OTHERS_RELATIVE = EnumSet.complementOf(EnumSet.of(
            RelativeFault.NONE,
            RelativeFault.OLD_SCALES_OUT,
            RelativeFault.INSTANCE_QUOTA,
            RelativeFault.ACCESS_DENIED));
    /** Where the deployment itself may be unable to undo, and the next one has to. */
    private static final Set<FaultClass> MAY_BE_LEFT =
            EnumSet.of(FaultClass.ACCESS_DENIED, FaultClass.CREDENTIALS, FaultClass.OPERATOR);

    private final Scenario scenario;
    private final FaultClass faultClass;
    private final RelativeFault relative;
    private final String story;
    private final long seed;
    private final Map<String, String> parameters = new TreeMap<>();
    private final List<String> console = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, GroupWatch> watches = new HashMap<>();
    private final boolean gated;
    private final boolean gatePasses;
    private final int size;
    private final Set<String> things;
    private int least = Integer.MAX_VALUE;
    private Instant leastAt = Instant.EPOCH;

    private RandomTwins(long seed, FaultClass faultClass, RelativeFault relative) {
        this.seed = seed;
        this.scenario = Scenario.random(seed, faultClass);
        this.faultClass = faultClass;
        this.relative = relative;
        this.things = things();
        this.story = relative.draw(scenario.aws(), seed, scenario.group(), NEW);
        SplittableRandom random = new SplittableRandom(seed);
        this.size = group(scenario.group()).orElseThrow().desiredCapacity();
        gated = random.nextInt(3) == 0;
        gatePasses = random.nextInt(3) != 0;
        parameters.put("group", scenario.group());
        parameters.put("ami", scenario.newImage());
        parameters.put("warmup", "" + random.nextInt(90));
        parameters.put("bake", "" + random.nextInt(3) * random.nextInt(300));
        parameters.put("healthTimeout", "" + (600 + random.nextInt(600)));
        if (random.nextInt(4) == 0) {
            parameters.put("keepOld", "standby");
        }
        if (faultClass == FaultClass.ALARM) {
            parameters.put("alarms", scenario.alarm());
        }
        scenario.aws().listen(this::watch);
        scenario.targetGroupArns()
                .forEach(arn -> scenario.aws().watchBalancer(arn).reset());
        scenario.classicLoadBalancers()
                .forEach(name -> scenario.aws().watchBalancer(name).reset());
    }

    /** What went wrong with that seed and how to replay it; null where nothing did. */
    static String failure(long seed, FaultClass faultClass, RelativeFault relative, boolean print) {
        RandomTwins twins = new RandomTwins(seed, faultClass, relative);
        try {
            twins.run();
        } catch (RuntimeException | AssertionError e) {
            twins.wrong.add(e.toString());
        }
        if (print) {
            System.out.println(String.join("\n", twins.console));
        }
        return twins.wrong.isEmpty()
                ? null
                : "\n" + String.join("\n", twins.wrong.stream().limit(3).toList()) + "\n" + twins.scenario + "; "
                        + twins.story + "\n" + twins.parameters + (twins.gated ? " gated" : "")
                        + "\nReplay: mvn -f pom-core.xml test -Dtest=BlueVioletSeedsTest -Dseed=" + seed
                        + " -DfaultClass=" + faultClass + " -Drelative=" + relative + "\n";
    }

    private void watch(StateChange change) {
        for (String name : List.of(scenario.group(), NEW, "web-violet")) {
            if (scenario.aws().exists(name)) {
                watches.put(name, scenario.aws().watch(name));
            }
        }
        int serving = watches.values().stream().mapToInt(GroupWatch::serving).sum();
        if (serving < least) {
            least = serving;
            leastAt = change.time();
        }
    }

    private void run() {
        Outcome outcome = play("d1");
        scenario.aws().clock().advance(Duration.ofMinutes(5));
        boolean left = outcome instanceof Outcome.Failed f && f.state().contains("left where the deployment stood")
                || !leases().isEmpty();
        if (left) {
            check(
                    MAY_BE_LEFT.contains(faultClass) || othersDid() || relative == RelativeFault.ACCESS_DENIED,
                    "it was left where it stood: " + outcome);
            clearUp();
            return;
        }
        checkEnd(outcome);
    }

    private boolean othersDid() {
        return OTHERS_RELATIVE.contains(relative);
    }

    /** When the trouble has passed, the next deployment finds and clears up what this one left. */
    private void clearUp() {
        scenario.aws().clock().advance(Duration.ofHours(2));
        for (String operation : scenario.aws().calls().counts().keySet()) {
            scenario.aws().faults().allow(operation);
        }
        parameters.remove("alarms");
        parameters.put("keepOld", "terminate");
        console.add("--- the next deployment");
        Outcome outcome = play("d2");
        scenario.aws().clock().advance(Duration.ofMinutes(5));
        check(leases().isEmpty(), "tags left after clearing up: " + leases() + " " + outcome);
    }

    private Outcome play(String id) {
        boolean next = id.equals("d2");
        Rehearsal rehearsal = new Rehearsal(
                        scenario.aws(),
                        new BlueVioletDeploy(parameters, gated && !next),
                        new Owner("https://ci.example.org/", "web/deploy " + id, id),
                        event -> console.add(event.format(ZoneOffset.UTC)))
                .over(owner -> owner.deployment().equals("d1"))
                .gatekeeper(gate -> gatePasses ? Optional.empty() : Optional.of("smoke test failed"));
        Deployment deployment = rehearsal.deployment();
        for (int i = 0; i < 100_000; i++) {
            try {
                Optional<Outcome> outcome = rehearsal.step(deployment);
                if (outcome.isPresent()) {
                    console.add(outcome.get().toString());
                    return outcome.get();
                }
            } catch (SimulatedCrash crash) {
                console.add("--- crash");
                deployment = rehearsal.deployment();
            }
        }
        throw new AssertionError("it does not end; " + rehearsal.saved());
    }

    private void checkEnd(Outcome outcome) {
        boolean deployed = outcome instanceof Outcome.Succeeded
                || ((Outcome.Failed) outcome).state().contains("it was finished");
        boolean stays = outcome instanceof Outcome.Failed f && f.state().contains("stays");
        String live = deployed ? NEW : scenario.group();
        Optional<AutoScalingGroup> group = group(live);
        if (!stays && relative != RelativeFault.NEW_DELETED && relative != RelativeFault.OLD_DELETED) {
            check(group.isPresent(), "no group " + live);
        }
        if (faultClass != FaultClass.OPERATOR && !othersDid() && group.isPresent()) {
            check(processes(group.get()).isEmpty(), "suspended: " + processes(group.get()));
            Set<String> images = images(group.get());
            String image = deployed ? scenario.newImage() : scenario.oldImage();
            check(Set.of(image).containsAll(images), live + " runs " + images + ", not " + image);
            Optional<AutoScalingGroup> other = group(deployed ? scenario.group() : NEW);
            boolean standby = "standby".equals(parameters.get("keepOld")) && deployed;
            check(
                    other.isEmpty() || standby && other.get().maxSize() == 0,
                    "the other group is there: " + other.map(AutoScalingGroup::autoScalingGroupName));
        }
        if (!deployed && !stays && faultClass != FaultClass.OPERATOR && !othersDid()) {
            check(things.equals(things()), "left: " + things() + ", before: " + things);
        }
        if (deployed && group.isPresent() && !standbyAsked()) {
            checkNothingUnused(live);
        }
        checkFloor();
    }

    private boolean standbyAsked() {
        return "standby".equals(parameters.get("keepOld"));
    }

    private void checkNothingUnused(String live) {
        String source = group(live)
                .flatMap(LaunchSource::of)
                .map(LaunchSource::toString)
                .orElse("");
        things().stream()
                .filter(thing -> !things.contains(thing) && !thing.contains(NEW))
                .filter(thing -> {
                    String id = thing.substring(thing.indexOf(' ') + 1);
                    return !source.contains(id) && !source.contains(id.replace(":", " version "));
                })
                .forEach(thing -> wrong.add("left: " + thing));
    }

    private void checkFloor() {
        boolean disturbed = OTHERS.contains(faultClass)
                || othersDid()
                || scenario.aws().terminations().stream().anyMatch(t -> t.cause() == TerminationCause.REBALANCE);
        check(disturbed || least >= size, "only " + least + " of " + size + " served at " + leastAt);
        List<String> balancers = new ArrayList<>(scenario.targetGroupArns());
        balancers.addAll(scenario.classicLoadBalancers());
        for (String balancer : balancers) {
            BalancerWatch watch = scenario.aws().watchBalancer(balancer);
            check(
                    disturbed || watch.minimum() >= size,
                    "only " + watch.minimum() + " of " + size + " behind " + balancer + " at " + watch.minimumAt());
        }
    }

    private Set<String> things() {
        return scenario.aws().leftovers().stream()
                .filter(l -> !l.kind().equals("instance") && !l.id().startsWith("TargetTracking-web-Alarm"))
                .filter(l -> !l.creator().startsWith("operator"))
                .map(l -> l.kind() + " " + l.id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> processes(AutoScalingGroup group) {
        return group.suspendedProcesses().stream()
                .map(p -> p.processName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> images(AutoScalingGroup group) {
        List<String> ids = group.instances().stream()
                .filter(i -> i.lifecycleStateAsString().equals("InService"))
                .map(i -> i.instanceId())
                .toList();
        return ids.isEmpty()
                ? Set.of()
                : scenario.aws().operator().ec2().describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                        .flatMap(r -> r.instances().stream())
                        .map(i -> i.imageId())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> leases() {
        List<String> tags = new ArrayList<>();
        for (String name : List.of(scenario.group(), NEW, "web-violet")) {
            group(name).stream()
                    .flatMap(g -> g.tags().stream())
                    .filter(tag -> tag.key().startsWith("ami-deploy:"))
                    .forEach(tag -> tags.add(name + " " + tag.key()));
        }
        return tags;
    }

    private Optional<AutoScalingGroup> group(String name) {
        return scenario
                .aws()
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(name))
                .autoScalingGroups()
                .stream()
                .filter(group -> group.status() == null)
                .findFirst();
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            wrong.add(otherwise);
        }
    }
}
