package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.aws.Inventory;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of the restoration of a group. */
public interface RestoreForm extends AwsForm {

    @POST
    default ListBoxModel doFillGroupItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_groups(), Inventory::groups);
    }

    @POST
    default FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value, FormAws aws) {
        boolean missing = Util.fixEmptyAndTrim(value) == null && FormAccess.mayRead(item);
        return missing ? FormValidation.error(Messages.RestoreForm_noGroup()) : LiveChecks.group(aws, value);
    }
}
