package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the fields of all procedures' forms have in common. */
final class FormFields {
    private FormFields() {}

    /**
     * What the deployment itself would say of this one value.
     *
     * @param problems tells what is wrong with parameters, each in a sentence that begins with the parameter's name
     */
    static FormValidation check(
            Item item, String field, String value, Function<Map<String, String>, List<String>> problems) {
        String text = Util.fixNull(value);
        if (FormAccess.variable(text) || !FormAccess.mayRead(item)) {
            return FormValidation.ok();
        }
        return problems.apply(Map.of(field, text)).stream()
                .filter(problem -> problem.startsWith(field + ":"))
                .findFirst()
                .map(FormValidation::error)
                .orElse(FormValidation.ok());
    }

    /** The first complaint; the second is only asked for where the first is none. */
    static FormValidation first(FormValidation first, Supplier<FormValidation> second) {
        return first.kind == FormValidation.Kind.OK ? second.get() : first;
    }

    /** Yes and no, where what happens when neither is chosen is a third. */
    static ListBoxModel yesOrNo(Item item, String otherwise) {
        return choicesOr(item, otherwise, Messages.FormFields_yes(), "true", Messages.FormFields_no(), "false");
    }

    /** Pairs of what people see and what it means; the first is what happens where nothing is chosen. */
    static ListBoxModel choices(Item item, String... pairs) {
        return choicesOr(item, pairs[0], pairs);
    }

    /** As {@link #choices}, where what happens when nothing is chosen is none of them. */
    static ListBoxModel choicesOr(Item item, String otherwise, String... pairs) {
        ListBoxModel list = new ListBoxModel();
        list.add(Messages.FormFields_default(otherwise), "");
        if (FormAccess.mayRead(item)) {
            for (int i = 0; i < pairs.length; i += 2) {
                list.add(pairs[i], pairs[i + 1]);
            }
        }
        return list;
    }
}
