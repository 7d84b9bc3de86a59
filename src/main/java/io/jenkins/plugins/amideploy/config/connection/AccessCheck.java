package io.jenkins.plugins.amideploy.config.connection;

import io.jenkins.plugins.amideploy.config.connection.AccessReport.Way;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsTarget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Looks who calls AWS with some credentials, and what they may do: by asking IAM, else by trying what is harmless.
 * Changes nothing.
 */
public final class AccessCheck {
    private final AwsCredentialsProvider credentials;
    private final AwsTarget target;
    private final SdkHttpClient http;

    /** @param http not closed by this */
    public AccessCheck(AwsCredentialsProvider credentials, AwsTarget target, SdkHttpClient http) {
        this.credentials = credentials;
        this.target = target;
        this.http = http;
    }

    /**
     * Makes the calls.
     *
     * @param most how long trying may take; the two or three calls before it have a few seconds each
     * @throws SdkException where AWS cannot be reached, or does not accept the credentials, or does not let them assume
     *     the role
     */
    public AccessReport run(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        try (CheckClients plain = new CheckClients(credentials, target, http)) {
            if (target.role().isEmpty()) {
                return check(plain, deadline);
            }
            try (CheckClients assumed = new CheckClients(role(plain), target, http)) {
                return check(assumed, deadline);
            }
        }
    }

    private AwsCredentialsProvider role(CheckClients plain) {
        var role = plain.sts()
                .assumeRole(r -> {
                    r.roleArn(target.role()).roleSessionName(target.sessionName());
                    if (!target.externalId().isEmpty()) {
                        r.externalId(target.externalId());
                    }
                })
                .credentials();
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(role.accessKeyId(), role.secretAccessKey(), role.sessionToken()));
    }

    private AccessReport check(CheckClients aws, long deadline) throws InterruptedException {
        GetCallerIdentityResponse identity = aws.sts().getCallerIdentity();
        Caller caller = new Caller(identity.arn(), identity.account());
        if (caller.owner()) {
            Map<String, Access> all = new HashMap<>();
            NeededActions.all().forEach(action -> all.put(action, Access.ALLOWED));
            return report(caller, Way.OWNER, "", all);
        }
        if (caller.principal().isEmpty()) {
            return tried(aws, caller, caller.arn() + " is neither a user nor a role.", deadline);
        }
        Map<String, Access> simulated;
        try {
            simulated = new Simulation(aws.iam(), caller, target.region()).run(target.role());
        } catch (SdkException e) {
            return tried(aws, caller, AwsFailure.of(e).toString(), deadline);
        }
        return report(caller, Way.SIMULATED, "", simulated);
    }

    private AccessReport tried(CheckClients aws, Caller caller, String why, long deadline) throws InterruptedException {
        String arns =
                "arn:" + caller.partition() + ":elasticloadbalancing:" + target.region() + ":" + caller.account() + ":";
        return report(caller, Way.TRIED, why, new Trial(aws, arns).run(deadline));
    }

    private static AccessReport report(Caller caller, Way way, String why, Map<String, Access> found) {
        return new AccessReport(caller.arn(), caller.account(), way, why, AccessReport.steps(found));
    }
}
