package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Inventory;
import io.jenkins.plugins.amideploy.core.aws.InventoryEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What AWS says of the thing that a field names. Only ever warnings: the thing may be there when the build runs. Nothing
 * is said where the form does not say yet where to look, or to who may not configure the job.
 */
final class LiveChecks {
    private static final String AMI = "ami-";

    private LiveChecks() {}

    static FormValidation group(FormAws aws, String name) {
        String text = Util.fixNull(name).strip();
        return of(
                aws,
                text,
                "group " + text,
                session -> Inventory.group(session, List.of(text)),
                Messages.LiveChecks_noGroup(text, aws.region()));
    }

    /** Of groups of which one or two may exist. */
    static FormValidation pair(FormAws aws, String name) {
        String text = Util.fixNull(name).strip();
        return of(
                aws,
                text,
                "pair " + text,
                session -> Inventory.group(session, List.of(text, text + "-blue", text + "-violet")),
                Messages.LiveChecks_noPair(text, aws.region()));
    }

    static FormValidation stack(FormAws aws, String name) {
        String text = Util.fixNull(name).strip();
        return of(
                aws,
                text,
                "stack " + text,
                session -> Inventory.stack(session, text),
                Messages.LiveChecks_noStack(text, aws.region()));
    }

    /** An image that is named in another way than by its id is found when the build runs. */
    static FormValidation image(FormAws aws, String id) {
        String text = Util.fixNull(id).strip();
        return of(
                aws,
                text.startsWith(AMI) ? text : "",
                "image " + text,
                session -> Inventory.image(session, text),
                Messages.LiveChecks_noImage(text, aws.region()));
    }

    private static FormValidation of(
            FormAws aws,
            String name,
            String question,
            Function<AwsSession, Optional<InventoryEntry>> read,
            String missing) {
        if (name.isEmpty() || FormAccess.variable(name) || !aws.mayAsk() || !aws.saysWhere()) {
            return FormValidation.ok();
        }
        try {
            return aws.ask(question, read)
                    .map(found ->
                            found.good() ? FormValidation.ok(found.about()) : FormValidation.warning(found.about()))
                    .orElseGet(() -> FormValidation.warning(missing));
        } catch (NotAnswered e) {
            return FormValidation.ok(Messages.LiveChecks_notChecked(e.getMessage()));
        }
    }
}
