package io.jenkins.plugins.amideploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GroovyShell;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.ListBoxModel;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of all steps and build steps, whichever there are: each field is in the form, labelled, and kept by it. */
@WithJenkins
@Timeout(900)
class FormsTest {
    private static final String PLUGIN = "io.jenkins.plugins.amideploy.";
    /** The flags that are set unless somebody takes them out. */
    private static final Set<String> CHECKED = Set.of("terminateRelative", "bridge", "retireOld");

    private JenkinsRule jenkins;

    @BeforeEach
    void keep(JenkinsRule rule) {
        jenkins = rule;
    }

    private static List<StepDescriptor> steps() {
        return ExtensionList.lookup(StepDescriptor.class).stream()
                .filter(step -> step.clazz.getName().startsWith(PLUGIN))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<BuildStepDescriptor<Builder>> builders() {
        List<BuildStepDescriptor<Builder>> builders = new ArrayList<>();
        ExtensionList.lookup(BuildStepDescriptor.class).stream()
                .filter(builder -> builder.clazz.getName().startsWith(PLUGIN))
                .forEach(builders::add);
        return builders;
    }

    private static List<DescribableParameter> fields(Descriptor<?> form) {
        return List.copyOf(new DescribableModel<>(form.clazz).getParameters());
    }

    /** A value that is not the field's default, and the last of those that can be chosen where only some can. */
    private static Object value(Descriptor<?> form, DescribableParameter field) throws ReflectiveOperationException {
        Class<?> type = field.getErasedType();
        if (type == Integer.class) {
            return 7;
        }
        if (type == Boolean.class) {
            return false;
        }
        if (type == boolean.class) {
            return !CHECKED.contains(field.getName());
        }
        String fill = "doFill" + field.getCapitalizedName() + "Items";
        Method choices = Arrays.stream(form.getClass().getMethods())
                .filter(method -> method.getName().equals(fill))
                .filter(method -> method.getReturnType() == ListBoxModel.class)
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Item.class}))
                .findFirst()
                .orElse(null);
        if (choices == null) {
            return "value of " + field.getName();
        }
        ListBoxModel list = (ListBoxModel) choices.invoke(form, (Object) null);
        return list.get(list.size() - 1).value;
    }

    private static Map<String, Object> everything(Descriptor<?> form) throws ReflectiveOperationException {
        Map<String, Object> values = new TreeMap<>();
        for (DescribableParameter field : fields(form)) {
            values.put(field.getName(), value(form, field));
        }
        return values;
    }

    private static Map<String, Object> leastOf(Descriptor<?> form) throws ReflectiveOperationException {
        Map<String, Object> values = new TreeMap<>();
        for (DescribableParameter field : fields(form)) {
            if (field.isRequired()) {
                values.put(field.getName(), value(form, field));
            }
        }
        return values;
    }

    private static Map<String, Object> arguments(Object instance) {
        return new TreeMap<>(DescribableModel.uninstantiate2_(instance).getArguments());
    }

    @Test
    void formsOfStepsKeepAllFieldsAndNone() throws Exception {
        for (StepDescriptor form : steps()) {
            for (Map<String, Object> values : List.of(everything(form), leastOf(form))) {
                Step after = new StepConfigTester(jenkins).configRoundTrip(form.newInstance(values));
                assertEquals(values, arguments(after), form.getFunctionName());
            }
        }
        assertTrue(steps().size() >= 5);
    }

    @Test
    void formsOfBuildStepsKeepAllFieldsAndNone() throws Exception {
        for (BuildStepDescriptor<Builder> form : builders()) {
            for (Map<String, Object> values : List.of(everything(form), leastOf(form))) {
                Builder before = (Builder) new DescribableModel<>(form.clazz).instantiate(values, null);
                Builder after = jenkins.configRoundtrip(before);
                assertEquals(values, arguments(after), form.getId());
            }
        }
        assertTrue(builders().size() >= 4);
    }

    /** What a submitted form holds: every field, the empty ones too. */
    private static JSONObject submitted(Descriptor<?> form, Map<String, Object> values) {
        JSONObject json = new JSONObject();
        json.put("stapler-class", form.clazz.getName());
        json.put("$class", form.clazz.getName());
        for (DescribableParameter field : fields(form)) {
            Object otherwise = field.getErasedType() != boolean.class ? "" : CHECKED.contains(field.getName());
            json.put(
                    field.getName(),
                    values.getOrDefault(field.getName(), otherwise).toString());
            if (field.getErasedType() == boolean.class) {
                json.put(field.getName(), values.getOrDefault(field.getName(), otherwise));
            }
        }
        return json;
    }

    private String snippet(JenkinsRule.WebClient client, StepDescriptor form, Map<String, Object> values)
            throws Exception {
        URL url = new URL(jenkins.getURL(), "job/pipeline/pipeline-syntax/generateSnippet");
        WebRequest request = new WebRequest(client.createCrumbedUrl(""), HttpMethod.POST);
        request.setUrl(url);
        request.setRequestParameters(List.of(new org.htmlunit.util.NameValuePair(
                "json", submitted(form, values).toString())));
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString().strip();
    }

    /** What Pipeline hands to the step: a map, or the only argument without a name. */
    private static Map<String, Object> called(StepDescriptor form, String snippet) {
        String function = "def " + form.getFunctionName() + "(it) { it }\n";
        String call = snippet.replaceFirst("(?s)\\s*\\{\\s*//.*", "");
        Object given = new GroovyShell().evaluate(function + call);
        Map<String, Object> arguments = new TreeMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, value) -> arguments.put(name.toString(), value));
        } else {
            arguments.put(fields(form).get(0).getName(), given);
        }
        return arguments;
    }

    @Test
    void snippetsHoldAllFieldsOrOnlyTheRequiredOnes() throws Exception {
        jenkins.createProject(WorkflowJob.class, "pipeline");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (StepDescriptor form : steps()) {
                for (Map<String, Object> values : List.of(everything(form), leastOf(form))) {
                    String snippet = snippet(client, form, values);
                    assertEquals(values, called(form, snippet), snippet);
                    assertEquals(values, arguments(form.newInstance(called(form, snippet))), snippet);
                }
            }
        }
    }

    /** The controls of a field in a page, be they inputs, lists or text areas. */
    private static List<HtmlElement> controls(HtmlPage page, String field) {
        return page.getByXPath("//*[self::input or self::select or self::textarea][@name='_." + field + "']");
    }

    private static boolean labelled(HtmlElement control) {
        boolean named = !control.getAttribute("aria-label").isBlank();
        boolean beside = Stream.of(control.getParentNode().getChildNodes().toArray())
                .anyMatch(node -> node instanceof HtmlElement label
                        && label.getTagName().equals("label")
                        && !label.getTextContent().isBlank());
        return named || beside;
    }

    @Test
    void everyFieldHasALabelledControl() throws Exception {
        List<String> missing = new ArrayList<>();
        for (BuildStepDescriptor<Builder> form : builders()) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add((Builder) new DescribableModel<>(form.clazz).instantiate(everything(form), null));
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                HtmlPage page = client.getPage(job, "configure");
                assertEquals(List.of(), controls(page, ""), "of no field");
                for (DescribableParameter field : fields(form)) {
                    List<HtmlElement> controls = controls(page, field.getName());
                    if (controls.size() != 1 || !labelled(controls.get(0))) {
                        missing.add(form.clazz.getSimpleName() + " " + field.getName() + " " + controls);
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
    }
}
