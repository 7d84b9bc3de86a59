package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Between what and how traffic is moved: kept as tags on both groups beside those that say which group is which, so that
 * whoever finds only the groups can move it back.
 *
 * @param balancer name of the live balancer
 * @param record the DNS name; empty, like zone and role, in mode listener
 * @param targetGroups names of the live group's target groups; none for a Classic Load Balancer
 */
record Cutover(Mode mode, String balancer, String record, String zone, String role, List<String> targetGroups) {
    private static final String TAG = Owner.TAG_PREFIX + "cutover";
    private static final String RECORD = Owner.TAG_PREFIX + "record";
    private static final String ROLE = Owner.TAG_PREFIX + "dns-role";
    private static final String TARGETS = Owner.TAG_PREFIX + "targets-";
    /** A name has up to 32 characters, a tag's value up to 256. */
    private static final int NAMES_IN_A_TAG = 7;
    /** Tags take no asterisk; Route 53 writes it in octal, too. */
    private static final String WILDCARD = "_052";

    static Cutover of(Route route, End live) {
        return new Cutover(
                route.mode(),
                live.name(),
                route.recordName(),
                route.hostedZone(),
                route.dnsRole(),
                live.targetGroups().stream().map(Balancers::shortName).toList());
    }

    /** The tags that say this, by key; none has an empty value. */
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(TAG, "mode=" + mode + " zone=" + zone + " balancer=" + balancer);
        tags.put(RECORD, record.replace("*", WILDCARD));
        tags.put(ROLE, role);
        for (int from = 0; from < targetGroups.size(); from += NAMES_IN_A_TAG) {
            List<String> some = targetGroups.subList(from, Math.min(targetGroups.size(), from + NAMES_IN_A_TAG));
            tags.put(TARGETS + from / NAMES_IN_A_TAG, String.join(" ", some));
        }
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
                names(tags)));
    }

    private static List<String> names(Map<String, String> tags) {
        List<String> names = new ArrayList<>();
        for (int i = 0; tags.containsKey(TARGETS + i); i++) {
            names.addAll(List.of(tags.get(TARGETS + i).split(" ")));
        }
        return names;
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

    /** Where the weights are found, for people. */
    String where(String balancer) {
        return mode == Mode.DNS
                ? "records of " + record + " in the hosted zone " + zone
                : "forward actions of the listeners of " + balancer;
    }
}
