package io.jenkins.plugins.amideploy.docs;

import hudson.FilePath;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.model.TopLevelItem;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A job made of an example as it stands there, but in the simulated region; its builds, with the files of
 * {@code docs/examples} in their workspace; and somebody who says yes whenever they ask.
 */
final class Played {
    private static final Path EXAMPLES = Path.of("docs/examples");

    private final JenkinsRule jenkins;
    private final Job<?, ?> job;
    private Run<?, ?> last;

    /** @param programs a directory with the programs that the example calls */
    Played(JenkinsRule jenkins, String file, Path programs) throws Exception {
        this.jenkins = jenkins;
        // An instance of the simulated region answers to nobody's SSH.
        String text = Files.readString(EXAMPLES.resolve(file))
                .replace("eu-west-1", SimulatedRegion.NAME)
                .replace("sourceAmi: 'ssm:", "waitFor: 'running', sshFrom: '192.0.2.0/24', sourceAmi: 'ssm:");
        this.job = file.endsWith(".xml") ? freestyle(text) : pipeline(text);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor((TopLevelItem) job);
        new FilePath(EXAMPLES.toFile()).copyRecursiveTo(workspace);
        new FilePath(programs.toFile()).copyRecursiveTo(workspace.child("programs"));
        workspace.child("smoke-test").chmod(0755);
        for (FilePath program : workspace.child("programs").list()) {
            program.chmod(0755);
        }
        jenkins.jenkins
                .getGlobalNodeProperties()
                .replaceBy(List.of(new EnvironmentVariablesNodeProperty(new EnvironmentVariablesNodeProperty.Entry(
                        "PATH+EXAMPLE", workspace.child("programs").getRemote()))));
    }

    private Job<?, ?> pipeline(String text) throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition(text, true));
        return pipeline;
    }

    private Job<?, ?> freestyle(String text) throws Exception {
        return (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "freestyle", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Builds it, which must succeed. */
    void again(Map<String, String> parameters) throws Exception {
        List<ParameterValue> values = parameters.entrySet().stream()
                .<ParameterValue>map(e -> new StringParameterValue(e.getKey(), e.getValue()))
                .toList();
        var item = ParameterizedJobMixIn.scheduleBuild2(
                job, 0, new ParametersAction(values, Set.copyOf(parameters.keySet())));
        last = (Run<?, ?>) item.getFuture().getStartCondition().get();
        while (last.isBuilding()) {
            approve();
            Thread.sleep(100);
        }
        jenkins.assertBuildStatusSuccess(last);
    }

    private void approve() throws Exception {
        InputAction input = last.getAction(InputAction.class);
        if (input != null) {
            for (var question : List.copyOf(input.getExecutions())) {
                if (!question.isSettled()) {
                    question.proceed(Map.of());
                }
            }
        }
    }

    void says(String... words) {
        for (String word : words) {
            try {
                jenkins.assertLogContains(word, last);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
