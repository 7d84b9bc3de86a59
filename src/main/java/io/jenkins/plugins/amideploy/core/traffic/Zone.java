package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/**
 * The hosted zone of a name. What it lists is what was written last, also while the name servers do not all answer it yet
 * (Amazon Route 53 API Reference, "ListResourceRecordSets").
 */
final class Zone {
    private final Route53Client route53;
    private final DnsRecord record;

    /** How far a change has come. */
    enum Spread {
        PENDING,
        INSYNC,
        /** Route 53 does not remember the change any more. */
        UNKNOWN
    }

    Zone(AwsSession aws, DnsRecord record) {
        this.route53 = aws.as(record.role()).route53();
        this.record = record;
    }

    /**
     * The zone's id.
     *
     * @param problems gets a sentence where there is no one such zone; the answer is then empty
     */
    String find(List<String> problems) {
        boolean isId = !record.hostedZone().contains("."); // as every name of a zone does
        return isId ? byId(record.hostedZone().replaceFirst("^/?hostedzone/", ""), problems) : byName(problems);
    }

    private String byId(String id, List<String> problems) {
        try {
            HostedZone zone = route53.getHostedZone(r -> r.id(id)).hostedZone();
            if (normal(record.name()).endsWith("." + normal(zone.name()))
                    || normal(record.name()).equals(normal(zone.name()))) {
                return id;
            }
            problems.add("recordName: " + record.name() + " does not lie in the hosted zone " + id + ", which is "
                    + normal(zone.name()));
        } catch (Route53Exception e) {
            AwsFailure failure = AwsFailure.of(e);
            if (!failure.code().equals("NoSuchHostedZone")) {
                throw e;
            }
            problems.add(
                    "hostedZone: there is no hosted zone " + id + " in the account that is asked; where it belongs to"
                            + " another one, name a role of that account (dnsRole)");
        }
        return "";
    }

    private String byName(List<String> problems) {
        String name = normal(record.hostedZone());
        List<HostedZone> found =
                route53.listHostedZonesByName(r -> r.dnsName(name).maxItems("100")).hostedZones().stream()
                        .filter(zone -> normal(zone.name()).equals(name))
                        .toList();
        List<HostedZone> open = found.stream()
                .filter(zone -> zone.config() == null
                        || !Boolean.TRUE.equals(zone.config().privateZone()))
                .toList();
        List<HostedZone> candidates = open.isEmpty() ? found : open;
        if (candidates.size() == 1) {
            return byId(candidates.get(0).id().replaceFirst("^/?hostedzone/", ""), problems);
        }
        problems.add(
                candidates.isEmpty()
                        ? "hostedZone: there is no hosted zone named " + name
                                + " in the account that is asked; where it"
                                + " belongs to another one, name a role of that account (dnsRole)"
                        : "hostedZone: there are " + candidates.size() + " hosted zones named " + name
                                + "; give the id of one: "
                                + String.join(
                                        ", ",
                                        candidates.stream().map(HostedZone::id).toList()));
        return "";
    }

    /** All the records of the name, of whatever type. */
    List<ResourceRecordSet> records(String zoneId) {
        String name = normal(record.name());
        List<ResourceRecordSet> records = new ArrayList<>();
        ListResourceRecordSetsResponse page =
                route53.listResourceRecordSets(r -> r.hostedZoneId(zoneId).startRecordName(name));
        while (true) {
            page.resourceRecordSets().stream()
                    .filter(set -> normal(set.name()).equals(name))
                    .forEach(records::add);
            boolean further = Boolean.TRUE.equals(page.isTruncated())
                    && normal(page.nextRecordName()).equals(name);
            if (!further) {
                return records;
            }
            ListResourceRecordSetsResponse last = page;
            page = route53.listResourceRecordSets(r -> r.hostedZoneId(zoneId)
                    .startRecordName(last.nextRecordName())
                    .startRecordType(last.nextRecordType())
                    .startRecordIdentifier(last.nextRecordIdentifier()));
        }
    }

    /**
     * Makes all the changes or none.
     *
     * @return the id to ask {@link #spread} for
     */
    String change(String zoneId, List<Change> changes, String comment) {
        return route53.changeResourceRecordSets(r -> r.hostedZoneId(zoneId)
                        .changeBatch(batch -> batch.changes(changes).comment(comment)))
                .changeInfo()
                .id();
    }

    Spread spread(String changeId) {
        try {
            return route53.getChange(r -> r.id(changeId)).changeInfo().status() == ChangeStatus.INSYNC
                    ? Spread.INSYNC
                    : Spread.PENDING;
        } catch (NoSuchChangeException e) {
            return Spread.UNKNOWN;
        }
    }

    /** In lower case, without the final dot, and with the {@code *} that Route 53 shows as {@code \052}. */
    static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace("\\052", "*");
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
