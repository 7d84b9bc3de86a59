package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A hosted zone: its records as the API shows them at once, and as each of its four name servers answers, which may be
 * later (Amazon Route 53 API Reference, "ListResourceRecordSets": it "returns the most current version", including what
 * is PENDING).
 */
final class SimulatedZone {
    static final int SERVERS = 4;

    final String id;
    final String name;
    final boolean isPrivate;
    final RecordMap records = new RecordMap();
    final List<RecordMap> served = new ArrayList<>();
    /** Who first made a record of that name, type and set identifier. */
    final Map<RecordKey, Actor> makers = new HashMap<>();

    /** Records in their order. */
    static final class RecordMap extends TreeMap<RecordKey, ResourceRecordSet> {
        private static final long serialVersionUID = 1L;

        /** Those of that name and type. */
        List<ResourceRecordSet> of(String name, String type) {
            return List.copyOf(subMap(new RecordKey(name, type, ""), true, new RecordKey(name, type, "\uffff"), true)
                    .values());
        }
    }

    SimulatedZone(String id, String name, boolean isPrivate) {
        this.id = id;
        this.name = RecordKey.normal(name);
        this.isPrivate = isPrivate;
        for (int server = 0; server < SERVERS; server++) {
            served.add(new RecordMap());
        }
    }

    boolean contains(String recordName) {
        return recordName.equals(name) || recordName.endsWith("." + name);
    }
}
