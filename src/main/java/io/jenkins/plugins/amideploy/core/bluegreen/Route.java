package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How traffic reaches the live group, and thereby how it is moved.
 *
 * @param loadBalancer name of the live balancer; empty where the group tells
 * @param recordName the DNS name that clients use, in lower case and without the dot at its end; empty in mode listener
 * @param hostedZone id of its zone, without {@code /hostedzone/}, or the zone's name; empty in mode listener
 * @param dnsRole ARN of the role for the calls to Route 53; empty for the one of all other calls
 * @param listener ARN or port of a listener that must forward to the group, though all that do are changed; may be empty
 */
public record Route(
        Mode mode, String loadBalancer, String recordName, String hostedZone, String dnsRole, String listener) {
    /** What decides which side a client reaches. */
    public enum Mode {
        /** Weighted records of one name. */
        DNS("dns"),
        /** Weights in the forward actions of one Application Load Balancer. */
        LISTENER("listener");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        /** As in the parameter. */
        @Override
        public String toString() {
            return text;
        }
    }

    static Route of(Parameters p, List<String> problems) {
        Route route = new Route(
                p.choice("mode", Mode.DNS, Map.of("dns", Mode.DNS, "listener", Mode.LISTENER)),
                p.optional("loadBalancer", "[A-Za-z0-9-]{1,32}", "the name of a load balancer"),
                plain(p.optional(
                        "recordName",
                        "(\\*\\.)?([A-Za-z0-9_-]{1,63}\\.)+[A-Za-z0-9-]{1,63}\\.?",
                        "a DNS name such as www.example.org")),
                zone(p.optional(
                        "hostedZone",
                        "(/hostedzone/)?Z[A-Z0-9]{1,31}|([A-Za-z0-9_-]{1,63}\\.)+[A-Za-z0-9-]{1,63}\\.?",
                        "the id of a hosted zone such as Z0123456789ABC, or its name")),
                p.optional("dnsRoleArn", "arn:aws[a-z-]*:iam::\\d{12}:role/.+", "the ARN of an IAM role"),
                p.optional(
                        "listener",
                        "\\d{1,5}|arn:aws[a-z-]*:elasticloadbalancing:.+:listener/app/.+",
                        "the port or the ARN of a listener of an Application Load Balancer"));
        route.check(problems);
        return route;
    }

    private static String zone(String text) {
        String id = text.replace("/hostedzone/", "");
        return id.contains(".") ? plain(id) : id;
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private void check(List<String> problems) {
        if (mode == Mode.DNS) {
            need(recordName, "recordName", problems);
            need(hostedZone, "hostedZone", problems);
            only(listener, "listener", Mode.LISTENER, problems);
        } else {
            only(recordName, "recordName", Mode.DNS, problems);
            only(hostedZone, "hostedZone", Mode.DNS, problems);
            only(dnsRole, "dnsRoleArn", Mode.DNS, problems);
        }
    }

    private static void need(String value, String name, List<String> problems) {
        if (value.isEmpty() && problems.stream().noneMatch(problem -> problem.startsWith(name + ":"))) {
            problems.add(name + ": is required in mode dns");
        }
    }

    private static void only(String value, String name, Mode where, List<String> problems) {
        if (!value.isEmpty()) {
            problems.add(name + ": is for mode " + where + " only");
        }
    }

    boolean dns() {
        return mode == Mode.DNS;
    }
}
