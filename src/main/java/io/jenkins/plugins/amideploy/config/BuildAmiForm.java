package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.ami.BuildParameters;
import io.jenkins.plugins.amideploy.core.aws.Inventory;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of an image build. */
public interface BuildAmiForm extends ProcedureForm {

    @Override
    default List<String> problems(Map<String, String> parameters) {
        return BuildParameters.problems(parameters);
    }

    @POST
    default ListBoxModel doFillSourceAmiItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_images(), Inventory::images);
    }

    @POST
    default FormValidation doCheckSourceAmi(@AncestorInPath Item item, @QueryParameter String value, FormAws aws) {
        return FormFields.first(check(item, "sourceAmi", value), () -> LiveChecks.image(aws, value));
    }

    @POST
    default ListBoxModel doFillSubnetIdItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_subnets(), Inventory::subnets);
    }

    @POST
    default FormValidation doCheckSubnetId(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "subnetId", value);
    }

    @POST
    default ListBoxModel doFillKeyNameItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_keyPairs(), Inventory::keyPairs);
    }

    @POST
    default ListBoxModel doFillSecurityGroupIdsItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_securityGroups(), Inventory::securityGroups);
    }

    @POST
    default FormValidation doCheckInstanceType(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "instanceType", value);
    }

    @POST
    default FormValidation doCheckSecurityGroupIds(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "securityGroupIds", value);
    }

    @POST
    default FormValidation doCheckRootVolumeSize(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "rootVolumeSize", value);
    }

    @POST
    default FormValidation doCheckRunTags(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "runTags", value);
    }

    @POST
    default FormValidation doCheckUserData(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "userData", value);
    }

    @POST
    default FormValidation doCheckCommandTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "commandTimeout", value);
    }

    @POST
    default FormValidation doCheckWaitFor(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "waitFor", value);
    }

    @POST
    default FormValidation doCheckReadyTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "readyTimeout", value);
    }

    @POST
    default FormValidation doCheckSshPort(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "sshPort", value);
    }

    @POST
    default FormValidation doCheckSshFrom(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "sshFrom", value);
    }

    @POST
    default FormValidation doCheckKeepFor(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "keepFor", value);
    }

    @POST
    default FormValidation doCheckDescription(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "description", value);
    }

    @POST
    default FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "tags", value);
    }

    @POST
    default FormValidation doCheckImageTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "imageTimeout", value);
    }

    @POST
    default FormValidation doCheckCopyTo(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "copyTo", value);
    }

    @POST
    default FormValidation doCheckShareWith(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "shareWith", value);
    }

    @POST
    default FormValidation doCheckShareWithOrganizations(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "shareWithOrganizations", value);
    }

    @POST
    default FormValidation doCheckDeprecateAfter(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "deprecateAfter", value);
    }

    @POST
    default FormValidation doCheckKeep(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "keep", value);
    }

    @POST
    default ListBoxModel doFillAssociatePublicIpItems(@AncestorInPath Item item) {
        return FormFields.yesOrNo(item, Messages.BuildAmiForm_asTheSubnetSays());
    }

    @POST
    default ListBoxModel doFillAwaitUserDataItems(@AncestorInPath Item item) {
        return FormFields.yesOrNo(item, Messages.BuildAmiForm_whereItCanBeSeen());
    }

    @POST
    default ListBoxModel doFillHttpTokensItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item,
                Messages.BuildAmiForm_tokensRequired(),
                "required",
                Messages.BuildAmiForm_tokensOptional(),
                "optional");
    }

    @POST
    default ListBoxModel doFillImdsSupportItems(@AncestorInPath Item item) {
        return FormFields.choicesOr(item, Messages.BuildAmiForm_noFlag(), "IMDSv2", "v2.0");
    }

    @POST
    default ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.BuildAmiForm_removeAll(), "remove", Messages.BuildAmiForm_keepOthers(), "keep");
    }

    /** Several may be named, so these are proposals. */
    @POST
    default ComboBoxModel doFillWaitForItems(@AncestorInPath Item item) {
        return FormAccess.mayRead(item)
                ? new ComboBoxModel("running", "statusChecks", "ssh", "ssm")
                : new ComboBoxModel();
    }
}
