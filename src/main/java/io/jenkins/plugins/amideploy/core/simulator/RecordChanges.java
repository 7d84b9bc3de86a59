package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.InvalidInputException;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A batch of changes, all of them made or none: Amazon Route 53 API Reference, "ChangeResourceRecordSets". A deletion
 * must give all the values of what is deleted; a name has either one simple record of a type or several of one routing
 * policy, and a CNAME has its name alone; weighted records of a name and type share their TTL. Errors are worded as
 * users report them.
 */
final class RecordChanges {
    private final Account account;
    private final SimulatedZone zone;
    private final List<String> errors = new ArrayList<>();

    RecordChanges(Account account, SimulatedZone zone) {
        this.account = account;
        this.zone = zone;
    }

    /** All the records of the zone afterwards. */
    SimulatedZone.RecordMap applied(List<Change> changes) {
        SimulatedZone.RecordMap next = new SimulatedZone.RecordMap();
        next.putAll(zone.records);
        for (Change change : changes) {
            ResourceRecordSet given = change.resourceRecordSet();
            checkForm(given);
            apply(next, change.action(), RecordKey.normal(given));
        }
        if (!errors.isEmpty()) {
            throw new Rejection(
                    InvalidChangeBatchException.builder().messages(errors),
                    400,
                    "InvalidChangeBatch",
                    errors.toString());
        }
        return next;
    }

    private static void checkForm(ResourceRecordSet set) {
        String where = " in ResourceRecordSet with name '" + set.name() + "', type '" + set.typeAsString() + "'";
        if ((set.weight() == null) != (set.setIdentifier() == null)) {
            throw invalid("Invalid request: Missing field '" + (set.weight() == null ? "Weight" : "SetIdentifier") + "'"
                    + where);
        }
        if (set.weight() != null && (set.weight() < 0 || set.weight() > 255)) {
            throw invalid("Invalid request: Weight must be from 0 to 255" + where);
        }
        if ((set.aliasTarget() == null) == (set.ttl() == null)) {
            throw invalid("Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]]"
                    + where);
        }
    }

    private static Rejection invalid(String message) {
        return new Rejection(InvalidInputException.builder(), 400, "InvalidInput", message);
    }

    private void apply(SimulatedZone.RecordMap next, ChangeAction action, ResourceRecordSet set) {
        RecordKey key = RecordKey.of(set);
        ResourceRecordSet present = next.get(key);
        if (action == ChangeAction.DELETE) {
            if (present == null) {
                errors.add("Tried to delete resource record set " + key + " but it was not found");
            } else if (!Objects.equals(present, set)) {
                errors.add("Tried to delete resource record set " + key
                        + " but the values provided do not match the current values");
            }
            next.remove(key);
            return;
        }
        if (action == ChangeAction.CREATE && present != null) {
            errors.add("Tried to create resource record set " + key + " but it already exists");
        }
        checkPlace(next, key, set);
        checkAlias(set);
        next.put(key, set);
    }

    private void checkPlace(SimulatedZone.RecordMap next, RecordKey key, ResourceRecordSet set) {
        String name = "RRSet with DNS name " + key.name();
        if (!zone.contains(key.name())) {
            errors.add(name + " is not permitted in zone " + zone.name);
        }
        if (key.type().equals("CNAME") && key.name().equals(zone.name)) {
            errors.add("RRSet of type CNAME with DNS name " + key.name() + " is not permitted at apex in zone "
                    + zone.name);
        }
        for (RecordKey other : next.keySet()) {
            if (other.name().equals(key.name())
                    && !other.type().equals(key.type())
                    && (key.type().equals("CNAME") || other.type().equals("CNAME"))) {
                errors.add("RRSet of type " + key.type() + " with DNS name " + key.name()
                        + " is not permitted because a conflicting RRSet of type " + other.type()
                        + " with the same DNS name already exists in zone " + zone.name);
            }
        }
        for (ResourceRecordSet other : next.of(key.name(), key.type())) {
            checkCompany(key, set, other);
        }
    }

    private void checkCompany(RecordKey key, ResourceRecordSet set, ResourceRecordSet other) {
        if (RecordKey.of(other).equals(key)) {
            return;
        }
        String name = "RRSet with DNS name " + key.name();
        if (set.setIdentifier() == null) {
            errors.add(name + ", type " + key.type()
                    + " cannot be created as other RRSets exist with the same name and type.");
        } else if (other.weight() == null) {
            errors.add(name + ", type " + key.type() + ", SetIdentifier " + key.setIdentifier()
                    + " cannot be created as a non-weighted set exists with the same name and type.");
        } else if (set.ttl() != null && other.ttl() != null && !set.ttl().equals(other.ttl())) {
            errors.add(name + " and type " + key.type() + ", SetIdentifier " + key.setIdentifier()
                    + " cannot be created as weighted sets must contain the same TTL.");
        }
    }

    /** An alias names something that is there: another record of the zone, or a load balancer. */
    private void checkAlias(ResourceRecordSet set) {
        AliasTarget alias = set.aliasTarget();
        if (alias == null || alias.hostedZoneId().equals(zone.id)) {
            return;
        }
        if (Entrance.of(account, alias.dnsName()).isEmpty()) {
            errors.add("Tried to create an alias that targets " + alias.dnsName() + ", type " + set.typeAsString()
                    + " in zone " + alias.hostedZoneId() + ", but that target was not found");
        }
    }
}
