package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.model.Replacement;

/**
 * CloudFormation at work on a stack, one resource after the other: User Guide, "Update behaviors of stack resources",
 * "Monitor the progress of a stack update", "Roll back your stack on alarm breach". Whatever was changed until a failure
 * is brought back in the same order; what was made is deleted at the end.
 */
final class StackRun {
    static final String CANCELLED = "Resource update cancelled";
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final World world;
    private final Stacks stacks;
    private final SimulatedStack stack;
    private final StackPlan plan;
    private final String token;
    private final boolean disableRollback;
    private final Consumer<String> ended;
    private final boolean creates;
    private final StackTemplate formerTemplate;
    private final Map<String, String> formerParameters;
    private final List<Applied> applied = new ArrayList<>();
    private boolean cancelled;
    private boolean rollsBack;
    private StackRun outer;
    private boolean abandoned;
    private List<Applied> back = List.of();
    /** What was made to replace something, and is not needed after all. */
    private final Map<String, SimulatedStack.Resource> seconds = new LinkedHashMap<>();

    /** A resource as it was before it was changed. */
    private record Applied(
            SimulatedStack.Resource resource,
            String physicalId,
            Map<?, ?> properties,
            Map<?, ?> body,
            boolean replaced) {
        boolean made() {
            return physicalId == null;
        }
    }

    StackRun(
            World world,
            Stacks stacks,
            SimulatedStack stack,
            StackPlan plan,
            String token,
            boolean disableRollback,
            Consumer<String> ended) {
        this.world = world;
        this.stacks = stacks;
        this.stack = stack;
        this.plan = plan;
        this.token = token;
        this.disableRollback = disableRollback;
        this.ended = ended;
        this.creates = stack.status == null || stack.status.equals("REVIEW_IN_PROGRESS");
        this.formerTemplate = stack.template;
        this.formerParameters = stack.parameters;
    }

    StackRun inner(SimulatedStack child, StackPlan childPlan, Consumer<String> childEnded) {
        StackRun inner = new StackRun(world, stacks, child, childPlan, token, disableRollback, childEnded);
        inner.outer = this;
        return inner;
    }

    SimulatedStack stack() {
        return stack;
    }

    String verb() {
        return creates ? "CREATE" : "UPDATE";
    }

    boolean rollsBack() {
        return rollsBack;
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return abandoned() || !rollsBack && (cancelled || outer != null && outer.cancelled());
    }

    void event(SimulatedStack.Resource resource, String status, String reason) {
        if (abandoned()) {
            return;
        }
        resource.status = status;
        stack.event(resource.logicalId, resource.physicalId, resource.type, status, reason, token);
    }

    void start() {
        stack.run = this;
        stack.status(
                outer != null && outer.rollsBack ? "UPDATE_ROLLBACK_IN_PROGRESS" : verb() + "_IN_PROGRESS",
                outer == null ? "User Initiated" : null,
                token);
        stack.template = plan.template();
        stack.parameters = plan.parameters();
        stacks.provisioner().later(() -> next(0));
    }

    private StackValues values(StackTemplate template, Map<String, String> parameters) {
        return new StackValues(
                stacks.region(),
                template,
                stacks.resolved(template, parameters),
                (name, attribute) -> stacks.provisioner().attribute(stack.resources.get(name), attribute));
    }

    private void next(int index) {
        if (abandoned()) {
            return;
        }
        if (cancelled()) {
            fail(List.of());
            return;
        }
        if (index == plan.steps().size()) {
            monitor(0);
            return;
        }
        StackPlan.Step step = plan.steps().get(index);
        if (step.action().equals("Remove")) {
            next(index + 1);
            return;
        }
        SimulatedStack.Resource resource = stack.resources.computeIfAbsent(
                step.logicalId(), name -> new SimulatedStack.Resource(name, step.type()));
        Map<?, ?> body = withPolicies(plan.template().resource(step.logicalId()));
        Map<?, ?> before = resource.properties;
        Map<?, ?> properties = values(plan.template(), plan.parameters()).map(body.get("Properties"));
        boolean made = resource.physicalId == null;
        boolean replaces = !made
                && (step.replacement() == Replacement.TRUE
                        || step.type().equals(StackProvisioner.GROUP) && StackGroups.replaces(body));
        applied.add(new Applied(resource, resource.physicalId, before, resource.body, replaces));
        resource.properties = properties;
        resource.body = body;
        String verb = made ? "CREATE" : "UPDATE";
        event(
                resource,
                verb + "_IN_PROGRESS",
                replaces
                        ? "Requested update requires the creation of a new physical resource; hence creating one."
                        : null);
        Consumer<Optional<String>> done = failure -> {
            if (failure.isPresent()) {
                event(resource, verb + "_FAILED", failure.get());
                fail(List.of(resource.logicalId));
            } else {
                event(resource, verb + "_COMPLETE", null);
                next(index + 1);
            }
        };
        Optional<String> failure = stacks.failure(stack, step.logicalId());
        if (failure.isPresent()) {
            stacks.provisioner().later(() -> done.accept(failure));
        } else if (made || replaces) {
            stacks.provisioner().create(this, resource, done);
        } else {
            stacks.provisioner().update(this, resource, before, done);
        }
    }

    /** What the resource is, where its creation and update policies say what they say with the stack's values. */
    private Map<?, ?> withPolicies(Map<?, ?> written) {
        Map<Object, Object> body = new LinkedHashMap<>(written);
        for (String policy : List.of("CreationPolicy", "UpdatePolicy")) {
            body.computeIfPresent(
                    policy,
                    (key, value) -> values(plan.template(), plan.parameters()).of(value));
        }
        return body;
    }

    /** Watches the alarms of the rollback configuration for as long as it says. */
    private void monitor(int seconds) {
        if (abandoned()) {
            return;
        }
        if (outer != null
                || stack.rollback == null
                || stack.rollback.rollbackTriggers().isEmpty()) {
            succeed();
            return;
        }
        Optional<String> ringing = stack.rollback.rollbackTriggers().stream()
                .map(trigger -> trigger.arn())
                .filter(arn -> stacks.provisioner().rings(arn))
                .findFirst();
        Integer minutes = stack.rollback.monitoringTimeInMinutes();
        if (ringing.isPresent()) {
            rollBack("Rollback triggered by alarm " + ringing.get() + " in ALARM state");
        } else if (cancelled()) {
            fail(List.of());
        } else if (seconds >= (minutes == null ? 0 : minutes * 60)) {
            succeed();
        } else {
            world.clock.after(LOOK, () -> monitor(seconds + (int) LOOK.toSeconds()));
        }
    }

    private void outputs(StackTemplate template, Map<String, String> parameters) {
        Map<String, String> outputs = new LinkedHashMap<>();
        StackValues values = values(template, parameters);
        template.section("Outputs")
                .forEach((key, body) -> outputs.put(
                        String.valueOf(key),
                        String.valueOf(values.of(StackTemplate.map(body).get("Value")))));
        stack.outputs = outputs;
    }

    private void succeed() {
        outputs(plan.template(), plan.parameters());
        List<Applied> obsolete = new ArrayList<>();
        applied.stream().filter(Applied::replaced).forEach(former -> obsolete.add(0, former));
        plan.steps().stream().filter(step -> step.action().equals("Remove")).forEach(step -> {
            SimulatedStack.Resource resource = stack.resources.remove(step.logicalId());
            obsolete.add(new Applied(resource, resource.physicalId, Map.of(), Map.of(), true));
        });
        boolean back = outer != null && outer.rollsBack;
        if (!creates) {
            stack.status(
                    back ? "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" : "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                    null,
                    token);
        }
        clean(obsolete, 0, () -> end(back ? "UPDATE_ROLLBACK_COMPLETE" : verb() + "_COMPLETE", null));
    }

    private void clean(List<Applied> obsolete, int index, Runnable done) {
        if (index == obsolete.size()) {
            stacks.provisioner().later(done);
            return;
        }
        SimulatedStack.Resource resource = obsolete.get(index).resource();
        String physicalId = obsolete.get(index).physicalId();
        stack.event(resource.logicalId, physicalId, resource.type, "DELETE_IN_PROGRESS", null, token);
        stacks.provisioner().delete(resource.type, physicalId, () -> {
            stack.event(resource.logicalId, physicalId, resource.type, "DELETE_COMPLETE", null, token);
            clean(obsolete, index + 1, done);
        });
    }

    private void end(String status, String reason) {
        stack.run = null;
        stack.status(status, reason, token);
        ended.accept(status);
    }

    private void fail(List<String> resources) {
        if (abandoned()) {
            return;
        }
        if (disableRollback && outer == null && !cancelled) {
            end(verb() + "_FAILED", "The following resource(s) failed: " + resources);
            return;
        }
        rollBack(resources.isEmpty() ? null : "The following resource(s) failed to update: " + resources + ". ");
    }

    private void rollBack(String reason) {
        rollsBack = true;
        stack.status(creates ? "ROLLBACK_IN_PROGRESS" : "UPDATE_ROLLBACK_IN_PROGRESS", reason, token);
        stack.template = formerTemplate;
        stack.parameters = formerParameters;
        back = new ArrayList<>(applied);
        stacks.provisioner().later(() -> restore(Set.of()));
    }

    /** Goes on bringing back what is not back yet; what is skipped stays as it is. */
    void restore(Set<String> skipped) {
        if (abandoned()) {
            return;
        }
        if (back.isEmpty()) {
            deleteMade();
            return;
        }
        Applied former = back.get(0);
        SimulatedStack.Resource resource = former.resource();
        if (former.made() || skipped.contains(resource.logicalId)) {
            back = back.subList(1, back.size());
            restore(skipped);
            return;
        }
        Map<?, ?> now = resource.properties;
        event(resource, "UPDATE_IN_PROGRESS", null);
        Consumer<Optional<String>> done = failure -> {
            if (failure.isPresent()) {
                event(resource, "UPDATE_FAILED", failure.get());
                stack.status(
                        "UPDATE_ROLLBACK_FAILED",
                        "The following resource(s) failed to update: [" + resource.logicalId + "]. ",
                        token);
                return;
            }
            event(resource, "UPDATE_COMPLETE", null);
            back = back.subList(1, back.size());
            restore(skipped);
        };
        Optional<String> failure = stacks.rollbackFailure(stack, resource.logicalId);
        resource.body = former.body();
        if (failure.isPresent()) {
            stacks.provisioner().later(() -> done.accept(failure));
        } else if (former.replaced()) {
            restoreReplaced(former, done);
        } else {
            resource.properties =
                    values(formerTemplate, formerParameters).map(former.body().get("Properties"));
            stacks.provisioner().update(this, resource, now, done);
        }
    }

    private void restoreReplaced(Applied former, Consumer<Optional<String>> done) {
        String second = former.resource().physicalId;
        former.resource().physicalId = former.physicalId();
        former.resource().properties = former.properties();
        if (second != null && !second.equals(former.physicalId())) {
            seconds.put(second, former.resource());
        }
        done.accept(Optional.empty());
    }

    private void deleteMade() {
        if (!creates) {
            outputs(formerTemplate, formerParameters);
            stack.status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", null, token);
        }
        List<Applied> made = new ArrayList<>();
        seconds.forEach((id, resource) -> made.add(0, new Applied(resource, id, Map.of(), Map.of(), true)));
        for (int i = applied.size() - 1; i >= 0; i--) {
            SimulatedStack.Resource resource = applied.get(i).resource();
            if (applied.get(i).made()) {
                stack.resources.remove(resource.logicalId);
                if (resource.physicalId != null) {
                    made.add(new Applied(resource, resource.physicalId, Map.of(), Map.of(), true));
                }
            }
        }
        clean(made, 0, () -> end(creates ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE", null));
    }

    /** Deletes the stack with all that it has; what is under way is given up. */
    static void delete(World world, Stacks stacks, SimulatedStack stack, String token) {
        if (stack.run != null) {
            stack.run.abandoned = true;
        }
        StackRun run = new StackRun(world, stacks, stack, null, token, false, status -> {});
        stack.run = run;
        stack.status("DELETE_IN_PROGRESS", "User Initiated", token);
        List<Applied> all = new ArrayList<>();
        List<SimulatedStack.Resource> resources = new ArrayList<>(stack.resources.values());
        for (int i = resources.size() - 1; i >= 0; i--) {
            if (resources.get(i).physicalId != null) {
                all.add(new Applied(resources.get(i), resources.get(i).physicalId, Map.of(), Map.of(), true));
            }
        }
        run.clean(all, 0, () -> {
            stack.resources.clear();
            run.end("DELETE_COMPLETE", null);
        });
    }

    /** The stack is being deleted, and nothing more is done for this. */
    boolean abandoned() {
        return abandoned || outer != null && outer.abandoned();
    }
}
