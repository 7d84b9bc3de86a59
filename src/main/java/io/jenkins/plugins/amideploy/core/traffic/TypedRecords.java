package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The records of one name and one type, and what they have to become. Everything is read off the records themselves: the
 * set identifiers tell whose they are and which form the record had.
 *
 * @param live what Route 53 lists
 * @param marks the set identifiers of this deployment
 */
record TypedRecords(List<ResourceRecordSet> live, Endpoint blue, Optional<Endpoint> green, Marks marks) {
    /** Alias records of load balancers are answered with this TTL ("Choosing between alias and non-alias records"). */
    private static final int ALIAS_TTL = 60;

    private static final long WHOLE = 100;

    /** The set identifiers that a deployment gives. Where the record was weighted before, green's tells the weight. */
    record Marks(String deployment) {
        String ofBlue() {
            return "ami-deploy:" + deployment + ":blue";
        }

        private String ofGreen() {
            return "ami-deploy:" + deployment + ":green";
        }

        String ofGreen(Optional<Long> weightBefore) {
            return ofGreen() + weightBefore.map(weight -> ":" + weight).orElse("");
        }

        boolean isGreen(ResourceRecordSet set) {
            return set.setIdentifier() != null && set.setIdentifier().startsWith(ofGreen());
        }

        boolean isBlue(ResourceRecordSet set) {
            return ofBlue().equals(set.setIdentifier());
        }

        Optional<Long> weightBefore(ResourceRecordSet green) {
            String rest = green.setIdentifier().substring(ofGreen().length());
            return rest.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(rest.substring(1)));
        }
    }

    String type() {
        return live.get(0).typeAsString();
    }

    Optional<ResourceRecordSet> blueSet() {
        return live.stream().filter(set -> Records.pointsTo(set, blue)).findFirst();
    }

    Optional<ResourceRecordSet> greenSet() {
        return green.flatMap(
                end -> live.stream().filter(set -> Records.pointsTo(set, end)).findFirst());
    }

    Form form() {
        boolean one = live.size() == 1;
        if (one && blueSet().isPresent()) {
            return Form.BEFORE;
        }
        if (one && greenSet().isPresent()) {
            return Form.AFTER;
        }
        boolean both = live.size() == 2
                && blueSet().isPresent()
                && greenSet().filter(marks::isGreen).isPresent();
        return both ? Form.SPLIT : Form.OTHER;
    }

    int percentGreen() {
        return switch (form()) {
            case BEFORE, OTHER -> 0;
            case AFTER -> 100;
            case SPLIT -> {
                long there = greenSet().orElseThrow().weight();
                long all = there + blueSet().orElseThrow().weight();
                yield all == 0 ? 50 : (int) Math.round(100.0 * there / all);
            }
        };
    }

    /** How long an answer may be kept, in seconds. */
    long ttl() {
        return live.stream()
                .mapToLong(set -> set.ttl() == null ? ALIAS_TTL : set.ttl())
                .max()
                .orElse(ALIAS_TTL);
    }

    /** The record as it was, with that balancer as its target. */
    private ResourceRecordSet whole(Endpoint target) {
        if (form() == Form.SPLIT) {
            ResourceRecordSet set = blueSet().orElseThrow();
            Optional<Long> weight = marks.weightBefore(greenSet().orElseThrow());
            return Records.pointing(set, target).toBuilder()
                    .setIdentifier(weight.isPresent() ? set.setIdentifier() : null)
                    .weight(weight.orElse(null))
                    .build();
        }
        ResourceRecordSet set = blueSet().or(this::greenSet).orElseThrow();
        ResourceRecordSet there = Records.pointing(set, target);
        return marks.isBlue(set) || marks.isGreen(set)
                ? there.toBuilder().setIdentifier(null).weight(null).build()
                : there;
    }

    /** What makes it a pair of weighted records. */
    List<Change> toSplit(int percentGreen) {
        ResourceRecordSet from = blueSet().orElseThrow();
        Optional<Long> weightBefore = form() == Form.SPLIT
                ? marks.weightBefore(greenSet().orElseThrow())
                : Optional.ofNullable(from.weight());
        ResourceRecordSet left = from.toBuilder()
                .setIdentifier(weightBefore.isPresent() ? from.setIdentifier() : marks.ofBlue())
                .weight(WHOLE - percentGreen)
                .build();
        ResourceRecordSet right = Records.pointing(from, green.orElseThrow()).toBuilder()
                .setIdentifier(marks.ofGreen(weightBefore))
                .weight((long) percentGreen)
                .build();
        return changes(List.of(left, right));
    }

    /** What gives the record the form that it had, pointing to green. */
    List<Change> toAfter() {
        return changes(List.of(whole(green.orElseThrow())));
    }

    /** What makes it as it was; where others have put records beside ours, what takes only green away. */
    List<Change> toBefore() {
        boolean alone = live.stream()
                .allMatch(set ->
                        Records.pointsTo(set, blue) || greenSet().stream().anyMatch(set::equals));
        if (alone) {
            return changes(List.of(whole(blue)));
        }
        List<ResourceRecordSet> rest = new ArrayList<>(live);
        greenSet().ifPresent(rest::remove);
        rest.replaceAll(set -> marks.isBlue(set) ? set.toBuilder().weight(WHOLE).build() : set);
        return changes(rest);
    }

    /** Says again what is there, so that Route 53 tells when it has spread. */
    List<Change> again() {
        return live.stream().map(set -> change(ChangeAction.UPSERT, set)).toList();
    }

    /** What turns the live records into those. A record that changes its routing policy is deleted and made anew. */
    private List<Change> changes(List<ResourceRecordSet> goal) {
        List<Change> changes = new ArrayList<>();
        for (ResourceRecordSet set : live) {
            if (goal.stream().noneMatch(wanted -> Records.same(wanted, set))) {
                changes.add(change(ChangeAction.DELETE, set));
            }
        }
        for (ResourceRecordSet wanted : goal) {
            Optional<ResourceRecordSet> present =
                    live.stream().filter(set -> Records.same(wanted, set)).findFirst();
            if (present.isEmpty()) {
                changes.add(change(ChangeAction.CREATE, wanted));
            } else if (!present.get().equals(wanted)) {
                changes.add(change(ChangeAction.UPSERT, wanted));
            }
        }
        return changes;
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }
}
