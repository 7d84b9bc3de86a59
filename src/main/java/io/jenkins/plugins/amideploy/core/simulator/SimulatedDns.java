package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Route 53 of an account, which belongs to no region: its hosted zones, and how changes spread to the name servers
 * (Amazon Route 53 API Reference, "GetChange": a change is {@code PENDING} until it has reached all of them).
 */
public final class SimulatedDns {
    final Map<String, SimulatedZone> zones = new TreeMap<>();
    private final Map<String, Change> changes = new HashMap<>();
    private final SimulatedClock clock;
    private final Draws draws;
    private final Ids ids;
    private Span propagation = Span.seconds(2, 60);
    private int refusals;

    /** When the last change of each name server of a zone arrives there: none overtakes another. */
    private final Map<String, Instant[]> arrivals = new HashMap<>();

    /** A change as GetChange shows it. */
    record Change(String id, Instant submitted, Instant inSync, String comment) {}

    private Account account;

    SimulatedDns(long seed, Behaviour behaviour, SimulatedClock clock) {
        this.clock = clock;
        this.draws = new Draws(seed, behaviour);
        this.ids = new Ids(Draws.mix(seed ^ 0x53));
    }

    void attach(Account to) {
        account = to;
    }

    /** @return the id of a new public hosted zone */
    public String zone(String name) {
        return create(name, false);
    }

    /** @return the id of a new private hosted zone */
    public String privateZone(String name) {
        return create(name, true);
    }

    private String create(String name, boolean isPrivate) {
        return clock.locked(() -> {
            String id = "Z" + ids.hex().toUpperCase().substring(0, 13);
            zones.put(id, new SimulatedZone(id, name, isPrivate));
            return id;
        });
    }

    /** Puts a record where it has long been. */
    public void record(String zoneId, ResourceRecordSet set) {
        clock.locked(() -> {
            SimulatedZone zone = zones.get(zoneId);
            ResourceRecordSet normal = RecordKey.normal(set);
            RecordKey key = RecordKey.of(normal);
            zone.makers.putIfAbsent(key, Actor.SETUP);
            zone.records.put(key, normal);
            zone.served.forEach(server -> server.put(key, normal));
            account.touched();
            return null;
        });
    }

    /** How long a change takes to reach one of the name servers. */
    public void propagation(Span value) {
        clock.locked(() -> propagation = value);
    }

    /** So many requests to change records are refused because another is still being worked on. */
    public void busy(int requests) {
        clock.locked(() -> refusals = requests);
    }

    boolean refuses() {
        return refusals > 0 && refusals-- > 0;
    }

    /**
     * People who use that name, in a zone that there is, from now on.
     */
    public Visitors visitors(VisitorSpec spec) {
        return clock.locked(() -> new Visitors(new Population(account, spec), clock));
    }

    Change change(String id) {
        return changes.get(id);
    }

    /**
     * Lets the zone have these records instead of what it had.
     *
     * @param next all the records of the zone
     */
    Change submit(SimulatedZone zone, SimulatedZone.RecordMap next, String comment, Actor by) {
        zone.records.clear();
        zone.records.putAll(next);
        next.keySet().forEach(key -> zone.makers.putIfAbsent(key, by));
        Instant now = clock.now();
        Instant[] arrive = arrivals.computeIfAbsent(zone.id, any -> {
            Instant[] never = new Instant[SimulatedZone.SERVERS];
            Arrays.fill(never, Instant.EPOCH);
            return never;
        });
        SimulatedZone.RecordMap snapshot = new SimulatedZone.RecordMap();
        snapshot.putAll(next);
        Instant last = now;
        for (int server = 0; server < SimulatedZone.SERVERS; server++) {
            Instant at = later(arrive[server], now.plus(draws.span("propagation", propagation)));
            arrive[server] = at;
            last = later(last, at);
            SimulatedZone.RecordMap there = zone.served.get(server);
            clock.schedule(at, () -> {
                there.clear();
                there.putAll(snapshot);
                account.touched();
            });
        }
        Instant inSync = last.plus(draws.span("insync", propagation.isZero() ? Span.ZERO : Span.seconds(0, 5)));
        Change change = new Change("C" + ids.hex().toUpperCase(), now, inSync, comment);
        changes.put(change.id(), change);
        return change;
    }

    boolean inSync(Change change) {
        return !clock.now().isBefore(change.inSync());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The records that exist, of any zone. */
    List<Leftover> leftovers() {
        List<Leftover> found = new ArrayList<>();
        zones.values()
                .forEach(zone -> zone.records
                        .keySet()
                        .forEach(key -> found.add(new Leftover(
                                "record-set",
                                key.toString(),
                                "",
                                zone.makers.get(key).call(),
                                SimulatedClock.START))));
        return found;
    }

    Draws draws() {
        return draws;
    }
}
