package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * A load balancer as its visitors meet it at this moment: where it sends what arrives.
 *
 * @param world the region that it is in
 * @param host its DNS name, in lower case
 * @param ways the shares of what arrives, by where they go; they add up to 1 unless there are none
 */
record Entrance(World world, String host, Kind kind, String metricName, Map<Balancer, Double> ways) {
    private static final String DUALSTACK = "dualstack.";

    /** Which metrics tell of it. */
    enum Kind {
        APPLICATION,
        NETWORK,
        CLASSIC
    }

    /** The balancer with that DNS name, in any region; empty where there is none. */
    static Optional<Entrance> of(Account account, String dnsName) {
        return of(account, dnsName, 80, "", "/");
    }

    /** The same, for a request to that port, host and path. */
    static Optional<Entrance> of(Account account, String dnsName, int port, String host, String path) {
        String plain = plain(dnsName);
        for (SimulatedAws aws : account.regions()) {
            if (plain.contains("." + aws.region() + ".")) {
                return in(aws.world(), plain, port, host, path);
            }
        }
        return Optional.empty();
    }

    /** A DNS name as a balancer shows its own. */
    static String plain(String dnsName) {
        String lower = dnsName.toLowerCase(Locale.ROOT);
        int from = lower.startsWith(DUALSTACK) ? DUALSTACK.length() : 0;
        return lower.substring(from, lower.length() - (lower.endsWith(".") ? 1 : 0));
    }

    private static Optional<Entrance> in(World world, String plain, int port, String host, String path) {
        for (SimulatedLoadBalancer balancer : world.loadBalancers.values()) {
            if (balancer.exists() && plain(balancer.dnsName).equals(plain)) {
                return Optional.of(new Entrance(
                        world,
                        plain,
                        balancer.application ? Kind.APPLICATION : Kind.NETWORK,
                        balancer.metricName(),
                        weighted(world, balancer.forwarding(port, host, path))));
            }
        }
        for (SimulatedClassic balancer : world.classics.values()) {
            if (balancer.resource.exists() && plain(balancer.dnsName()).equals(plain)) {
                Map<Balancer, Double> ways = balancer.listeners.containsKey(port) ? Map.of(balancer, 1.0) : Map.of();
                return Optional.of(new Entrance(world, plain, Kind.CLASSIC, balancer.name, ways));
            }
        }
        return Optional.empty();
    }

    private static Map<Balancer, Double> weighted(World world, List<TargetGroupTuple> tuples) {
        double sum = tuples.stream().mapToInt(TargetGroupTuple::weight).sum();
        Map<Balancer, Double> ways = new LinkedHashMap<>();
        tuples.stream()
                .filter(tuple -> tuple.weight() > 0)
                .forEach(tuple ->
                        ways.put(SimulatedTargetGroup.find(world, tuple.targetGroupArn()), tuple.weight() / sum));
        return ways;
    }

    /** Why someone who arrives now may find nobody who answers; empty where everybody finds a healthy instance. */
    Optional<String> obstacle() {
        if (ways.isEmpty()) {
            return Optional.of("the load balancer " + host + " forwards to nothing on that port");
        }
        return ways.keySet().stream()
                .filter(way -> !serves(way))
                .findFirst()
                .map(way -> "no healthy instance behind " + way.name + ", where the load balancer " + host + " sends "
                        + Math.round(100 * ways.get(way)) + " % of what arrives");
    }

    /**
     * Whether an alias that evaluates its target's health takes that balancer for healthy: where every target group that
     * has targets has a healthy one (Amazon Route 53 Developer Guide, "Values specific for simple alias records", Evaluate
     * target health).
     */
    static boolean healthy(Account account, String dnsName) {
        return of(account, dnsName)
                .map(entrance -> switch (entrance.kind) {
                    case CLASSIC ->
                        entrance.world.classics.values().stream()
                                .filter(classic -> plain(classic.dnsName()).equals(entrance.host))
                                .anyMatch(Entrance::serves);
                    case APPLICATION, NETWORK -> {
                        List<SimulatedTargetGroup> groups = entrance.world.targetGroups.values().stream()
                                .filter(group -> group.inUse()
                                        && plain(group.loadBalancer.dnsName).equals(entrance.host))
                                .filter(group -> !group.registrations.isEmpty())
                                .toList();
                        yield !groups.isEmpty() && groups.stream().allMatch(Entrance::serves);
                    }
                })
                .orElse(false);
    }

    private static boolean serves(Balancer balancer) {
        for (Registration registration : balancer.registrations.values()) {
            if (registration.healthy() && registration.instance.running()) {
                return true;
            }
        }
        return false;
    }
}
