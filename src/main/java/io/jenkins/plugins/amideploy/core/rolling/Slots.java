package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The instances that are on their way to being ready, at most a batch of them, with what people have been told of each
 * and how long such a thing usually takes here.
 */
final class Slots {
    private static final String SLOTS = "slots";
    private static final String BOOTS = "boots";

    private final SavedState saved;
    private final Map<String, Slot> slots = new LinkedHashMap<>();

    /**
     * @param zone the Availability Zone it is in
     * @param seen when the instance was first seen
     * @param serving since when it has been seen in service, without a break; null while it is not
     * @param told a mark of the last state that was told
     */
    record Slot(String id, String zone, Instant seen, Instant serving, int told) {
        Slot serving(Instant since) {
            return new Slot(id, zone, seen, since, told);
        }

        Slot told(int mark) {
            return new Slot(id, zone, seen, serving, mark);
        }

        private String asText() {
            return id + "@" + zone + "@" + seen.toEpochMilli() + "@" + (serving == null ? "" : serving.toEpochMilli())
                    + "@" + told;
        }

        private static Slot of(String text) {
            String[] p = text.split("@");
            return new Slot(
                    p[0],
                    p[1],
                    Instant.ofEpochMilli(Long.parseLong(p[2])),
                    p[3].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(p[3])),
                    Integer.parseInt(p[4]));
        }
    }

    Slots(SavedState saved) {
        this.saved = saved;
        for (String text : saved.getSet(SLOTS)) {
            Slot slot = Slot.of(text);
            slots.put(slot.id(), slot);
        }
    }

    Collection<Slot> all() {
        return slots.values();
    }

    Optional<Slot> get(String id) {
        return Optional.ofNullable(slots.get(id));
    }

    void put(Slot slot) {
        slots.put(slot.id(), slot);
        keep();
    }

    void remove(String id) {
        slots.remove(id);
        keep();
    }

    void clear() {
        slots.clear();
        keep();
    }

    private void keep() {
        Set<String> texts = new LinkedHashSet<>();
        slots.values().forEach(slot -> texts.add(slot.asText()));
        saved.put(SLOTS, texts);
    }

    /** Learns how long it took from being seen to being in service. */
    void learn(Duration boot) {
        Boots known = boots();
        long s = boot.toSeconds();
        long least = known.count == 0 ? s : Math.min(known.least, s);
        saved.put(BOOTS, (known.count + 1) + "," + least + "," + Math.max(known.most, s));
    }

    /** The time within which no instance has come into service yet; empty before there is something to go by. */
    Optional<Duration> quickest() {
        Boots known = boots();
        return known.count < 2 ? Optional.empty() : Optional.of(Duration.ofSeconds(known.least));
    }

    /** The time within which all have come into service so far; empty before there is something to go by. */
    Optional<Duration> slowest() {
        Boots known = boots();
        return known.count < 2 ? Optional.empty() : Optional.of(Duration.ofSeconds(known.most));
    }

    private Boots boots() {
        String[] p = saved.get(BOOTS, "0,0,0").split(",");
        return new Boots(Integer.parseInt(p[0]), Long.parseLong(p[1]), Long.parseLong(p[2]));
    }

    private record Boots(int count, long least, long most) {}
}
