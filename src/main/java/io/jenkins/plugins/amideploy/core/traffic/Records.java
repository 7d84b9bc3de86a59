package io.jenkins.plugins.amideploy.core.traffic;

import java.util.Objects;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Records that point to load balancers. */
final class Records {
    private Records() {}

    /** Whether it is an alias or a CNAME of that balancer. */
    static boolean pointsTo(ResourceRecordSet set, Endpoint balancer) {
        return set.aliasTarget() != null
                ? balancer.is(set.aliasTarget().dnsName())
                : set.typeAsString().equals("CNAME")
                        && set.resourceRecords().size() == 1
                        && balancer.is(set.resourceRecords().get(0).value());
    }

    /** The same record, pointing to that balancer. */
    static ResourceRecordSet pointing(ResourceRecordSet set, Endpoint balancer) {
        if (set.aliasTarget() == null) {
            String written = balancer.writtenAs(set.resourceRecords().get(0).value());
            return set.toBuilder()
                    .resourceRecords(ResourceRecord.builder().value(written).build())
                    .build();
        }
        return set.toBuilder()
                .aliasTarget(set.aliasTarget().toBuilder()
                        .dnsName(balancer.writtenAs(set.aliasTarget().dnsName()))
                        .hostedZoneId(balancer.hostedZoneId())
                        .build())
                .build();
    }

    /** Whether both are the same record, whatever they say: name, type and set identifier tell records apart. */
    static boolean same(ResourceRecordSet one, ResourceRecordSet other) {
        return one.typeAsString().equals(other.typeAsString())
                && Objects.equals(one.setIdentifier(), other.setIdentifier());
    }

    /** Where it points to, for people. */
    static String target(ResourceRecordSet set) {
        if (set.aliasTarget() != null) {
            return "an alias of " + Zone.normal(set.aliasTarget().dnsName());
        }
        return String.join(
                ", ",
                set.resourceRecords().stream().map(record -> record.value()).toList());
    }

    /** The routing policy in the words of the console; empty for a simple record. */
    static String policy(ResourceRecordSet set) {
        if (set.weight() != null) {
            return "weighted";
        }
        if (set.region() != null) {
            return "latency";
        }
        if (set.failover() != null) {
            return "failover";
        }
        if (set.geoLocation() != null) {
            return "geolocation";
        }
        if (set.geoProximityLocation() != null) {
            return "geoproximity";
        }
        if (Boolean.TRUE.equals(set.multiValueAnswer())) {
            return "multivalue answer";
        }
        return set.cidrRoutingConfig() != null ? "IP-based" : "";
    }
}
