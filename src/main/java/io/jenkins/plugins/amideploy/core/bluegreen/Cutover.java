package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Between what and how traffic is moved: kept as tags on both groups beside those that say which group is which, so that
 * whoever finds only the groups can move it back.
 *
 * @param balancer name of the live balancer
 * @param record the DNS name; empty, like zone and role, in mode listener
 * @param listener as in the request
 */
record Cutover(Mode mode, String balancer, String record, String zone, String role, String listener) {
    private static final String TAG = Owner.TAG_PREFIX + "cutover";
    private static final String RECORD = Owner.TAG_PREFIX + "record";
    private static final String ROLE = Owner.TAG_PREFIX + "dns-role";
    private static final String LISTENER = Owner.TAG_PREFIX + "listener";
    /** Tags take no asterisk; Route 53 writes it in octal, too. */
    private static final String WILDCARD = "_052";

    static Cutover of(Route route, String balancer) {
        return new Cutover(
                route.mode(), balancer, route.recordName(), route.hostedZone(), route.dnsRole(), route.listener());
    }

    /** The tags that say this, by key; none has an empty value. */
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(TAG, "mode=" + mode + " zone=" + zone + " balancer=" + balancer);
        tags.put(RECORD, record.replace("*", WILDCARD));
        tags.put(ROLE, role);
        tags.put(LISTENER, listener);
        tags.values().removeIf(String::isEmpty);
        return tags;
    }

    /** What those tags of a group say; empty where they do not. */
    static Optional<Cutover> of(Map<String, String> tags) {
        if (!tags.containsKey(TAG)) {
            return Optional.empty();
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : tags.get(TAG).split(" ")) {
            int equals = word.indexOf('=');
            words.put(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
        }
        return Optional.of(new Cutover(
                words.getOrDefault("mode", "dns").equals(Mode.LISTENER.toString()) ? Mode.LISTENER : Mode.DNS,
                words.getOrDefault("balancer", ""),
                tags.getOrDefault(RECORD, "").replace(WILDCARD, "*"),
                words.getOrDefault("zone", ""),
                tags.getOrDefault(ROLE, ""),
                tags.getOrDefault(LISTENER, "")));
    }

    void keepIn(SavedState saved, String prefix) {
        tags().forEach((key, value) -> saved.put(prefix + key, value));
    }

    static Optional<Cutover> in(SavedState saved, String prefix) {
        Map<String, String> tags = new LinkedHashMap<>();
        saved.toMap().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                tags.put(key.substring(prefix.length()), value);
            }
        });
        return of(tags);
    }
}
