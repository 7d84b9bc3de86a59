package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Which instance goes when a group shrinks: Amazon EC2 Auto Scaling User Guide, "Configure termination policies" and
 * "Use instance scale-in protection". First the zone with the most instances that has an unprotected one, then the
 * policies in their order, then chance. Whether an instance that is still {@code Pending} can be chosen is not said
 * there; that suspending {@code Terminate} does not prevent it is ("Considerations for suspending processes").
 */
final class ScaleIn {
    private ScaleIn() {}

    static Optional<SimulatedInstance> victim(SimulatedGroup group, World world) {
        List<SimulatedInstance> candidates = group.counting()
                .filter(instance -> !instance.protectedFromScaleIn && !instance.terminating())
                .filter(instance -> group.runs("Terminate") || instance.lifecycle() != LifecycleState.IN_SERVICE)
                .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        List<SimulatedInstance> left = inFullestZone(group, candidates);
        for (String policy : group.terminationPolicies) {
            left = narrowed(left, policy, world);
        }
        int chosen = left.size() == 1
                ? 0
                : world.draws.stream("scale-in " + group.name).nextInt(left.size());
        return Optional.of(left.get(chosen));
    }

    private static List<SimulatedInstance> inFullestZone(SimulatedGroup group, List<SimulatedInstance> candidates) {
        Map<String, Integer> spread = new HashMap<>();
        group.counting().forEach(instance -> spread.merge(instance.zone, 1, Integer::sum));
        Set<String> zones = new HashSet<>();
        candidates.forEach(candidate -> zones.add(candidate.zone));
        if (!group.zones.containsAll(zones)) {
            zones.removeAll(group.zones);
        }
        int most = zones.stream().mapToInt(spread::get).max().orElseThrow();
        return candidates.stream()
                .filter(candidate -> zones.contains(candidate.zone) && spread.get(candidate.zone) == most)
                .toList();
    }

    private static List<SimulatedInstance> narrowed(List<SimulatedInstance> left, String policy, World world) {
        return switch (policy) {
            case "OldestInstance" -> least(left, Comparator.comparing(instance -> instance.launched));
            case "NewestInstance" ->
                least(
                        left,
                        Comparator.comparing((SimulatedInstance instance) -> instance.launched)
                                .reversed());
            case "OldestLaunchConfiguration" -> oldestConfiguration(left, world);
            case "OldestLaunchTemplate" -> oldestTemplate(left, world);
            case "ClosestToNextInstanceHour" -> least(left, Comparator.comparing(untilNextHour(world)));
            default ->
                least(
                        oldestTemplate(oldestConfiguration(left, world), world),
                        Comparator.comparing(untilNextHour(world)));
        };
    }

    /** Instances of a launch configuration go before those of a launch template. */
    private static List<SimulatedInstance> oldestConfiguration(List<SimulatedInstance> left, World world) {
        List<SimulatedInstance> configured =
                left.stream().filter(instance -> instance.template == null).toList();
        return configured.isEmpty()
                ? left
                : least(configured, Comparator.comparing(instance -> {
                    var configuration =
                            world.launchConfigurations.get(String.valueOf(instance.launchConfigurationName));
                    return configuration == null
                            ? Instant.MIN
                            : configuration.resource().createdTime();
                }));
    }

    private static List<SimulatedInstance> oldestTemplate(List<SimulatedInstance> left, World world) {
        return left.stream().anyMatch(instance -> instance.template == null)
                ? left
                : least(
                        left,
                        Comparator.comparing((SimulatedInstance instance) -> templateCreated(instance, world))
                                .thenComparing(instance -> Long.parseLong(instance.template.version())));
    }

    private static Instant templateCreated(SimulatedInstance instance, World world) {
        SimulatedTemplate template = world.templates.get(instance.template.launchTemplateId());
        return template == null ? Instant.MIN : template.created;
    }

    private static Function<SimulatedInstance, Long> untilNextHour(World world) {
        return instance -> {
            long hour = Duration.ofHours(1).toMillis();
            long age = Duration.between(instance.launched, world.clock.now()).toMillis();
            return hour - age % hour;
        };
    }

    private static List<SimulatedInstance> least(List<SimulatedInstance> left, Comparator<SimulatedInstance> order) {
        List<SimulatedInstance> least = new ArrayList<>();
        for (SimulatedInstance instance : left) {
            int compared = least.isEmpty() ? 0 : order.compare(instance, least.get(0));
            if (compared < 0) {
                least.clear();
            }
            if (compared <= 0) {
                least.add(instance);
            }
        }
        return least;
    }
}
