package io.jenkins.plugins.amideploy.config.connection;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check has found.
 *
 * @param caller who AWS says is calling, an ARN; empty where AWS does not say
 * @param account its account; empty likewise
 * @param way how the actions were checked
 * @param why AWS's own words where IAM could not be asked; empty where it could
 * @param steps in the order of the documentation
 */
public record AccessReport(String caller, String account, Way way, String why, List<StepAccess> steps) {
    /** How actions are checked. */
    public enum Way {
        /** IAM was asked what the caller's policies allow, for all resources. */
        SIMULATED,
        /** Reads that harm nobody, and dry runs of EC2. */
        TRIED,
        /** Not at all, for the account's owner may do everything. */
        OWNER
    }

    /**
     * How it stands with the actions that a step needs.
     *
     * @param missing refused
     * @param unknown not checked
     */
    public record StepAccess(String step, int needed, Set<String> missing, Set<String> unknown) {}

    /** Whether every action of every step is allowed. */
    public boolean complete() {
        return steps.stream()
                .allMatch(step -> step.missing().isEmpty() && step.unknown().isEmpty());
    }

    static List<StepAccess> steps(Map<String, Access> found) {
        return NeededActions.byStep().entrySet().stream()
                .map(step -> new StepAccess(
                        step.getKey(),
                        step.getValue().size(),
                        those(step.getValue(), Access.MISSING, found),
                        those(step.getValue(), Access.UNKNOWN, found)))
                .toList();
    }

    private static Set<String> those(Set<String> actions, Access access, Map<String, Access> found) {
        Set<String> those = new TreeSet<>(actions);
        those.removeIf(action -> found.getOrDefault(action, Access.UNKNOWN) != access);
        return those;
    }
}
