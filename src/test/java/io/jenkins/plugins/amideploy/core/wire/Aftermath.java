package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** What must be so of a group after any deployment, however it ended. */
final class Aftermath {
    private final Operator operator;

    Aftermath(Operator operator) {
        this.operator = operator;
    }

    /** Every instance runs that image and nothing of ours is left behind. */
    void everyInstanceRuns(String image, String group, Sizes before) {
        nothingOfOursIsLeft(group, before);
        var images = new TreeMap<>(operator.images(operator.instances(group)));
        images.values().removeIf(image::equals);
        assertEquals(new TreeMap<>(), images, "instances with another image");
    }

    /** The group has its sizes and its processes back and nobody's lease is on it. */
    void nothingOfOursIsLeft(String group, Sizes before) {
        AutoScalingGroup shown = operator.show(group);
        assertEquals(before, Sizes.of(shown), "sizes");
        assertEquals(before.desired(), shown.instances().size(), "instances");
        assertTrue(
                shown.instances().stream().allMatch(i -> i.lifecycleState() == LifecycleState.IN_SERVICE),
                () -> "not all in service: " + shown.instances());
        assertEquals(
                List.of("team"),
                shown.tags().stream()
                        .map(TagDescription::key)
                        .filter(key -> !key.startsWith("ami-deploy-group:"))
                        .toList(),
                "tags");
        assertEquals(
                List.of(),
                shown.suspendedProcesses().stream()
                        .map(SuspendedProcess::processName)
                        .toList(),
                "suspended processes");
        Set<String> astray = new TreeSet<>(operator.runningAnywhere());
        astray.removeAll(operator.inAnyGroup());
        assertEquals(Set.of(), astray, "instances that belong to no group");
    }

    /** No call changed anything. */
    void onlyLooked(Calls calls) {
        Set<String> changes = calls.actions();
        changes.removeIf(action -> action.contains(":Describe"));
        assertEquals(Set.of(), changes, "calls that change something");
    }
}
