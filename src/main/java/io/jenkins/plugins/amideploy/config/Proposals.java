package io.jenkins.plugins.amideploy.config;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.InventoryEntry;
import java.util.List;
import java.util.function.Function;

/**
 * What AWS has that a field may name. Anything else may be typed as well. Where there is nothing to propose, the one
 * entry says why and has no value; who may not configure the job gets no entry at all.
 */
final class Proposals {
    private Proposals() {}

    /** @param what the things in the plural, as AWS calls them */
    static ListBoxModel of(FormAws aws, String what, Function<AwsSession, List<InventoryEntry>> read) {
        return of(aws, what, "", read);
    }

    /** @param of the thing that they belong to; empty where they are the account's */
    static ListBoxModel of(FormAws aws, String what, String of, Function<AwsSession, List<InventoryEntry>> read) {
        ListBoxModel list = new ListBoxModel();
        if (!aws.mayAsk()) {
            return list;
        }
        try {
            for (InventoryEntry entry : aws.ask(what + " " + of, read)) {
                list.add(entry.about(), entry.id());
            }
            if (list.isEmpty()) {
                list.add(Messages.Proposals_none(what, aws.region()), "");
            }
        } catch (NotAnswered e) {
            list.add(Messages.Proposals_notListed(e.getMessage()), "");
        }
        return list;
    }
}
