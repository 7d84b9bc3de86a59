package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedCrash;
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
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A stack on the simulated AWS, a deployment to it, and what must be true of the stack afterwards. */
final class Stage {
    static final String STACK = "web";

    final SimulatedAws aws;
    final String oldImage;
    final String newImage;
    final List<String> console = new ArrayList<>();
    private final Map<String, String> parameters = new TreeMap<>();
    private boolean gated;
    private Rehearsal rehearsal;
    private Deployment deployment;
    private int crashes;
    private BooleanSupplier abort = () -> false;

    private Stage(long seed, Application application) {
        this.aws = new SimulatedAws(seed, Behaviour.typical());
        this.oldImage = aws.registerImage("web 1", "x86_64", Application.healthy());
        this.newImage = aws.registerImage("web 2", "x86_64", application);
        parameters.put("stack", STACK);
        parameters.put("ami", newImage);
    }

    /** No stack yet. */
    static Stage empty(long seed, Application application) {
        return new Stage(seed, application);
    }

    /** A stack with that template and the old image, created and in service. */
    static Stage with(long seed, Application application, String template) {
        Stage stage = new Stage(seed, application);
        stage.create(template, stage.oldImage);
        return stage;
    }

    static Stage typical(long seed, Application application) {
        return with(seed, application, Templates.web());
    }

    void create(String template, String image) {
        operator()
                .createStack(r -> r.stackName(STACK)
                        .templateBody(template)
                        .capabilities(Capability.CAPABILITY_IAM)
                        .parameters(parameter("Image", image)));
        settle();
    }

    static Parameter parameter(String key, String value) {
        return Parameter.builder().parameterKey(key).parameterValue(value).build();
    }

    void settle() {
        aws.clock().advance(Duration.ofMinutes(30));
    }

    CloudFormationClient operator() {
        return aws.operator().cloudFormation();
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
            rehearsal = rehearsal("d1");
        }
        return rehearsal;
    }

    Rehearsal rehearsal(String id) {
        return new Rehearsal(
                aws,
                new CfnUpdatePolicyDeploy(parameters, gated),
                new Owner("https://ci.example.org/", STACK + "/deploy 1", id),
                event -> console.add(event.format(ZoneOffset.UTC)));
    }

    Deployment deployment() {
        if (deployment == null) {
            deployment = rehearsal().deployment();
        }
        return deployment;
    }

    /** Runs until that is so; where the process crashes, a fresh one goes on from what was saved. */
    Optional<Outcome> playUntil(BooleanSupplier so) {
        for (int steps = 0; steps < 100_000; steps++) {
            if (so.getAsBoolean()) {
                return Optional.empty();
            }
            try {
                Optional<Outcome> outcome = rehearsal().step(deployment());
                if (outcome.isPresent()) {
                    return outcome;
                }
            } catch (SimulatedCrash crash) {
                crashes++;
                deployment = rehearsal().deployment();
            }
        }
        throw new AssertionError("It does not end:\n" + story());
    }

    /** Someone aborts the build as soon as that is so. */
    Stage abortedWhen(BooleanSupplier so) {
        abort = so;
        return this;
    }

    Outcome play() {
        return playUntil(abort).orElseGet(() -> {
            deployment().abort("by admin");
            return playUntil(() -> false).orElseThrow();
        });
    }

    int crashes() {
        return crashes;
    }

    boolean told(String text) {
        return console.stream().anyMatch(line -> line.contains(text));
    }

    long count(String text) {
        return console.stream().filter(line -> line.contains(text)).count();
    }

    String story() {
        return String.join("\n", console);
    }

    /** What was said, without when. */
    List<String> words() {
        return console.stream().map(line -> line.substring(8)).toList();
    }

    Map<String, Object> succeeds() {
        Outcome outcome = play();
        return assertInstanceOf(Outcome.Succeeded.class, outcome, () -> outcome + "\n" + story())
                .result();
    }

    Outcome.Failed fails() {
        Outcome outcome = play();
        return assertInstanceOf(Outcome.Failed.class, outcome, () -> outcome + "\n" + story());
    }

    /** It is refused for all these reasons, and no call has changed anything. */
    void isRefused(String... reasons) {
        Outcome.Failed failed = fails();
        for (String reason : reasons) {
            assertTrue(failed.message().contains(reason), () -> "'" + reason + "' is not in: " + failed.message());
        }
        assertTrue(failed.message().contains("Nothing was changed."), failed::message);
        List<String> writes = aws.calls().counts().keySet().stream()
                .filter(call -> !call.matches("(Describe|Get|List).*"))
                .toList();
        assertEquals(List.of(), writes);
    }

    Optional<Stack> stack() {
        try {
            return operator().describeStacks(r -> r.stackName(STACK)).stacks().stream()
                    .findFirst();
        } catch (CloudFormationException e) {
            return Optional.empty();
        }
    }

    String status() {
        return stack().map(Stack::stackStatusAsString).orElse("");
    }

    String group() {
        return stack().orElseThrow().outputs().get(0).outputValue();
    }

    /** The images of the instances of the stack's group that are not on their way out. */
    Set<String> images() {
        List<String> ids = aws
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group()))
                .autoScalingGroups()
                .get(0)
                .instances()
                .stream()
                .filter(i -> !i.lifecycleStateAsString().startsWith("Terminating"))
                .map(i -> i.instanceId())
                .toList();
        return aws.operator().ec2().describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .map(i -> i.imageId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a stack's resources were and is left though the stack is gone. */
    List<String> madeAndLeft() {
        settle();
        return aws.leftovers().stream()
                .filter(left -> left.creator().equals("CloudFormation")
                        || left.kind().equals("instance") && left.creator().startsWith("group"))
                .map(left -> left.kind() + " " + left.id())
                .toList();
    }

    void assertDeployed() {
        settle();
        assertTrue(status().matches("(UPDATE|CREATE)_COMPLETE"), () -> status() + "\n" + story());
        assertEquals(Set.of(newImage), images(), this::story);
    }

    void assertRolledBack() {
        settle();
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status(), this::story);
        assertEquals(Set.of(oldImage), images(), this::story);
    }

    /** The stack is as it was before, and no change set is left. */
    void assertUntouched() {
        settle();
        assertEquals("CREATE_COMPLETE", status(), this::story);
        assertEquals(Set.of(oldImage), images(), this::story);
        assertNoChangeSet();
    }

    /** One that was executed is history and stays. */
    void assertNoChangeSetUnlessExecuted() {
        if (!told("UPDATE_IN_PROGRESS")) {
            assertNoChangeSet();
        }
    }

    void assertNoChangeSet() {
        if (stack().isEmpty()) {
            return;
        }
        try {
            operator().describeChangeSet(r -> r.stackName(STACK).changeSetName("ami-deploy-d1"));
        } catch (CloudFormationException e) {
            return;
        }
        throw new AssertionError("The change set is left\n" + story());
    }
}
