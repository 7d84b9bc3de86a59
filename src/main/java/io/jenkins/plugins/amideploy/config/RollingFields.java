package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.rolling.RollingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The work behind {@link RollingForm}. */
final class RollingFields {
    private RollingFields() {}

    /** What the deployment itself would say of this one value. */
    static FormValidation check(Item item, String field, String value) {
        String text = Util.fixNull(value);
        if (FormAccess.variable(text) || !FormAccess.mayRead(item)) {
            return FormValidation.ok();
        }
        List<String> problems = new ArrayList<>();
        RollingRequest.of(Map.of(field, text), true, problems);
        return problems.stream()
                .filter(problem -> problem.startsWith(field + ":"))
                .findFirst()
                .map(FormValidation::error)
                .orElse(FormValidation.ok());
    }

    static ListBoxModel treatments(Item item) {
        return choices(
                item,
                Messages.RollingForm_fail(),
                "fail",
                Messages.RollingForm_replace(),
                "replace",
                Messages.RollingForm_skip(),
                "skip");
    }

    /** Pairs of what people see and what it means; the first is what happens where nothing is chosen. */
    static ListBoxModel choices(Item item, String... pairs) {
        ListBoxModel list = new ListBoxModel();
        list.add(Messages.RollingForm_default(pairs[0]), "");
        if (FormAccess.mayRead(item)) {
            for (int i = 0; i < pairs.length; i += 2) {
                list.add(pairs[i], pairs[i + 1]);
            }
        }
        return list;
    }
}
