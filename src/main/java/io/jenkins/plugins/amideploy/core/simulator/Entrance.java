package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A load balancer as its visitors meet it at this moment: where it sends what arrives.
 *
 * @param world the region that it is in
 * @param host its DNS name, in lower case
 * @param ways the shares of what arrives, by where they go; they add up to 1 unless there are none
 */
record Entrance(World world, String host, Kind kind, String metricName, Map<Balancer, Double> ways) {
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
        return dnsName.toLowerCase(Locale.ROOT)
                .replaceFirst("^dualstack\\.", "")
                .replaceFirst("\\.$", "");
    }

    private static Optional<Entrance> in(World world, String plain, int port, String host, String path) {
        for (SimulatedLoadBalancer balancer : world.loadBalancers.values()) {
            if (SimulatedLoadBalancer.dnsName(world, balancer.name).equals(plain)) {
                return Optional.of(
                        new Entrance(world, plain, Kind.APPLICATION, balancer.metricName(), weighted(world, balancer)));
            }
        }
        for (SimulatedClassic balancer : world.classics.values()) {
            if (SimulatedLoadBalancer.dnsName(world, balancer.name).equals(plain)) {
                return Optional.of(new Entrance(world, plain, Kind.CLASSIC, balancer.name, Map.of(balancer, 1.0)));
            }
        }
        return Optional.empty();
    }

    private static Map<Balancer, Double> weighted(World world, SimulatedLoadBalancer balancer) {
        Map<Balancer, Double> ways = new LinkedHashMap<>();
        world.targetGroups.values().stream()
                .filter(group -> group.loadBalancer == balancer)
                .forEach(group -> ways.put(group, 1.0));
        ways.replaceAll((group, share) -> share / ways.size());
        return ways;
    }

    /** Why someone who arrives now may find nobody who answers; empty where everybody finds a healthy instance. */
    Optional<String> obstacle() {
        if (ways.isEmpty()) {
            return Optional.of("the load balancer " + host + " forwards to nothing");
        }
        return ways.keySet().stream()
                .filter(way -> !serves(way))
                .findFirst()
                .map(way -> "no healthy instance behind " + way.name + ", where the load balancer " + host + " sends "
                        + Math.round(100 * ways.get(way)) + " % of what arrives");
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
