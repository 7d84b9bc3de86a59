package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.FaultClass;
import io.jenkins.plugins.amideploy.core.simulator.Scenario;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.StateChange;
import io.jenkins.plugins.amideploy.core.simulator.Termination;
import io.jenkins.plugins.amideploy.core.simulator.TerminationCause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/** One deployment with parameters drawn from the seed, in a world drawn from the seed. */
final class RandomDeployment {
    /** Whoever else takes instances away or changes sizes: what is left then is not our doing alone. */
    private static final Set<FaultClass> OTHERS_CHANGE_CAPACITY = EnumSet.of(
            FaultClass.OPERATOR,
            FaultClass.SCALING_POLICY,
            FaultClass.SPOT_INTERRUPTION,
            FaultClass.ZONE_REBALANCE,
            FaultClass.CRASHING);
    /** Where the deployment itself may be unable to undo, and the group's tags must be enough. */
    private static final Set<FaultClass> MAY_NEED_RESTORE =
            EnumSet.of(FaultClass.ACCESS_DENIED, FaultClass.CREDENTIALS, FaultClass.OPERATOR);

    /** How long AWS itself may need to see that an instance is dead: three failed checks, its evaluation, and the lag. */
    private static final Duration UNSEEN = Duration.ofSeconds(150);

    private final Scenario scenario;
    private final FaultClass faultClass;
    private final Map<String, String> parameters = new TreeMap<>();
    private final List<String> console = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final AutoScalingGroup before;
    private final boolean gated;
    private final boolean gatePasses;
    private final int percentage;
    private final int takenByOthers;
    private int servedBefore;
    private Instant lastLossByOthers = Instant.EPOCH;

    private RandomDeployment(long seed, FaultClass faultClass) {
        this.scenario = Scenario.random(seed, faultClass);
        this.faultClass = faultClass;
        this.before = group();
        SplittableRandom random = new SplittableRandom(seed);
        int size = before.desiredCapacity();
        percentage = random.nextInt(3) == 0 ? 50 + random.nextInt(51) : 100;
        gated = random.nextInt(3) == 0;
        gatePasses = random.nextInt(3) != 0;
        parameters.put("group", scenario.group());
        parameters.put("ami", scenario.newImage());
        parameters.put("batchSize", random.nextBoolean() ? "25%" : "" + (1 + random.nextInt(size)));
        parameters.put("minHealthyPercentage", "" + percentage);
        parameters.put("warmup", "" + random.nextInt(90));
        parameters.put("healthTimeout", "" + (600 + random.nextInt(600)));
        parameters.put("scaleInProtected", "replace");
        parameters.put("onFailure", random.nextInt(5) == 0 ? "stop" : "rollBack");
        if (gated && random.nextBoolean()) {
            parameters.put("checkpoints", (1 + random.nextInt(50)) + "," + (51 + random.nextInt(50)));
        }
        if (faultClass == FaultClass.CRASHING) {
            parameters.put("timeout", "5400"); // or it would replace crashed instances for hours
        }
        if (faultClass == FaultClass.ALARM) {
            parameters.put("alarms", scenario.alarm());
        }
        takenByOthers = takenByOthers(scenario);
        servedBefore = scenario.aws().watch(scenario.group()).serving();
        scenario.aws().listen(this::watchTheFloor);
    }

    /** What went wrong with that seed and how to replay it; null where nothing did. */
    static String failure(long seed, FaultClass faultClass, boolean print) {
        RandomDeployment deployment = new RandomDeployment(seed, faultClass);
        try {
            deployment.run();
        } catch (RuntimeException | AssertionError e) {
            deployment.wrong.add(e.toString());
        }
        if (print) {
            System.out.println(String.join("\n", deployment.console));
        }
        return deployment.wrong.isEmpty()
                ? null
                : "\n" + String.join("\n", deployment.wrong.stream().limit(3).toList()) + "\n" + deployment.scenario
                        + "\n" + deployment.parameters + (deployment.gated ? " gated" : "")
                        + "\nReplay: mvn -f pom-core.xml test -Dtest=RollingSeedsTest -Dseed=" + seed
                        + " -DfaultClass=" + faultClass + "\n";
    }

    private void run() {
        Outcome outcome = play();
        scenario.aws().clock().advance(Duration.ofSeconds(5));
        boolean leftThere =
                outcome instanceof Outcome.Failed f && f.state().contains("was left where the deployment stood");
        boolean tagged = !ourTags().isEmpty();
        if (leftThere || tagged) {
            check(MAY_NEED_RESTORE.contains(faultClass), "it was left where it stood: " + outcome);
            restore();
        }
        check(ourTags().isEmpty(), "tags left: " + ourTags());
        checkProcesses();
        checkSizes();
        checkImages(outcome, leftThere);
    }

    private Outcome play() {
        Rehearsal rehearsal = new Rehearsal(
                        scenario.aws(),
                        new RollingDeploy(parameters, gated),
                        new Owner("https://ci.example.org/", "web/deploy 1", "d1"),
                        event -> console.add(event.format(ZoneOffset.UTC)))
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

    /** When the trouble has passed, the tags alone are enough to restore the group. */
    private void restore() {
        scenario.aws().clock().advance(Duration.ofHours(2));
        for (String operation : scenario.aws().calls().counts().keySet()) {
            scenario.aws().faults().allow(operation);
        }
        console.add("--- restore");
        Outcome outcome = new Rehearsal(
                        scenario.aws(),
                        new RestoreGroup(scenario.group(), true),
                        new Owner("https://other.example.org/", "restore 1", "r1"),
                        event -> console.add(event.format(ZoneOffset.UTC)))
                .play();
        scenario.aws().clock().advance(Duration.ofSeconds(5));
        check(outcome instanceof Outcome.Succeeded, "restoring failed: " + outcome);
    }

    /** At each of our terminations of a serving instance, the others are as many as the floor asks for. */
    private void watchTheFloor(StateChange change) {
        int serving = scenario.aws().watch(scenario.group()).serving();
        Optional<Termination> ours = ourTermination(change);
        if (servedBefore - serving > (ours.isEmpty() ? 0 : 1)) {
            lastLossByOthers = change.time();
        }
        servedBefore = serving;
        if (ours.isEmpty()) {
            return;
        }
        int floor = Floor.of(Math.max(0, before.desiredCapacity() - takenByOthers), percentage);
        boolean unseen = change.time().isBefore(lastLossByOthers.plus(UNSEEN));
        if (ours.get().served() && !unseen && serving < floor) {
            wrong.add("floor " + floor + " broken at " + change.time() + " by terminating " + change.instanceId()
                    + ": only " + serving + " serve");
        }
    }

    private Optional<Termination> ourTermination(StateChange change) {
        boolean leaves = "lifecycle".equals(change.aspect())
                && String.valueOf(change.to()).startsWith("Terminating")
                && !String.valueOf(change.from()).startsWith("Terminating");
        if (!leaves) {
            return Optional.empty();
        }
        List<Termination> all = scenario.aws().terminations();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1))
                        .filter(last -> last.instanceId().equals(change.instanceId()))
                        .filter(last -> last.cause() == TerminationCause.CALLER);
    }

    /** By how much a scaling policy or an operator lowers the desired capacity at most, from the scenario's story. */
    private static int takenByOthers(Scenario scenario) {
        int taken = 0;
        Matcher policy = Pattern.compile("by -(\\d+) at").matcher(scenario.story());
        while (policy.find()) {
            taken += Integer.parseInt(policy.group(1));
        }
        Matcher operator = Pattern.compile(" (DESIRED|STANDBY|TERMINATE) at").matcher(scenario.story());
        while (operator.find()) {
            taken += 3;
        }
        return taken;
    }

    private void checkSizes() {
        AutoScalingGroup now = group();
        if (faultClass == FaultClass.OPERATOR || faultClass == FaultClass.SCALING_POLICY) {
            return;
        }
        List<Integer> was = List.of(before.minSize(), before.desiredCapacity(), before.maxSize());
        List<Integer> is = List.of(now.minSize(), now.desiredCapacity(), now.maxSize());
        check(was.equals(is), "sizes were " + was + " and are " + is);
        boolean rebalanced =
                scenario.aws().terminations().stream().anyMatch(t -> t.cause() == TerminationCause.REBALANCE);
        if (!OTHERS_CHANGE_CAPACITY.contains(faultClass) && !rebalanced) {
            int minimum = scenario.aws().watch(scenario.group()).minimum();
            int floor = Floor.of(before.desiredCapacity(), percentage);
            check(
                    minimum >= floor,
                    "the floor is " + floor + ", but only " + minimum + " served at "
                            + scenario.aws().watch(scenario.group()).minimumAt());
        }
    }

    private void checkProcesses() {
        if (faultClass != FaultClass.OPERATOR) {
            check(processes(before).equals(processes(group())), "suspended: " + processes(group()));
        }
    }

    private static Set<String> processes(AutoScalingGroup group) {
        return group.suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void checkImages(Outcome outcome, boolean leftThere) {
        if (outcome instanceof Outcome.Succeeded) {
            check(Set.of(scenario.newImage()).containsAll(images()), "deployed, but runs " + images());
            return;
        }
        String state = ((Outcome.Failed) outcome).state();
        boolean mixed = leftThere || state.contains("It is a mix") || state.contains("had been replaced by then");
        if (!mixed) {
            check(images().equals(Set.of(scenario.oldImage())), "rolled back, but runs " + images());
            check(
                    faultClass == FaultClass.OPERATOR || LaunchSource.of(before).equals(LaunchSource.of(group())),
                    "launches from " + LaunchSource.of(group()) + ", before from " + LaunchSource.of(before));
        }
    }

    private Set<String> images() {
        List<String> ids = group().instances().stream()
                .filter(i -> i.lifecycleStateAsString().equals("InService"))
                .map(i -> i.instanceId())
                .toList();
        if (ids.isEmpty()) {
            return Set.of();
        }
        return scenario.aws().operator().ec2().describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .map(i -> i.imageId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> ourTags() {
        return group().tags().stream()
                .map(tag -> tag.key() + "=" + tag.value())
                .filter(tag -> tag.startsWith("ami-deploy:"))
                .toList();
    }

    private AutoScalingGroup group() {
        return scenario.aws()
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(scenario.group()))
                .autoScalingGroups()
                .get(0);
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            wrong.add(otherwise);
        }
    }
}
