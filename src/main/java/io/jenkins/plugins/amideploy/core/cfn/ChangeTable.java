package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.cfn.ChangeSets.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;

/** What a change set would do, for people, and what of it needs their consent. */
final class ChangeTable {
    /** Made anew at every change of the image, or replaced by the group's own policy. */
    private static final Set<String> REPLACEABLE =
            Set.of(Template.LAUNCH_TEMPLATE, Template.LAUNCH_CONFIGURATION, Template.GROUP);

    private final List<Row> rows;

    ChangeTable(List<Row> rows) {
        this.rows = rows;
    }

    /** One line for each change: action, resource, type, replacement. */
    String text() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("Action", "Resource", "Type", "Replacement"));
        for (Row row : rows) {
            ResourceChange change = row.change().resourceChange();
            cells.add(List.of(change.actionAsString(), row.path(), change.resourceType(), replacement(change)));
        }
        List<String> lines = new ArrayList<>();
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                int at = column;
                int width =
                        cells.stream().mapToInt(l -> l.get(at).length()).max().orElse(0);
                text.append(String.format("%-" + (width + 2) + "s", line.get(column)));
            }
            lines.add(text.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }

    private static String replacement(ResourceChange change) {
        if (change.action() != ChangeAction.MODIFY || change.replacement() == null) {
            return "-";
        }
        return change.replacementAsString();
    }

    /** What would be replaced though the image alone is no reason for it. */
    List<String> replaced() {
        return with(Replacement.TRUE);
    }

    /** What may be replaced; CloudFormation knows only when it does it. */
    List<String> perhapsReplaced() {
        return with(Replacement.CONDITIONAL);
    }

    private List<String> with(Replacement replacement) {
        return rows.stream()
                .filter(row -> row.change().resourceChange().action() == ChangeAction.MODIFY)
                .filter(row -> row.change().resourceChange().replacement() == replacement)
                .filter(row ->
                        !REPLACEABLE.contains(row.change().resourceChange().resourceType()))
                .map(row -> row.path() + " (" + row.change().resourceChange().resourceType() + ")")
                .toList();
    }

    int size() {
        return rows.size();
    }
}
