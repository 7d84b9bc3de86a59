package io.jenkins.plugins.amideploy.pipeline;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.amideploy.config.AwsForm;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Takes the arguments of a step as people write them: {@code batchSize: 2} as well as {@code batchSize: '25%'}, and
 * {@code checkpoints: [25, 50]} as well as {@code checkpoints: '25, 50'}.
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
            String text = text(value);
            if (!name.equals(UninstantiatedDescribable.ANONYMOUS_KEY) && !fits(text, model.getParameter(name))) {
                impossible.put(name, text);
            } else {
                possible.put(name, value instanceof Boolean ? value : text);
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

    private static boolean fits(String text, DescribableParameter parameter) {
        return parameter != null
                && (text == null || parameter.getErasedType() != Integer.class || text.matches("-?\\d{1,9}"));
    }

    /** Whether the procedure complains about parameters that it does not know, together with all else that is wrong. */
    boolean procedureChecksNames() {
        return true;
    }

    private static String text(Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }
}
