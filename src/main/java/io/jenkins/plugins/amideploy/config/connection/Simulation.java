package io.jenkins.plugins.amideploy.config.connection;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Asks IAM what the policies of a user or role allow (IAM API Reference, SimulatePrincipalPolicy): for all resources,
 * but commands for the documents that image builds run, and with the tags that deployments set.
 */
final class Simulation {
    private static final String SEND_COMMAND = "ssm:SendCommand";
    /** What is true of the calls that deployments make, for the conditions of the documented policies. */
    private static final List<ContextEntry> OURS = List.of(
            entry("aws:ResourceTag/ami-deploy:role", ContextKeyTypeEnum.STRING, "image-build"),
            entry("aws:TagKeys", ContextKeyTypeEnum.STRING_LIST, "ami-deploy:deployment"),
            entry("iam:PassedToService", ContextKeyTypeEnum.STRING, "ec2.amazonaws.com"));

    private final IamClient iam;
    private final Caller caller;
    private final String region;

    Simulation(IamClient iam, Caller caller, String region) {
        this.iam = iam;
        this.caller = caller;
        this.region = region;
    }

    private static ContextEntry entry(String key, ContextKeyTypeEnum type, String value) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(type)
                .contextKeyValues(value)
                .build();
    }

    /**
     * What is allowed.
     *
     * @param role the ARN of the role that is configured; empty for none
     * @throws SdkException where IAM may not be asked, or cannot
     */
    Map<String, Access> run(String role) {
        String principal = principal(role);
        Set<String> general = new TreeSet<>(NeededActions.all());
        general.remove(SEND_COMMAND);
        Map<String, Access> found = new HashMap<>();
        ask(principal, general, "*", found);
        String document = "arn:" + caller.partition() + ":ssm:" + region + "::document/AWS-RunShellScript";
        ask(principal, List.of(SEND_COMMAND), document, found);
        return found;
    }

    private String principal(String role) {
        String name = caller.role().orElse("");
        if (!role.isEmpty() && role.endsWith("/" + name)) {
            return role;
        }
        return caller.role()
                .map(this::withPath)
                .orElseGet(() -> caller.principal().orElseThrow());
    }

    private String withPath(String assumed) {
        try {
            return iam.getRole(r -> r.roleName(assumed)).role().arn();
        } catch (SdkException e) {
            return caller.principal().orElseThrow(); // right for a role without a path, as most are
        }
    }

    private void ask(String principal, Collection<String> actions, String resource, Map<String, Access> found) {
        iam.simulatePrincipalPolicyPaginator(r -> r.policySourceArn(principal)
                        .actionNames(actions)
                        .resourceArns(resource)
                        .contextEntries(OURS))
                .evaluationResults()
                .forEach(result -> found.put(result.evalActionName(), access(result)));
    }

    /** A policy with conditions about what is not known here says neither yes nor no. */
    private static Access access(EvaluationResult result) {
        if (result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED) {
            return Access.ALLOWED;
        }
        boolean depends = !result.missingContextValues().isEmpty()
                && result.evalDecision() == PolicyEvaluationDecisionType.IMPLICIT_DENY;
        return depends ? Access.UNKNOWN : Access.MISSING;
    }
}
