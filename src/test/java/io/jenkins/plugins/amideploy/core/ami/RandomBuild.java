package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.BuildFault;
import io.jenkins.plugins.amideploy.core.simulator.BuildFaults;
import io.jenkins.plugins.amideploy.core.simulator.Guest;
import io.jenkins.plugins.amideploy.core.simulator.ScriptRun;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One build with parameters and a fault drawn from the seed. */
final class RandomBuild {
    private static final String COPY = "eu-central-1";
    /** Faults that pass by themselves: the build has no reason to fail. */
    private static final Set<BuildFault> PASSING = EnumSet.of(
            BuildFault.NONE,
            BuildFault.THROTTLED,
            BuildFault.NETWORK,
            BuildFault.CREDENTIALS,
            BuildFault.CRASH_OF_OURS);

    private final BuildStage stage;
    private final BuildFault fault;
    private final boolean provisionable;
    private final String story;
    /** After so many calls someone aborts the build; 0 for never. */
    private final int abortAfter;

    private RandomBuild(long seed, BuildFault fault) {
        SplittableRandom random = new SplittableRandom(seed * 31 + fault.ordinal());
        this.fault = fault;
        boolean failing = random.nextInt(5) == 0;
        Guest guest = Guest.working()
                .withUserData(Duration.ofSeconds(20 + random.nextInt(300)), Guest.Ending.DONE)
                .withCommands(script -> failing
                        ? ScriptRun.fails(Duration.ofSeconds(9), 1, "a\nb\n", "c\n")
                        : ScriptRun.succeeds(Duration.ofSeconds(30), "a\nb\n"));
        this.stage = BuildStage.of(seed, guest);
        boolean commands = random.nextBoolean();
        boolean block = random.nextBoolean();
        boolean blockFails = random.nextInt(6) == 0;
        provisionable = !(commands && failing) && !(block && blockFails);
        stage.with("timeout", 3 * 3600);
        if (commands) {
            stage.with("commands", "install");
        }
        if (block) {
            stage.gated(gate -> blockFails ? Optional.of("no") : Optional.empty());
        }
        if (random.nextBoolean()) {
            stage.with("userData", "#!/bin/sh\ninstall");
        }
        if (fault == BuildFault.COPY_FAILS || random.nextInt(3) == 0) {
            stage.with("copyTo", COPY);
        }
        if (random.nextInt(3) == 0) {
            stage.with("noReboot", "true");
        }
        if (fault == BuildFault.SPOT_RECLAIMED || random.nextInt(4) == 0) {
            stage.with("spot", "true");
        }
        if (random.nextInt(3) == 0) {
            stage.with("associatePublicIp", "true");
        }
        abortAfter = random.nextInt(5) == 0 ? 1 + random.nextInt(80) : 0;
        story = new BuildFaults(stage.aws, seed).draw(fault, COPY);
    }

    /** What went wrong with that seed and how to replay it; null where nothing did. */
    static String failure(long seed, BuildFault fault, boolean print) {
        RandomBuild build = new RandomBuild(seed, fault);
        String wrong = null;
        try {
            build.run();
        } catch (RuntimeException | AssertionError e) {
            wrong = e.toString();
        }
        if (print) {
            System.out.println(build.stage.story());
        }
        return wrong == null
                ? null
                : "\n" + wrong.lines().limit(6).toList() + "\n" + build.story
                        + "\nReplay: mvn -f pom-core.xml test -Dtest=BuildSeedsTest -Dseed=" + seed + " -DfaultClass="
                        + fault + "\n";
    }

    private void run() {
        if (abortAfter > 0) {
            stage.until(() -> stage.aws.calls().total() >= abortAfter);
            stage.deployment().abort("Aborted by alice");
        }
        Outcome outcome = stage.play();
        if (outcome instanceof Outcome.Succeeded succeeded) {
            Set<String> images = BuildStage.images(succeeded.result());
            check(provisionable, "built although provisioning failed");
            stage.assertNothingElseIsLeft(images);
            check(
                    stage.shown(BuildStage.HOME, (String) succeeded.result().get("imageId"))
                            .stateAsString()
                            .equals("available"),
                    "the image is not available");
            return;
        }
        boolean fromTheStart = fault == BuildFault.CREDENTIALS
                && ((Outcome.Failed) outcome).state().startsWith("Nothing was");
        boolean sound = provisionable && PASSING.contains(fault) && abortAfter == 0 && !fromTheStart;
        check(!sound, "failed without need: " + outcome);
        stage.assertNothingElseIsLeft(Set.of());
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new AssertionError(otherwise);
        }
    }
}
