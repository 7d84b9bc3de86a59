package io.jenkins.plugins.amideploy.core.ami;

import java.util.Optional;

/** A block of IPv4 addresses. */
record Cidr(long first, int bits) {
    /** Empty where the text is none. */
    static Optional<Cidr> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return bits > 32 ? Optional.empty() : address(text.substring(0, slash)).map(address -> new Cidr(address, bits));
    }

    boolean contains(String address) {
        return address(address)
                .map(a -> a >> (32 - bits) == first >> (32 - bits))
                .orElse(false);
    }

    private static Optional<Long> address(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return Optional.empty();
        }
        long address = 0;
        for (String part : text.split("\\.")) {
            address = address << 8 | Integer.parseInt(part);
        }
        return Optional.of(address);
    }
}
