package io.jenkins.plugins.amideploy.config;

import hudson.model.Item;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * With what to call AWS, as a form says while it is filled in. A web method that takes this asks AWS as a build of the
 * form's job would, for those only who may configure that job.
 *
 * @param item the job, or the folder; null in a form of the controller's
 */
public record FormAws(Item item, AwsSettings settings) {

    /** Stapler calls this for a parameter of this type, and the form then sends these fields along. */
    public static FormAws fromStapler(
            @AncestorInPath Item item,
            @QueryParameter String credentialsId,
            @QueryParameter String region,
            @QueryParameter String roleArn,
            @QueryParameter String externalId) {
        return new FormAws(item, AwsSettings.of(credentialsId, region, roleArn, externalId));
    }

    /** Whether the user may have AWS asked with what the job may use: who could have a build do that. */
    boolean mayAsk() {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** Whether there is anything to ask: an example, or a form that was just opened, often says nothing yet. */
    boolean saysWhere() {
        return !region().isEmpty() && values().noneMatch(FormAccess::variable);
    }

    String region() {
        return settings.region().isEmpty() ? AwsAccess.defaultRegion() : settings.region();
    }

    private Stream<String> values() {
        return Stream.of(settings.credentialsId(), region(), settings.roleArn(), settings.externalId());
    }

    /**
     * What AWS says, or said a moment ago.
     *
     * @param question tells this question from others
     * @throws NotAnswered where it says nothing, or not in time
     */
    <T> T ask(String question, Function<AwsSession, T> answer) throws NotAnswered {
        if (!mayAsk()) {
            throw new NotAnswered("");
        }
        if (region().isEmpty()) {
            throw new NotAnswered(Messages.FormAws_noRegion());
        }
        if (!saysWhere()) {
            throw new NotAnswered(Messages.FormAws_variables());
        }
        if (!AwsForm.REGION.matcher(region()).matches()) {
            throw new NotAnswered(Messages.AwsForm_noRegion());
        }
        if (!settings.roleArn().isEmpty()
                && !AwsForm.ROLE.matcher(settings.roleArn()).matches()) {
            throw new NotAnswered(Messages.AwsForm_noRole());
        }
        FormQuestions questions = FormQuestions.get();
        var simulation = AwsAccess.simulation(region());
        if (simulation.isPresent()) {
            return questions.ask(region(), () -> simulation.get().session(region()), question, answer);
        }
        AwsConnections connections = AwsConnections.get();
        Grant grant = grant(connections);
        var way = new Way(grant, region(), AmiDeployConfiguration.get().endpointUrl());
        return questions.ask(way, () -> connections.session(grant, region()), question, answer);
    }

    private Grant grant(AwsConnections connections) throws NotAnswered {
        try {
            return connections.grants().grant(settings, item);
        } catch (SdkClientException e) {
            throw new NotAnswered(e.getMessage());
        }
    }

    /** A way to AWS that is the same for all forms of which the credentials are the same. */
    private record Way(Object identity, String role, String externalId, String region, Optional<URI> endpoint) {
        Way(Grant grant, String region, Optional<URI> endpoint) {
            this(grant.identity(), grant.role(), grant.externalId(), region, endpoint);
        }
    }
}
