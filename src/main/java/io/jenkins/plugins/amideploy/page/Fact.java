package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.driver.DeploymentList.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * What a deployment deploys, where and how.
 *
 * @param value as HTML
 */
public record Fact(String name, String value) {
    static List<Fact> of(Entry entry, History history, Texts texts) {
        List<Fact> facts = new ArrayList<>();
        boolean stack = entry.procedure().startsWith("cfn");
        boolean image = entry.procedure().equals("buildAmi");
        add(
                facts,
                image ? Messages.Fact_name() : stack ? Messages.Fact_stack() : Messages.Fact_group(),
                stack || image ? texts.html(entry.target()) : texts.group(entry.target()));
        add(facts, image ? Messages.Fact_source() : Messages.Fact_ami(), texts.html(entry.image()));
        add(facts, Messages.Fact_region(), texts.html(history.fact("region")));
        if (!history.capacities().isEmpty()) {
            int floor =
                    history.capacities().get(history.capacities().size() - 1).floor();
            int least = Counts.of(history).least();
            add(facts, Messages.Fact_floor(), floor == 0 ? "" : Messages.Fact_least(floor, least));
        }
        add(facts, Messages.Fact_begun(), history.isEmpty() ? "" : texts.html(texts.date(history.begin())));
        return facts;
    }

    private static void add(List<Fact> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.add(new Fact(name, value));
        }
    }
}
