package io.jenkins.plugins.amideploy.core.simulator;

/** Ranges of IP addresses. */
final class Cidr {
    private static final String IPV4 = "(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})";

    private Cidr() {}

    static boolean valid(String cidr) {
        return cidr != null && (cidr.matches(IPV4 + "/\\d{1,2}") || cidr.matches("[0-9a-fA-F:]+/\\d{1,3}"));
    }

    /** Addresses of IP version 6 are in a range only where it is that address alone, or all of them. */
    static boolean contains(String cidr, String address) {
        String network = cidr.substring(0, cidr.indexOf('/'));
        int bits = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
        if (!network.matches(IPV4) || !address.matches(IPV4)) {
            return bits == 0 ? network.contains(":") == address.contains(":") : network.equals(address);
        }
        long mask = bits == 0 ? 0 : -1L << (32 - bits) & 0xFFFFFFFFL;
        return (number(network) & mask) == (number(address) & mask);
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
