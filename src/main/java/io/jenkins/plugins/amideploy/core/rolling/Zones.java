package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Member;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Which instance to take so that the zones end even. A group launches into the zone with the fewest instances, so a
 * replacement comes back to where its predecessor went, as long as the zones are even. Two things follow. While old ones
 * are replaced, the zone with the fewest new ones is served next, so that the new ones are spread evenly. The last old
 * ones, which go without a replacement, go from the fullest zone.
 */
final class Zones {
    private final Map<String, Integer> all;
    private final Map<String, Integer> old = new HashMap<>();

    /**
     * @param counts how many instances each zone of the group has
     * @param missing how many launches AWS still owes; where they go is known by the group's own rule
     */
    Zones(Map<String, Integer> counts, Collection<Member> oldOnes, int missing) {
        this.all = new HashMap<>(counts);
        oldOnes.forEach(member -> old.merge(member.zone(), 1, Integer::sum));
        for (int i = 0; i < missing; i++) {
            launched();
        }
    }

    /** The best to take comes first. Those that do not serve cost nothing and go before all others. */
    Comparator<Member> order(boolean closing) {
        boolean fullest = closing || most() - least() > 1;
        return Comparator.comparing(Member::serving)
                .thenComparing(m -> fullest ? -all.getOrDefault(m.zone(), 0) : fresh(m.zone()))
                .thenComparing(m -> -old.getOrDefault(m.zone(), 0))
                .thenComparing(Member::id);
    }

    /** Takes note that it goes, and a replacement comes unless its capacity goes with it. */
    void goes(Member member, boolean closing) {
        all.merge(member.zone(), -1, Integer::sum);
        old.merge(member.zone(), -1, Integer::sum);
        if (!closing) {
            launched();
        }
    }

    private void launched() {
        all.entrySet().stream()
                .min(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .ifPresent(zone -> zone.setValue(zone.getValue() + 1));
    }

    private int fresh(String zone) {
        return all.getOrDefault(zone, 0) - old.getOrDefault(zone, 0);
    }

    private int most() {
        return all.values().stream().max(Integer::compare).orElse(0);
    }

    private int least() {
        return all.values().stream().min(Integer::compare).orElse(0);
    }
}
