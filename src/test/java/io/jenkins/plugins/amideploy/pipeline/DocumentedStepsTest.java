package io.jenkins.plugins.amideploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import io.jenkins.plugins.amideploy.core.ami.BuildParameters;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenRequest;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletRequest;
import io.jenkins.plugins.amideploy.core.cfn.CfnRequest;
import io.jenkins.plugins.amideploy.core.docs.Document;
import io.jenkins.plugins.amideploy.core.rolling.RollingRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages know each step with all of its parameters, and every example that they show is one that the steps take. */
@WithJenkins
@Timeout(300)
class DocumentedStepsTest {
    private static final Set<String> OF_AWS = Set.of("credentialsId", "region", "roleArn", "externalId");

    private static Map<String, StepDescriptor> steps() {
        return ExtensionList.lookup(StepDescriptor.class).stream()
                .filter(step -> step.clazz.getName().startsWith("io.jenkins.plugins.amideploy."))
                .collect(Collectors.toMap(StepDescriptor::getFunctionName, step -> step, (a, b) -> a, TreeMap::new));
    }

    private static Optional<Document> pageOf(String step) {
        return Document.all().stream()
                .filter(page -> page.text().startsWith("# `" + step + "`\n"))
                .findFirst();
    }

    @TestFactory
    Stream<DynamicTest> pagesAndSteps(JenkinsRule jenkins) {
        Map<String, StepDescriptor> steps = steps();
        assertTrue(steps.size() >= 5, steps::toString);
        List<DynamicTest> tests = new ArrayList<>();
        steps.forEach((name, step) -> tests.add(DynamicTest.dynamicTest(
                name + " has a page with all its parameters", () -> assertDocumented(name, step))));
        for (Document page : Document.all()) {
            for (Document.Block block : page.blocks("groovy")) {
                tests.add(DynamicTest.dynamicTest(
                        "the example at " + block + " is one that the steps take", () -> assertTaken(block, steps)));
            }
        }
        return tests.stream();
    }

    private static void assertDocumented(String name, StepDescriptor step) {
        Document page = pageOf(name).orElseThrow(() -> new AssertionError("There is no page '# `" + name + "`'"));
        List<DescribableParameter> parameters = List.copyOf(new DescribableModel<>(step.clazz).getParameters());
        assertEquals(
                new TreeSet<>(
                        parameters.stream().map(DescribableParameter::getName).toList()),
                new TreeSet<>(page.parameterNames()),
                page.path() + " has a table of the parameters of " + name);
        assertEquals(page.parameterNames().size(), new HashSet<>(page.parameterNames()).size(), "each is there once");
        Document readme = Document.of("README.md");
        assertTrue(
                readme.text()
                        .contains("[`" + name + "`](" + page.path().toString().replace('\\', '/') + ")"),
                "The README links to " + page.path());
    }

    private static void assertTaken(Document.Block block, Map<String, StepDescriptor> steps) throws Exception {
        boolean any = false;
        for (WrittenScript.Call call : WrittenScript.callsIn(block.text())) {
            if (steps.containsKey(call.step())) {
                assertTaken(call, steps.get(call.step()));
                any = true;
            }
        }
        assertTrue(any, "There is no step of this plugin in " + block);
    }

    private static void assertTaken(WrittenScript.Call call, StepDescriptor descriptor) throws Exception {
        assertTrue(descriptor.takesImplicitBlockArgument() || !call.gated(), call.step() + " takes no block");
        DeploymentStep step = (DeploymentStep) descriptor.newInstance(new TreeMap<>(call.arguments()));
        Map<String, String> taken = step.parameters();
        taken.values().removeIf(value -> value == null);
        Set<String> given = new TreeSet<>(call.arguments().keySet());
        given.removeAll(OF_AWS);
        call.arguments().forEach((name, value) -> {
            if (Boolean.FALSE.equals(value)) {
                given.remove(name); // as if it were not given
            }
        });
        assertTrue(taken.keySet().containsAll(given), () -> call.step() + " does not take all of " + given);
        assertEquals(List.of(), problems(call.step(), taken, call.gated()), call.step());
    }

    /** What the procedure would say of the parameters before it looks at AWS. */
    private static List<String> problems(String step, Map<String, String> parameters, boolean gated) {
        List<String> problems = new ArrayList<>();
        switch (step) {
            case "buildAmi" -> problems.addAll(BuildParameters.problems(parameters));
            case "cfnUpdatePolicyDeploy" -> CfnRequest.of(parameters, gated, problems);
            case "rollingAmiDeploy" -> {
                parameters.remove("plan");
                RollingRequest.of(parameters, gated, problems);
            }
            case "blueVioletDeploy" -> {
                parameters.remove("plan");
                BlueVioletRequest.of(parameters, gated, problems);
            }
            case "blueGreenCutover" -> {
                parameters.remove("plan");
                BlueGreenRequest.of(parameters, gated, problems);
            }
            case "restoreAutoScalingGroup" ->
                assertFalse(parameters.get("group").isEmpty());
            default -> throw new AssertionError("Who checks the parameters of " + step + "?");
        }
        return problems;
    }
}
