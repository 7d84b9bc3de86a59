package io.jenkins.plugins.amideploy.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.core.Authentication;
import software.amazon.awssdk.regions.Region;

/**
 * What a descriptor offers to the fields {@code credentialsId}, {@code region} and {@code roleArn} of its form. Who may
 * not configure the job learns nothing from it.
 */
public interface AwsForm {
    /** An AWS region, or the name of one that a private cloud or a simulation has. */
    Pattern REGION = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)+");

    Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");

    @POST
    default ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        StandardListBoxModel list = new StandardListBoxModel();
        if (!FormAccess.mayUseCredentials(item)) {
            return list.includeCurrentValue(credentialsId);
        }
        list.includeEmptyValue();
        if (item == null) {
            list.includeAs(ACL.SYSTEM2, Jenkins.get(), AmazonWebServicesCredentials.class);
        } else {
            list.includeAs(FormAccess.authenticationOf(item), item, AmazonWebServicesCredentials.class);
        }
        return list.includeCurrentValue(credentialsId);
    }

    @POST
    default FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        String id = Util.fixEmptyAndTrim(value);
        if (id == null || FormAccess.variable(id) || !FormAccess.mayUseCredentials(item)) {
            return FormValidation.ok();
        }
        Authentication who = item == null ? ACL.SYSTEM2 : FormAccess.authenticationOf(item);
        var matcher = CredentialsMatchers.withId(id);
        ListBoxModel found = item == null
                ? CredentialsProvider.listCredentialsInItemGroup(
                        AmazonWebServicesCredentials.class, Jenkins.get(), who, List.of(), matcher)
                : CredentialsProvider.listCredentialsInItem(
                        AmazonWebServicesCredentials.class, item, who, List.of(), matcher);
        return found.isEmpty() ? FormValidation.error(Messages.AwsForm_noCredentials(id)) : FormValidation.ok();
    }

    @POST
    default ComboBoxModel doFillRegionItems(@AncestorInPath Item item) {
        ComboBoxModel list = new ComboBoxModel();
        if (FormAccess.mayRead(item)) {
            Region.regions().stream()
                    .filter(region -> !region.isGlobalRegion())
                    .map(Region::id)
                    .sorted()
                    .forEach(list::add);
        }
        return list;
    }

    @POST
    default FormValidation doCheckRegion(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, value, REGION, Messages.AwsForm_noRegion());
    }

    @POST
    default FormValidation doCheckRoleArn(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, value, ROLE, Messages.AwsForm_noRole());
    }
}
