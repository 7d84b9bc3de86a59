package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a deployment remembers between ticks, by names. */
final class CfnState {
    /** Where a deployment stands. */
    enum Phase {
        /** Nothing was changed yet. */
        LOOK,
        /** The stack that could not be created is being deleted. */
        CLEAR,
        /** The change set is made, or being made. */
        PROPOSE,
        /** It was shown, and the block has the word. */
        GATE,
        /** It is not executed and is being deleted. */
        WITHDRAW,
        /** It is being handed to CloudFormation. */
        EXECUTE,
        /** CloudFormation is at work. */
        FOLLOW
    }

    private static final String GROUP = "group.";

    private final SavedState saved;

    CfnState(SavedState saved) {
        this.saved = saved;
    }

    SavedState saved() {
        return saved;
    }

    Phase phase() {
        return saved.getEnum(SavedState.PHASE, Phase.LOOK);
    }

    void phase(Phase phase) {
        saved.put(SavedState.PHASE, phase);
    }

    /** The name of the change set and the token of its calls, the same after a crash. */
    static String changeSet(Owner owner) {
        String id = owner.deployment().replaceAll("[^a-zA-Z0-9-]", "-");
        return "ami-deploy-" + (id.length() > 100 ? id.substring(0, 100) : id);
    }

    /** The stack by its ARN, once that is known: a name may be another stack's tomorrow. */
    String stack(CfnRequest request) {
        return saved.get("stack", request.stack());
    }

    void stack(String arn) {
        saved.put("stack", arn);
    }

    boolean creates() {
        return saved.has("creates");
    }

    /** What the survey has found out and the change set is made of. */
    void proposal(Survey survey) {
        if (survey.creates()) {
            saved.put("creates", "yes");
        }
        if (survey.absent()) {
            saved.put("review", "yes");
        }
        survey.stack().ifPresent(stack -> stack(stack.stackId()));
        saved.put("ami.parameter", survey.amiParameter());
        saved.put("ami.value", survey.amiValue());
        saved.put("previous", survey.previous());
        saved.put("alarms", String.join("\n", survey.alarms()));
    }

    /** Whether the stack is there only because of our change set. */
    boolean madeReview() {
        return saved.has("review");
    }

    String amiParameter() {
        return saved.get("ami.parameter", "");
    }

    String amiValue() {
        return saved.get("ami.value", "");
    }

    /** The template's parameters that keep their values. */
    Set<String> previous() {
        return saved.getSet("previous");
    }

    List<String> alarms() {
        String joined = saved.get("alarms", "");
        return joined.isEmpty() ? List.of() : List.of(joined.split("\n"));
    }

    /** The stack's groups by their paths. */
    void groups(Map<String, String> names) {
        names.forEach((path, name) -> saved.put(GROUP + path, name));
    }

    Map<String, String> groups() {
        Map<String, String> names = new LinkedHashMap<>();
        saved.toMap().forEach((key, name) -> {
            if (key.startsWith(GROUP)) {
                names.put(key.substring(GROUP.length()), name);
            }
        });
        return names;
    }

    /** What CloudFormation has said of the stack last. */
    String status() {
        return saved.get("status", "");
    }

    void status(String status) {
        saved.put("status", status);
    }

    /** Why it went wrong, as CloudFormation says; empty while it goes well. */
    String failure() {
        return saved.get("failure", "");
    }

    void failure(String text) {
        saved.put("failure", text);
    }

    /** Resources that could not be brought back. */
    Set<String> stuck() {
        return saved.getSet("stuck");
    }

    void stuck(String resource) {
        Set<String> all = stuck();
        all.add(resource.replace(' ', '_'));
        saved.put("stuck", all);
    }

    String wayBack(String stack) {
        return switch (phase()) {
            case LOOK, PROPOSE, GATE, WITHDRAW ->
                "The stack " + stack + " is as it was; a change set of ours may be left, which does nothing.";
            case CLEAR -> "The stack " + stack + ", which could not be created before, is being deleted.";
            case EXECUTE, FOLLOW ->
                "CloudFormation finishes by itself what it does to the stack " + stack
                        + (status().isEmpty() ? "" : ", which was " + status() + " when last seen")
                        + ": it completes the update or rolls it back. Look at the stack's events.";
        };
    }
}
