package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What tells the records of a hosted zone apart, in the order in which Route 53 lists them: Amazon Route 53 API
 * Reference, "ListResourceRecordSets" (by the labels of the name from the last to the first, then by type).
 *
 * @param name in lower case, with its final dot; {@code *} as {@code \052}
 * @param setIdentifier empty for a simple record
 */
record RecordKey(String name, String type, String setIdentifier) implements Comparable<RecordKey> {
    private static final Comparator<RecordKey> ORDER =
            Comparator.comparing(RecordKey::type).thenComparing(RecordKey::setIdentifier);

    static RecordKey of(ResourceRecordSet set) {
        return new RecordKey(
                normal(set.name()), set.typeAsString(), set.setIdentifier() == null ? "" : set.setIdentifier());
    }

    /** A name as Route 53 keeps it: Amazon Route 53 Developer Guide, "DNS domain name format". */
    static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace("*", "\\052");
        return lower.endsWith(".") ? lower : lower + ".";
    }

    /** The name by its labels from the last to the first. */
    static String sortable(String name) {
        List<String> labels = new ArrayList<>(List.of(name.split("\\.")));
        Collections.reverse(labels);
        return String.join(".", labels) + ".";
    }

    @Override
    public int compareTo(RecordKey other) {
        return name.equals(other.name)
                ? ORDER.compare(this, other)
                : sortable(name).compareTo(sortable(other.name));
    }

    /** As Route 53's errors name it. */
    @Override
    public String toString() {
        return "[name='" + name + "', type='" + type + "'"
                + (setIdentifier.isEmpty() ? "" : ", set-identifier='" + setIdentifier + "'") + "]";
    }

    /** The record as Route 53 keeps it. */
    static ResourceRecordSet normal(ResourceRecordSet set) {
        ResourceRecordSet.Builder kept = set.toBuilder().name(normal(set.name()));
        if (set.aliasTarget() != null) {
            kept.aliasTarget(set.aliasTarget().toBuilder()
                    .dnsName(normal(set.aliasTarget().dnsName()))
                    .build());
        }
        return kept.build();
    }
}
