package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer.Kind;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.Family;
import io.jenkins.plugins.amideploy.core.traffic.DnsRecord;
import io.jenkins.plugins.amideploy.core.traffic.DnsSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Which group clients reach, and the balancer in front of it. */
final class Live {
    private final TickContext at;
    private final Route route;

    Live(TickContext at, Route route) {
        this.at = at;
        this.route = route;
    }

    /**
     * The live one: the only one, or the only one of several to which the record leads.
     *
     * @param problems takes a sentence where it cannot be told
     */
    Optional<AutoScalingGroup> among(Family family, List<String> problems) {
        List<AutoScalingGroup> candidates = family.candidates();
        if (candidates.size() < 2 || !route.dns()) {
            return family.live(problems);
        }
        List<AutoScalingGroup> reached =
                candidates.stream().filter(this::reached).toList();
        if (reached.size() == 1) {
            return Optional.of(reached.get(0));
        }
        problems.add("group: "
                + (reached.isEmpty() ? "to none of " : "to more than one of ")
                + String.join(
                        ", ",
                        candidates.stream()
                                .map(AutoScalingGroup::autoScalingGroupName)
                                .toList())
                + " the record " + route.recordName() + " leads, so it is not known which one is live");
        return Optional.empty();
    }

    private boolean reached(AutoScalingGroup group) {
        return balancer(group, new ArrayList<>())
                .filter(balancer -> new DnsSplit(
                                at,
                                new DnsRecord(route.hostedZone(), route.recordName(), route.dnsRole()),
                                end(group, balancer).endpoint(),
                                Optional.empty())
                        .problems()
                        .isEmpty())
                .isPresent();
    }

    /**
     * The balancer in front of the group.
     *
     * @param problems takes a sentence where there is none, or more than one
     */
    Optional<LiveBalancer> balancer(AutoScalingGroup group, List<String> problems) {
        String name = group.autoScalingGroupName();
        List<LiveBalancer> all = LiveBalancer.of(at.aws(), group);
        if (all.isEmpty()) {
            problems.add("group: " + name + " is behind no load balancer, so there is no traffic to move. "
                    + "blueVioletDeploy or rollingAmiDeploy deploys to such a group");
        } else if (!route.loadBalancer().isEmpty()
                && all.stream().noneMatch(one -> one.name().equals(route.loadBalancer()))) {
            problems.add(
                    "loadBalancer: " + name + " is not behind " + route.loadBalancer() + " but behind " + names(all));
        } else if (all.size() > 1) {
            problems.add("group: " + name + " is behind more than one load balancer (" + names(all)
                    + "); this step moves the traffic of one. Detach the group from the others first");
        } else if (all.get(0).kind() == Kind.GATEWAY) {
            problems.add("group: " + name + " is behind the " + all.get(0) + ", whose traffic has no name to move");
        } else {
            return Optional.of(all.get(0));
        }
        return Optional.empty();
    }

    private static String names(List<LiveBalancer> balancers) {
        return String.join(", ", balancers.stream().map(LiveBalancer::name).toList());
    }

    static End end(AutoScalingGroup group, LiveBalancer balancer) {
        return new End(
                balancer.name(),
                balancer.arn(),
                balancer.dnsName(),
                balancer.hostedZoneId(),
                List.copyOf(Balancers.targetGroups(group)));
    }
}
