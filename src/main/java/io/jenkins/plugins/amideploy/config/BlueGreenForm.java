package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amideploy.core.aws.TrafficInventory;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a descriptor offers to the fields of a cutover to a new load balancer. */
public interface BlueGreenForm extends GroupForm {

    @Override
    default List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        BlueGreenRequest.of(parameters, true, problems);
        return problems;
    }

    /** The base name of a pair of groups will do, too. */
    @Override
    @POST
    default FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value, FormAws aws) {
        return FormFields.first(check(item, "group", value), () -> LiveChecks.pair(aws, value));
    }

    @POST
    default ListBoxModel doFillLoadBalancerItems(FormAws aws) {
        return Proposals.of(aws, Messages.Proposals_loadBalancers(), TrafficInventory::loadBalancers);
    }

    @POST
    default ListBoxModel doFillHostedZoneItems(FormAws aws, @QueryParameter String dnsRoleArn) {
        String role = dnsRole(dnsRoleArn);
        return Proposals.of(
                aws, Messages.Proposals_hostedZones(), role, session -> TrafficInventory.hostedZones(session.as(role)));
    }

    @POST
    default ListBoxModel doFillRecordNameItems(
            FormAws aws, @QueryParameter String dnsRoleArn, @QueryParameter String hostedZone) {
        String role = dnsRole(dnsRoleArn);
        String zone = Util.fixNull(hostedZone).strip();
        return Proposals.of(
                aws,
                Messages.Proposals_recordNames(),
                zone + " " + role,
                session -> TrafficInventory.recordNames(session.as(role), zone));
    }

    /** The ARN of a role; anything else is none, and is complained about by the field's own check. */
    private static String dnsRole(String arn) {
        String text = Util.fixNull(arn).strip();
        return ROLE.matcher(text).matches() ? text : "";
    }

    @POST
    default FormValidation doCheckDnsRoleArn(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, value, ROLE, Messages.AwsForm_noRole());
    }

    /** Needed in one mode and refused in the other; here only what is written is looked at. */
    @POST
    default FormValidation doCheckRecordName(@AncestorInPath Item item, @QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : check(item, "recordName", value);
    }

    @POST
    default FormValidation doCheckHostedZone(@AncestorInPath Item item, @QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : check(item, "hostedZone", value);
    }

    @POST
    default FormValidation doCheckLoadBalancer(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "loadBalancer", value);
    }

    @POST
    default FormValidation doCheckListener(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "listener", value);
    }

    @POST
    default FormValidation doCheckSteps(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "steps", value);
    }

    @POST
    default FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "interval", value);
    }

    @POST
    default FormValidation doCheckPrewarm(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "prewarm", value);
    }

    @POST
    default FormValidation doCheckDrainQuiet(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "drainQuiet", value);
    }

    @POST
    default FormValidation doCheckDrainTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "drainTimeout", value);
    }

    @POST
    default FormValidation doCheckMinSize(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "minSize", value);
    }

    @POST
    default FormValidation doCheckDesiredCapacity(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "desiredCapacity", value);
    }

    @POST
    default FormValidation doCheckMaxSize(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "maxSize", value);
    }

    @POST
    default ListBoxModel doFillModeItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.BlueGreenForm_dns(), "dns", Messages.BlueGreenForm_listener(), "listener");
    }

    @POST
    default ListBoxModel doFillOnDrainTimeoutItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.BlueGreenForm_keep(), "keep", Messages.BlueGreenForm_retire(), "retire");
    }

    @POST
    default ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
        return FormFields.choices(
                item, Messages.BlueGreenForm_rollBack(), "rollBack", Messages.BlueGreenForm_stop(), "stop");
    }
}
