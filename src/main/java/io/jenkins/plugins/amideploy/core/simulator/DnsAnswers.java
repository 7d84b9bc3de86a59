package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What one name server of Route 53 answers: Amazon Route 53 Developer Guide, "Weighted routing" (each record as often as
 * its share of the sum of all weights; all alike where all weights are zero), "How Amazon Route 53 chooses records when
 * health checking is configured" (an unhealthy record is left out unless all are, and one of weight zero comes only when
 * all others are unhealthy), "Choosing between alias and non-alias records" (an alias of a load balancer has a TTL of
 * 60 seconds).
 */
final class DnsAnswers {
    static final int ALIAS_TTL = 60;
    /** Aliases of aliases of aliases; Route 53 has no such limit. */
    private static final int DEEPEST = 5;

    private final Account account;
    private final SimulatedZone zone;
    private final SimulatedZone.RecordMap records;

    /**
     * @param host what the name stands for: the DNS name of a load balancer in its plain form, or an address
     * @param ttl seconds for which a resolver may keep it
     */
    record Answer(String host, int ttl) {}

    DnsAnswers(Account account, SimulatedZone zone, int server) {
        this.account = account;
        this.zone = zone;
        this.records = zone.served.get(server);
    }

    /**
     * All that may be answered, each with its share of the answers; empty where the name does not resolve.
     *
     * @param type A or AAAA
     */
    Map<Answer, Double> of(String name, String type) {
        Map<Answer, Double> answers = new LinkedHashMap<>();
        collect(answers, RecordKey.normal(name), type, 1, 0);
        return answers;
    }

    private void collect(Map<Answer, Double> answers, String name, String type, double share, int depth) {
        List<ResourceRecordSet> own = records.of(name, type);
        List<ResourceRecordSet> sets = own.isEmpty() ? records.of(name, "CNAME") : own;
        if (sets.isEmpty() || depth > DEEPEST) {
            return;
        }
        Map<ResourceRecordSet, Double> shares = shares(sets);
        shares.forEach((set, part) -> {
            if (set.aliasTarget() == null) {
                set.resourceRecords()
                        .forEach(value -> answers.merge(
                                new Answer(
                                        Entrance.plain(value.value()), set.ttl().intValue()),
                                share * part / set.resourceRecords().size(),
                                Double::sum));
            } else if (set.aliasTarget().hostedZoneId().equals(zone.id)) {
                collect(answers, set.aliasTarget().dnsName(), type, share * part, depth + 1);
            } else {
                answers.merge(
                        new Answer(Entrance.plain(set.aliasTarget().dnsName()), ALIAS_TTL), share * part, Double::sum);
            }
        });
    }

    private Map<ResourceRecordSet, Double> shares(List<ResourceRecordSet> sets) {
        if (sets.size() == 1) {
            return Map.of(sets.get(0), 1.0);
        }
        List<ResourceRecordSet> healthy = sets.stream().filter(this::healthy).toList();
        List<ResourceRecordSet> heavy = new ArrayList<>(healthy);
        heavy.removeIf(set -> set.weight() == 0);
        List<ResourceRecordSet> chosen = !heavy.isEmpty() ? heavy : !healthy.isEmpty() ? healthy : sets;
        double sum = chosen.stream().mapToDouble(ResourceRecordSet::weight).sum();
        Map<ResourceRecordSet, Double> shares = new LinkedHashMap<>();
        for (ResourceRecordSet set : chosen) {
            double part = sum == 0 ? 1.0 / chosen.size() : set.weight() / sum;
            if (part > 0) {
                shares.put(set, part);
            }
        }
        return shares;
    }

    /** Asked of an alias that evaluates the health of its target; any other record counts as healthy. */
    private boolean healthy(ResourceRecordSet set) {
        return set.aliasTarget() == null
                || !Boolean.TRUE.equals(set.aliasTarget().evaluateTargetHealth())
                || Entrance.healthy(account, set.aliasTarget().dnsName());
    }
}
