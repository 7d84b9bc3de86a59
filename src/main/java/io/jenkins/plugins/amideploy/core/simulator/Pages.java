package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A page of a list.
 *
 * @param nextToken null on the last page
 */
record Pages<T>(List<T> items, String nextToken) {

    /**
     * @param token as the page before gave it, null for the first page
     * @param asked the page size that the request asks for, or null
     */
    static <T> Pages<T> of(Collection<T> all, String token, Integer asked, int largest, Rejection badToken) {
        int from;
        try {
            from = token == null || token.isEmpty() ? 0 : Integer.parseInt(token, 36);
        } catch (NumberFormatException e) {
            throw badToken;
        }
        int to = Math.min(all.size(), from + (asked == null ? largest : Math.min(asked, largest)));
        List<T> list = all instanceof List<T> already ? already : new ArrayList<>(all);
        List<T> page = from >= to ? List.of() : list.subList(from, to);
        return new Pages<>(page, to < all.size() ? Integer.toString(to, 36) : null);
    }
}
