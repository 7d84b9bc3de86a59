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
    public final boolean takesImplicitBlockArgument() {
        return !StackWalker.getInstance()
                .walk(frames -> frames.skip(1)
                        .findFirst()
                        .map(StackWalker.StackFrame::getMethodName)
                        .orElse("")
                        .equals("invokeStep"));
    }

    /**
     * Overridden, although a newer way exists, because an argument that is no parameter must fail the step, and not
     * only be warned about: {@code batchsize: 1} would deploy with another batch size than its author thinks.
     */
    @Override
    @SuppressWarnings("deprecation")
    public final Step newInstance(Map<String, Object> arguments) {
        DescribableModel<? extends Step> model = new DescribableModel<>(clazz);
        Map<String, Object> known = new LinkedHashMap<>();
        Map<String, String> unknown = new TreeMap<>();
        arguments.forEach((name, value) -> {
            if (model.getParameter(name) != null || name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)) {
                known.put(name, value instanceof Boolean ? value : text(value));
            } else {
                unknown.put(name, String.valueOf(text(value)));
            }
        });
        Step step = model.instantiate(known, TaskListener.NULL);
        ((DeploymentStep) step).unknown(unknown);
        return step;
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
