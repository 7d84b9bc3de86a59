package io.jenkins.plugins.amideploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.tasks.BuildStepDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever fills in a form of this plugin is told what each field means. */
@WithJenkins
@Timeout(600)
class HelpTest {

    private static Stream<Descriptor<?>> forms() {
        List<Descriptor<?>> forms = new ArrayList<>(ExtensionList.lookup(StepDescriptor.class));
        ExtensionList.lookup(BuildStepDescriptor.class).forEach(forms::add);
        return forms.stream().filter(form -> form.clazz.getName().startsWith("io.jenkins.plugins.amideploy."));
    }

    /** The page that explains each field of each form; none where a field is not explained. */
    private static Map<String, String> pagesOfFields() {
        Map<String, String> pages = new TreeMap<>();
        forms().forEach(form -> {
            for (DescribableParameter field : new DescribableModel<>(form.clazz).getParameters()) {
                pages.put(
                        form.clazz.getSimpleName() + " " + field.getName(),
                        String.valueOf(form.getHelpFile(field.getName())));
            }
        });
        return pages;
    }

    private static Map<String, String> pagesOfSteps() {
        Map<String, String> pages = new TreeMap<>();
        forms().filter(StepDescriptor.class::isInstance)
                .map(StepDescriptor.class::cast)
                .forEach(step -> pages.put(step.getFunctionName(), String.valueOf(step.getHelpFile())));
        return pages;
    }

    @Test
    void everyFieldOfEveryFormIsExplained(JenkinsRule jenkins) throws Exception {
        Map<String, String> pages = jenkins.executeOnServer(HelpTest::pagesOfFields);
        List<String> unexplained = new ArrayList<>();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (var page : pages.entrySet()) {
                if (page.getValue().equals("null")
                        || text(client, page.getValue()).length() < 30) {
                    unexplained.add(page.getKey());
                }
            }
        }
        assertEquals(List.of(), unexplained);
        assertTrue(pages.size() > 100, pages::toString);
    }

    @Test
    void everyStepIsExplainedByAnExample(JenkinsRule jenkins) throws Exception {
        Map<String, String> pages = jenkins.executeOnServer(HelpTest::pagesOfSteps);
        assertTrue(pages.size() >= 4, pages::toString);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (var page : pages.entrySet()) {
                assertTrue(text(client, page.getValue()).contains("<pre>"), page::toString);
            }
        }
    }

    private static String text(JenkinsRule.WebClient client, String page) throws Exception {
        return client.goTo(page.substring(1), null).getWebResponse().getContentAsString();
    }
}
