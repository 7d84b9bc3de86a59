package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import io.jenkins.plugins.amideploy.core.traffic.TypedRecords.Marks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** All the records of a name that lead visitors somewhere: of the types A, AAAA and CNAME. */
record NameRecords(List<TypedRecords> types) {
    private static final List<String> LEADING = List.of("A", "AAAA", "CNAME");

    static NameRecords of(List<ResourceRecordSet> sets, Endpoint blue, Optional<Endpoint> green, Marks marks) {
        Map<String, List<ResourceRecordSet>> byType = new LinkedHashMap<>();
        sets.stream()
                .filter(set -> LEADING.contains(set.typeAsString()))
                .forEach(set -> byType.computeIfAbsent(set.typeAsString(), any -> new ArrayList<>())
                        .add(set));
        return new NameRecords(byType.values().stream()
                .map(same -> new TypedRecords(same, blue, green, marks))
                .toList());
    }

    boolean isEmpty() {
        return types.isEmpty();
    }

    Form form() {
        List<Form> forms = types.stream().map(TypedRecords::form).distinct().toList();
        return forms.size() == 1 ? forms.get(0) : Form.OTHER;
    }

    int percentGreen() {
        return types.stream().mapToInt(TypedRecords::percentGreen).min().orElse(0);
    }

    Duration ttl() {
        return Duration.ofSeconds(
                types.stream().mapToLong(TypedRecords::ttl).max().orElse(0));
    }

    List<Change> changes(Function<TypedRecords, List<Change>> toward) {
        return types.stream().flatMap(type -> toward.apply(type).stream()).toList();
    }

    /** What is there, for people: a type, a weight where there is one, and where it points to. */
    @Override
    public String toString() {
        return types.isEmpty()
                ? "no A, AAAA or CNAME record"
                : types.stream()
                        .flatMap(type -> type.live().stream())
                        .map(set -> set.typeAsString()
                                + (set.weight() == null ? "" : " of weight " + set.weight())
                                + (set.aliasTarget() == null ? " " : ", ")
                                + Records.target(set))
                        .collect(Collectors.joining("; "));
    }
}
