package io.jenkins.plugins.amideploy.core.simulator;

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

    private final Map<String, SimulatedAws> regions = new TreeMap<>();

    Account(long seed, Behaviour behaviour, SimulatedClock clock) {
        this.seed = seed;
        this.behaviour = behaviour;
        this.clock = clock;
        this.calls = new CallLog(clock);
        this.faults = new CallFaults(clock);
    }

    /** Each region draws for itself; the first one as an account of one region does. */
    long seedOf(String region) {
        return region.equals(Service.REGION) ? seed : Draws.mix(seed ^ region.hashCode());
    }

    void begin(String region, SimulatedAws aws) {
        regions.put(region, aws);
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

    List<SimulatedAws> regions() {
        return clock.locked(() -> List.copyOf(regions.values()));
    }
}
