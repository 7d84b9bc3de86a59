package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer.Kind;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import io.jenkins.plugins.amideploy.core.traffic.Endpoint;
import io.jenkins.plugins.amideploy.core.traffic.Metered;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The balancer of one side as far as it has to be remembered.
 *
 * @param name as in the console
 * @param arn empty for a Classic Load Balancer
 * @param zoneId its canonical hosted zone
 * @param targetGroups the ARNs of its target groups, in the same order on both sides; none for a Classic one
 */
record End(String name, String arn, String dnsName, String zoneId, List<String> targetGroups) {
    static End of(SavedState saved, String side) {
        return find(saved, side).orElseThrow();
    }

    static Optional<End> find(SavedState saved, String side) {
        String prefix = side + ".";
        return saved.get(prefix + "balancer")
                .map(name -> new End(
                        name,
                        saved.get(prefix + "arn", ""),
                        saved.get(prefix + "dns", ""),
                        saved.get(prefix + "zone", ""),
                        List.copyOf(saved.getSet(prefix + "targets"))));
    }

    void keepIn(SavedState saved, String side) {
        String prefix = side + ".";
        saved.put(prefix + "balancer", name);
        saved.put(prefix + "arn", arn);
        saved.put(prefix + "dns", dnsName);
        saved.put(prefix + "zone", zoneId);
        saved.put(prefix + "targets", new LinkedHashSet<>(targetGroups));
    }

    static void forget(SavedState saved, String side) {
        String prefix = side + ".";
        saved.remove(prefix + "balancer", prefix + "arn", prefix + "dns", prefix + "zone", prefix + "targets");
    }

    boolean classic() {
        return arn.isEmpty();
    }

    Kind kind() {
        return classic() ? Kind.CLASSIC : arn.contains(":loadbalancer/net/") ? Kind.NETWORK : Kind.APPLICATION;
    }

    /** As a group is attached to it. */
    Front front() {
        return classic() ? new Front(List.of(), List.of(name)) : new Front(targetGroups, List.of());
    }

    /** As CloudWatch knows it. */
    Metered metered() {
        return switch (kind()) {
            case CLASSIC -> new Metered.Classic(name);
            case NETWORK -> new Metered.Network(arn);
            default -> new Metered.Application(arn);
        };
    }

    Endpoint endpoint() {
        return new Endpoint(dnsName, zoneId);
    }
}
