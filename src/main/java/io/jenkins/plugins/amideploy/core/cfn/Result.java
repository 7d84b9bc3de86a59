package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The step's return value. */
record Result(CfnRequest request, TickContext at) {
    private static final String STARTED = "look.started";

    static void start(TickContext at) {
        at.state().put(STARTED, at.now());
    }

    /** @param stack empty where there is none, as after the plan of a new one */
    Map<String, Object> of(Optional<Stack> stack, String ami, boolean changed) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        stack.ifPresent(s -> s.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue())));
        Instant started = at.state().getInstant(STARTED).orElse(at.now());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stack", request.stack());
        result.put("status", stack.map(Stack::stackStatusAsString).orElse(""));
        result.put("outputs", outputs);
        result.put("ami", ami);
        result.put("changed", changed);
        result.put("seconds", Duration.between(started, at.now()).toSeconds());
        return result;
    }
}
