package io.jenkins.plugins.amideploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.tasks.BuildStepDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever fills in a form of this plugin is told what each field means. */
@WithJenkins
class HelpTest {

    private static List<Descriptor<?>> forms() {
        List<Descriptor<?>> forms = new ArrayList<>();
        Stream.concat(
                        ExtensionList.lookup(StepDescriptor.class).stream(),
                        ExtensionList.lookup(BuildStepDescriptor.class).stream())
                .filter(form -> form.clazz.getName().startsWith("io.jenkins.plugins.amideploy."))
                .forEach(forms::add);
        return forms;
    }

    @Test
    void everyFieldOfEveryFormIsExplained(JenkinsRule jenkins) throws Exception {
        List<String> unexplained = new ArrayList<>();
        int fields = 0;
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (Descriptor<?> form : forms()) {
                for (DescribableParameter field : new DescribableModel<>(form.clazz).getParameters()) {
                    fields++;
                    String page = form.getHelpFile(field.getName());
                    if (page == null || text(client, page).length() < 20) {
                        unexplained.add(form.clazz.getSimpleName() + " " + field.getName());
                    }
                }
            }
        }
        assertEquals(List.of(), unexplained);
        assertTrue(fields > 100, fields + " fields");
    }

    @Test
    void everyStepIsExplained(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (Descriptor<?> form : forms()) {
                if (form instanceof StepDescriptor step) {
                    assertNotNull(step.getHelpFile(), step.getFunctionName());
                    assertTrue(
                            text(client, step.getHelpFile()).contains(step.getFunctionName() + "("),
                            step.getFunctionName());
                }
            }
        }
    }

    private static String text(JenkinsRule.WebClient client, String page) throws Exception {
        return client.goTo(page.substring(1), null).getWebResponse().getContentAsString();
    }
}
