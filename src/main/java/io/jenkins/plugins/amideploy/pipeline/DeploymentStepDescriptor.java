package io.jenkins.plugins.amideploy.pipeline;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.amideploy.config.AwsForm;
import io.jenkins.plugins.amideploy.config.GivenParameters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Takes the arguments of a step as people write them: {@code batchSize: 2} as well as {@code batchSize: '25%'},
 * {@code checkpoints: [25, 50]} as well as {@code checkpoints: '25, 50'}, and {@code tags: [stage: 'test']} as well as
 * {@code tags: 'stage=test'}.
 */
abstract class DeploymentStepDescriptor extends StepDescriptor implements AwsForm {

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /**
     * The block is optional. Pipeline has no word for that: it knows steps with a block and steps without. But it asks
     * twice, first whether a block may follow the arguments, and then, where none did, whether one is missing. Only
     * that second answer is no; it is told from the first by who asks.
     */
    @Override
    public boolean takesImplicitBlockArgument() {
        String asking = StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getMethodName)
                        .dropWhile("takesImplicitBlockArgument"::equals)
                        .findFirst()
                        .orElse(""));
        return !asking.equals("invokeStep");
    }

    /**
     * Overridden, although a newer way exists, because an argument that is no parameter must fail the step, and not
     * only be warned about: {@code batchsize: 1} would deploy with another batch size than its author thinks.
     */
    @Override
    @SuppressWarnings("deprecation")
    public final Step newInstance(Map<String, Object> arguments) {
        DescribableModel<? extends Step> model = new DescribableModel<>(clazz);
        Map<String, Object> possible = new LinkedHashMap<>();
        Map<String, String> impossible = new TreeMap<>();
        arguments.forEach((name, value) -> {
            DescribableParameter parameter = model.getParameter(name);
            String text = text(value, separator(name), separatorInside(name));
            if (!name.equals(UninstantiatedDescribable.ANONYMOUS_KEY) && !fits(text, parameter)) {
                impossible.put(name, text);
            } else {
                possible.put(name, text != null && flag(parameter) ? Boolean.valueOf(text) : text);
            }
        });
        if (!impossible.isEmpty() && !procedureChecksNames()) {
            throw new IllegalArgumentException(
                    getFunctionName() + " has no parameter " + String.join(", ", impossible.keySet()));
        }
        Step step = model.instantiate(possible, TaskListener.NULL);
        ((DeploymentStep) step).impossible(impossible);
        return step;
    }

    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        GivenParameters.tidy(form);
        return super.newInstance(request, form);
    }

    private static boolean fits(String text, DescribableParameter parameter) {
        if (parameter == null) {
            return false;
        }
        return text == null
                || (parameter.getErasedType() != Integer.class || text.matches("-?\\d{1,9}"))
                        && (!flag(parameter) || text.matches("true|false"));
    }

    private static boolean flag(DescribableParameter parameter) {
        return parameter != null
                && (parameter.getErasedType() == boolean.class || parameter.getErasedType() == Boolean.class);
    }

    /** What stands between several values of a parameter; a comma, unless values may hold one. */
    String separator(String parameter) {
        return ",";
    }

    /** What stands between several values that a map has for one key. */
    String separatorInside(String parameter) {
        return " ";
    }

    /** Whether the procedure complains about parameters that it does not know, together with all else that is wrong. */
    boolean procedureChecksNames() {
        return true;
    }

    private static String text(Object value, String separator, String inside) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + text(entry.getValue(), inside, inside))
                    .collect(Collectors.joining(separator));
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(separator));
        }
        return value == null ? null : value.toString();
    }
}
