package io.jenkins.plugins.amideploy.core.traffic;

import java.util.Locale;

/**
 * A load balancer as DNS knows it.
 *
 * @param dnsName as the balancer shows it
 * @param hostedZoneId its canonical hosted zone, which an alias must name
 */
public record Endpoint(String dnsName, String hostedZoneId) {
    private static final String DUALSTACK = "dualstack.";

    /** Whether a name in a record means this balancer; case, the final dot and {@code dualstack.} do not matter. */
    boolean is(String name) {
        return plain(name).equals(plain(dnsName));
    }

    /** This balancer in the place of another one, written as that was. */
    String writtenAs(String name) {
        String prefix = name.toLowerCase(Locale.ROOT).startsWith(DUALSTACK) ? DUALSTACK : "";
        return prefix + plain(dnsName) + (name.endsWith(".") ? "." : "");
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String bare = lower.startsWith(DUALSTACK) ? lower.substring(DUALSTACK.length()) : lower;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
