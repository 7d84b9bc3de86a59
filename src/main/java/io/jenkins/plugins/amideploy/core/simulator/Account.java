package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One account: its worlds in all regions share clock, call log and what goes wrong between caller and AWS. */
final class Account {
    final long seed;
    final Behaviour behaviour;
    final SimulatedClock clock;
    final CallLog calls;
    final CallFaults faults;
    /** Names of instance profiles, which belong to no region. */
    final Set<String> profiles = new HashSet<>();

    final SimulatedDns dns;

    private final List<Runnable> watchers = new ArrayList<>();
    private final Map<String, SimulatedAws> regions = new TreeMap<>();

    Account(long seed, Behaviour behaviour, SimulatedClock clock) {
        this.seed = seed;
        this.behaviour = behaviour;
        this.clock = clock;
        this.calls = new CallLog(clock);
        this.faults = new CallFaults(clock);
        this.dns = new SimulatedDns(seed, behaviour, clock);
        dns.attach(this);
    }

    /** Each region draws for itself; the first one as an account of one region does. */
    long seedOf(String region) {
        return region.equals(Service.REGION) ? seed : Draws.mix(seed ^ region.hashCode());
    }

    void begin(String region, SimulatedAws aws) {
        regions.put(region, aws);
        watchers.forEach(watcher -> aws.world().observers.listen(change -> watcher.run()));
    }

    SimulatedAws in(String region) {
        if (!region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
            throw new IllegalArgumentException("No region is called like that: " + region);
        }
        return clock.locked(() -> {
            SimulatedAws known = regions.get(region);
            return known == null ? new SimulatedAws(this, region) : known;
        });
    }

    /** Whoever has to look when anything may have changed, in whatever region. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
        regions.values().forEach(aws -> aws.world().observers.listen(change -> watcher.run()));
    }

    /** Something was written, or a name server has got another answer. */
    void touched() {
        watchers.forEach(Runnable::run);
    }

    List<SimulatedAws> regions() {
        return clock.locked(() -> List.copyOf(regions.values()));
    }
}
