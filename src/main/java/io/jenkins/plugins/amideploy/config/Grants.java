package io.jenkins.plugins.amideploy.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Decides with which credentials a build calls AWS: with those it names, if its job may use them, else with the
 * administrator's, if the administrator allows it to the job.
 */
final class Grants {
    private final AmiDeployConfiguration configuration;
    private final AwsCredentialsProvider controller;

    /** @param controller the identity of the controller itself, such as its instance profile */
    Grants(AmiDeployConfiguration configuration, AwsCredentialsProvider controller) {
        this.configuration = configuration;
        this.controller = controller;
    }

    /** @throws SdkClientException saying why there are none, which AWS failing to accept them would be, too */
    Grant grant(AwsSettings wanted, BuildReference build) {
        if (wanted.credentialsId().isEmpty()) {
            mustBeAllowed(build.jobName());
        }
        return toAdministrator(wanted, build);
    }

    /** As {@link #grant}, for an administrator, who needs nobody's permission to use his own. */
    Grant toAdministrator(AwsSettings wanted, BuildReference build) {
        return wanted.credentialsId().isEmpty() ? administratorsOwn(wanted) : own(wanted, build);
    }

    /**
     * For whoever fills in a form of the job: what the job's builds get, as far as that does not depend on who starts
     * them.
     *
     * @param item the job; null for an administrator who fills in a form of no job
     * @throws SdkClientException saying why there are none
     */
    Grant grant(AwsSettings wanted, Item item) {
        String id = wanted.credentialsId();
        if (item == null) {
            AwsSettings given = id.isEmpty() ? configuration.settings() : wanted;
            return administrators(given, given);
        }
        if (id.isEmpty()) {
            mustBeAllowed(item.getFullName());
            return administratorsOwn(wanted);
        }
        AmazonWebServicesCredentials found = CredentialsProvider.findCredentialByIdInItem(
                id, AmazonWebServicesCredentials.class, item, FormAccess.authenticationOf(item), List.of());
        if (found == null) {
            throw unable("'" + item.getFullName() + "' may use no AWS credentials with the id '" + id + "'.");
        }
        return Grant.of(found, wanted.roleArn(), wanted.externalId());
    }

    private Grant own(AwsSettings wanted, BuildReference build) {
        String id = wanted.credentialsId();
        Optional<Run<?, ?>> run = build.run();
        AmazonWebServicesCredentials found = run.isPresent() ? ofRun(id, run.get()) : ofJob(id, build);
        if (found == null) {
            throw unable(
                    "the job '" + build.jobName() + "' may use no AWS credentials with the id '" + id
                            + "'. Name others (credentialsId), or add them to Jenkins, to the job's folder, or to a wider scope.");
        }
        return Grant.of(found, wanted.roleArn(), wanted.externalId());
    }

    private static AmazonWebServicesCredentials ofRun(String id, Run<?, ?> run) {
        var found = CredentialsProvider.findCredentialById(id, AmazonWebServicesCredentials.class, run);
        return CredentialsProvider.track(run, found);
    }

    /** For a build that was deleted: what its job may use. */
    private static AmazonWebServicesCredentials ofJob(String id, BuildReference build) {
        Optional<Job<?, ?>> job = build.job();
        return job.map(item -> CredentialsProvider.findCredentialByIdInItem(
                        id, AmazonWebServicesCredentials.class, item, ACL.SYSTEM2, List.of()))
                .orElse(null);
    }

    private void mustBeAllowed(String job) {
        if (!configuration.allows(job)) {
            throw unable("the job '" + job + "' names none, and is not among the jobs that may use the"
                    + " administrator's. Name some (credentialsId), or have an administrator allow the job: Manage"
                    + " Jenkins, AWS, AMI Deploy.");
        }
    }

    private Grant administratorsOwn(AwsSettings wanted) {
        AwsSettings given = configuration.settings();
        boolean ownRole = !wanted.roleArn().isEmpty();
        if (ownRole && !given.roleArn().isEmpty() && !given.roleArn().equals(wanted.roleArn())) {
            throw unable("the administrator's are for the role " + given.roleArn() + " alone, and this build asks for "
                    + wanted.roleArn() + ". Leave out roleArn, or name credentials of the job's own (credentialsId).");
        }
        return administrators(given, ownRole ? wanted : given);
    }

    /**
     * For what an administrator asks for.
     *
     * @param given as it is configured, or about to be
     * @throws SdkClientException where the credentials are not there
     */
    Grant administrators(AwsSettings given) {
        return administrators(given, given);
    }

    private Grant administrators(AwsSettings given, AwsSettings role) {
        if (given.credentialsId().isEmpty()) {
            return new Grant("the controller's own", controller, role.roleArn(), role.externalId());
        }
        return Grant.of(credentials(given.credentialsId()), role.roleArn(), role.externalId());
    }

    private static AmazonWebServicesCredentials credentials(String id) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        AmazonWebServicesCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(credentials -> credentials.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> unable("the administrator's AWS credentials '" + id
                        + "' no longer exist. Choose others: Manage Jenkins, AWS, AMI Deploy."));
    }

    private static SdkClientException unable(String why) {
        return SdkClientException.create("Unable to load credentials: " + why);
    }
}
