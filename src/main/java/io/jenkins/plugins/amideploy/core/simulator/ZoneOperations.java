package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetChangeResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Route 53: Amazon Route 53 API Reference, "ListHostedZonesByName", "GetHostedZone", "ListResourceRecordSets",
 * "ChangeResourceRecordSets", "GetChange". Ids are without the path in front of them, as the SDK's client shows them.
 */
final class ZoneOperations {
    private static final int MOST_ZONES = 100;
    private static final int MOST_RECORDS = 300;

    private final World world;
    private final SimulatedDns dns;

    ZoneOperations(World world, Operations operations) {
        this.world = world;
        this.dns = world.account.dns;
        operations.on(Service.ROUTE_53, ListHostedZonesByNameRequest.class, this::zones);
        operations.on(Service.ROUTE_53, GetHostedZoneRequest.class, this::zone);
        operations.on(Service.ROUTE_53, ListResourceRecordSetsRequest.class, this::records);
        operations.on(Service.ROUTE_53, ChangeResourceRecordSetsRequest.class, this::change);
        operations.on(Service.ROUTE_53, GetChangeRequest.class, this::status);
    }

    private SimulatedZone find(String id) {
        SimulatedZone zone = dns.zones.get(id.replaceFirst("^/?hostedzone/", ""));
        if (zone == null) {
            throw new Rejection(
                    NoSuchHostedZoneException.builder(),
                    404,
                    "NoSuchHostedZone",
                    "No hosted zone found with ID: " + id);
        }
        return zone;
    }

    private ListHostedZonesByNameResponse zones(ListHostedZonesByNameRequest request) {
        String from = request.dnsName() == null ? "" : RecordKey.sortable(RecordKey.normal(request.dnsName()));
        int most = request.maxItems() == null ? MOST_ZONES : Math.min(MOST_ZONES, Integer.parseInt(request.maxItems()));
        List<SimulatedZone> found = dns.zones.values().stream()
                .sorted(Comparator.<SimulatedZone, String>comparing(zone -> RecordKey.sortable(zone.name))
                        .thenComparing(zone -> zone.id))
                .filter(zone -> comesAfter(zone, from, request.hostedZoneId()))
                .toList();
        boolean truncated = found.size() > most;
        return ListHostedZonesByNameResponse.builder()
                .dnsName(request.dnsName())
                .hostedZoneId(request.hostedZoneId())
                .hostedZones(found.stream().limit(most).map(this::describe).toList())
                .isTruncated(truncated)
                .nextDNSName(truncated ? found.get(most).name : null)
                .nextHostedZoneId(truncated ? found.get(most).id : null)
                .maxItems(Integer.toString(most))
                .build();
    }

    private static boolean comesAfter(SimulatedZone zone, String from, String id) {
        int order = RecordKey.sortable(zone.name).compareTo(from);
        return order > 0 || order == 0 && (id == null || zone.id.compareTo(id) >= 0);
    }

    private HostedZone describe(SimulatedZone zone) {
        return HostedZone.builder()
                .id(zone.id)
                .name(zone.name)
                .callerReference("set-up " + zone.id)
                .config(config -> config.privateZone(zone.isPrivate))
                .resourceRecordSetCount((long) zone.records.size())
                .build();
    }

    private GetHostedZoneResponse zone(GetHostedZoneRequest request) {
        return GetHostedZoneResponse.builder()
                .hostedZone(describe(find(request.id())))
                .build();
    }

    private ListResourceRecordSetsResponse records(ListResourceRecordSetsRequest request) {
        SimulatedZone zone = find(request.hostedZoneId());
        RecordKey from = request.startRecordName() == null
                ? new RecordKey("", "", "")
                : new RecordKey(
                        RecordKey.normal(request.startRecordName()),
                        request.startRecordType() == null ? "" : request.startRecordTypeAsString(),
                        request.startRecordIdentifier() == null ? "" : request.startRecordIdentifier());
        int most = request.maxItems() == null
                ? MOST_RECORDS
                : Math.min(MOST_RECORDS, Integer.parseInt(request.maxItems()));
        List<Map.Entry<RecordKey, ResourceRecordSet>> found =
                List.copyOf(zone.records.tailMap(from, true).entrySet());
        ListResourceRecordSetsResponse.Builder response = ListResourceRecordSetsResponse.builder()
                .resourceRecordSets(
                        found.stream().limit(most).map(Map.Entry::getValue).toList())
                .isTruncated(found.size() > most)
                .maxItems(Integer.toString(most));
        if (found.size() > most) {
            RecordKey next = found.get(most).getKey();
            response.nextRecordName(next.name())
                    .nextRecordType(next.type())
                    .nextRecordIdentifier(next.setIdentifier().isEmpty() ? null : next.setIdentifier());
        }
        return response.build();
    }

    private ChangeResourceRecordSetsResponse change(ChangeResourceRecordSetsRequest request) {
        SimulatedZone zone = find(request.hostedZoneId());
        if (dns.refuses()) {
            throw new Rejection(
                    PriorRequestNotCompleteException.builder(),
                    400,
                    "PriorRequestNotComplete",
                    "The request was rejected because Route 53 was still processing a prior request.");
        }
        SimulatedZone.RecordMap next = new RecordChanges(world.account, zone)
                .applied(request.changeBatch().changes());
        return ChangeResourceRecordSetsResponse.builder()
                .changeInfo(info(dns.submit(zone, next, request.changeBatch().comment(), world.actor)))
                .build();
    }

    private ChangeInfo info(SimulatedDns.Change change) {
        return ChangeInfo.builder()
                .id(change.id())
                .status(dns.inSync(change) ? ChangeStatus.INSYNC : ChangeStatus.PENDING)
                .submittedAt(change.submitted())
                .comment(change.comment())
                .build();
    }

    private GetChangeResponse status(GetChangeRequest request) {
        SimulatedDns.Change change = dns.change(request.id().replaceFirst("^/?change/", ""));
        if (change == null) {
            throw new Rejection(
                    NoSuchChangeException.builder(),
                    404,
                    "NoSuchChange",
                    "Could not find resource with ID: " + request.id());
        }
        return GetChangeResponse.builder().changeInfo(info(change)).build();
    }
}
