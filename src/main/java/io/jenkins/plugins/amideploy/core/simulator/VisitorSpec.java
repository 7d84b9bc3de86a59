package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;

/**
 * People who use what is deployed.
 *
 * @param name the DNS name that they ask for
 * @param port where they connect to
 * @param paths of their requests, each as frequent as the others; Network and Classic Load Balancers do not look at them
 * @param requestsPerSecond of all of them together
 * @param resolvers how many resolvers ask for them, each for an equal part of them
 * @param lateShare the share of the resolvers that keep an answer for longer than its TTL
 * @param late how long those keep it
 * @param connection how long a connection is kept on average; it stays with the balancer that it was made to
 */
public record VisitorSpec(
        String name,
        int port,
        List<String> paths,
        double requestsPerSecond,
        int resolvers,
        double lateShare,
        Span late,
        Duration connection) {

    /** 100 requests each second by 40 resolvers, one in ten of which is late by up to 15 minutes; connections of 20 s. */
    public static VisitorSpec of(String name) {
        return new VisitorSpec(name, 80, List.of("/"), 100, 40, 0.1, Span.seconds(120, 900), Duration.ofSeconds(20));
    }

    public VisitorSpec withPort(int value) {
        return new VisitorSpec(name, value, paths, requestsPerSecond, resolvers, lateShare, late, connection);
    }

    public VisitorSpec withPaths(String... values) {
        return new VisitorSpec(name, port, List.of(values), requestsPerSecond, resolvers, lateShare, late, connection);
    }

    public VisitorSpec withRequestsPerSecond(double value) {
        return new VisitorSpec(name, port, paths, value, resolvers, lateShare, late, connection);
    }

    public VisitorSpec withResolvers(int value) {
        return new VisitorSpec(name, port, paths, requestsPerSecond, value, lateShare, late, connection);
    }

    public VisitorSpec withLate(double share, Span time) {
        return new VisitorSpec(name, port, paths, requestsPerSecond, resolvers, share, time, connection);
    }

    public VisitorSpec withConnection(Duration value) {
        return new VisitorSpec(name, port, paths, requestsPerSecond, resolvers, lateShare, late, value);
    }
}
