package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.Guest;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.Leftover;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedWorkplace;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Image;

/** A source on the simulated AWS, a build of an image from it, and what must be true of the account afterwards. */
final class BuildStage {
    static final String HOME = "eu-west-1";
    static final String CONTROLLER = "https://ci.example.org/";
    /** Made once: a new one takes the better part of a second. */
    private static final String KEY = SshKey.generate();

    final SimulatedAws aws;
    final String source;
    final List<String> console = new ArrayList<>();
    final List<Tick.Gate> gates = new ArrayList<>();
    private final Map<String, String> parameters = new TreeMap<>();
    private Function<Tick.Gate, Optional<String>> block;
    private boolean machine = true;
    private Rehearsal rehearsal;
    private Deployment deployment;
    private Outcome outcome;
    private int crashes;
    private int number;

    private BuildStage(SimulatedAws aws, Guest guest) {
        this.aws = aws;
        aws.instanceProfile("builder");
        this.source = aws.registerImage(
                ImageSpec.of("al2023-ami-2023.1", "x86_64").amazon().guest(guest));
        with("sourceAmi", source);
        with("iamInstanceProfile", "builder");
    }

    static BuildStage of(long seed, Guest guest) {
        return new BuildStage(new SimulatedAws(seed, Behaviour.typical()), guest);
    }

    static BuildStage of(long seed) {
        return of(seed, Guest.working());
    }

    BuildStage with(String parameter, Object value) {
        parameters.put(parameter, String.valueOf(value));
        return this;
    }

    BuildStage without(String parameter) {
        parameters.remove(parameter);
        return this;
    }

    /** With a block that passes. */
    BuildStage gated() {
        return gated(gate -> Optional.empty());
    }

    BuildStage gated(Function<Tick.Gate, Optional<String>> answer) {
        block = answer;
        return this;
    }

    /** No agent surrounds the block. */
    BuildStage withoutMachine() {
        machine = false;
        return this;
    }

    /** Another build of the same job on the same account. */
    BuildStage again() {
        rehearsal = null;
        deployment = null;
        outcome = null;
        return this;
    }

    private Rehearsal rehearsal() {
        if (rehearsal == null) {
            number++;
            rehearsal = new Rehearsal(
                            aws,
                            new BuildAmi(parameters, block != null),
                            new Owner(CONTROLLER, "web/image " + number, "d" + number),
                            event -> console.add(event.format(ZoneOffset.UTC)))
                    .gatekeeper(gate -> {
                        gates.add(gate);
                        return block.apply(gate);
                    });
            if (machine) {
                rehearsal.workplace(new SimulatedWorkplace(aws, "192.168.7.7", "198.51.100.7"));
            }
            rehearsal.keepSecret(Resources.KEY, KEY);
        }
        return rehearsal;
    }

    Map<String, String> saved() {
        return rehearsal().saved();
    }

    Deployment deployment() {
        if (deployment == null) {
            deployment = rehearsal().deployment();
        }
        return deployment;
    }

    /** Runs the build to its end; where the process crashes, a fresh one goes on from what was saved. */
    Outcome play() {
        until(() -> false);
        if (outcome == null) {
            throw new AssertionError("The build does not end; " + saved() + "\n" + story());
        }
        return outcome;
    }

    /** Runs the build until that is so, or to its end. */
    BuildStage until(BooleanSupplier so) {
        for (int steps = 0; steps < 20_000 && outcome == null && !so.getAsBoolean(); steps++) {
            try {
                outcome = rehearsal().step(deployment()).orElse(null);
            } catch (SimulatedCrash crash) {
                crashes++;
                console.add("--- crash");
                deployment = null;
            }
        }
        return this;
    }

    BuildStage untilPhase(BuildState.Phase phase) {
        until(() -> phase.name().equals(saved().get("phase")));
        assertEquals(phase.name(), saved().get("phase"), this::story);
        return this;
    }

    int crashes() {
        return crashes;
    }

    String story() {
        return String.join("\n", console) + "\n" + outcome;
    }

    Map<String, Object> succeeds() {
        Map<String, Object> result =
                assertInstanceOf(Outcome.Succeeded.class, play(), this::story).result();
        assertNothingElseIsLeft(images(result));
        return result;
    }

    String image() {
        return (String) succeeds().get("imageId");
    }

    /** Fails with these words, and nothing is left. */
    Outcome.Failed fails(String... words) {
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, play(), this::story);
        assertSays(failed.message(), words);
        assertNothingElseIsLeft(Set.of());
        return failed;
    }

    /** Fails with these words, and whatever is left is looked at elsewhere. */
    Outcome.Failed failsLeavingSomething(String... words) {
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, play(), this::story);
        assertSays(failed.message(), words);
        return failed;
    }

    void tells(String... words) {
        assertSays(String.join("\n", console), words);
    }

    private static void assertSays(String text, String... words) {
        for (String word : words) {
            assertTrue(text.contains(word), () -> "no '" + word + "' in:\n" + text);
        }
    }

    static Set<String> images(Map<String, Object> result) {
        return ((Map<?, ?>) result.get("images"))
                .values().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that builds have made and that is still there, but for those images and their snapshots. */
    void assertNothingElseIsLeft(Set<String> images) {
        aws.clock().advance(Duration.ofSeconds(5));
        Set<String> good = new TreeSet<>(images);
        for (String region : regions()) {
            aws.region(region).operator().ec2().describeImages(r -> r.owners("self")).images().stream()
                    .filter(image -> images.contains(image.imageId()))
                    .forEach(image -> good.addAll(Made.snapshots(image)));
        }
        assertEquals(
                List.of(),
                left().stream().filter(one -> !good.contains(one.id())).toList(),
                this::story);
    }

    List<Leftover> left() {
        return aws.leftovers().stream().filter(Leftover::fromCaller).toList();
    }

    Set<String> regions() {
        return aws.leftovers().stream().map(Leftover::region).collect(Collectors.toCollection(TreeSet::new));
    }

    Image shown(String region, String image) {
        return aws.region(region)
                .operator()
                .ec2()
                .describeImages(r -> r.imageIds(image))
                .images()
                .get(0);
    }

    Map<String, String> tags(String image) {
        return Tags.map(shown(HOME, image).tags());
    }

    /** Runs the sweeper now and then, as a controller does, until it has nothing more to do. */
    List<String> sweep() {
        List<String> lines = new ArrayList<>();
        for (int run = 0; run < 8; run++) {
            Sweeper sweeper = new Sweeper(Rehearsal.session(aws), CONTROLLER, owner -> false, aws.clock());
            lines.addAll(sweeper.sweep());
            aws.clock().advance(Duration.ofMinutes(5));
        }
        return lines;
    }
}
