package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** Reads stacks, and knows their states: AWS CloudFormation User Guide, "Stack status codes". */
final class Stacks {
    static final String REVIEW = "REVIEW_IN_PROGRESS";
    /** A failed create; the stack can only be deleted. */
    static final String ROLLBACK_COMPLETE = "ROLLBACK_COMPLETE";

    static final String UPDATE_ROLLBACK_FAILED = "UPDATE_ROLLBACK_FAILED";

    private static final Set<String> UPDATABLE = Set.of(
            "CREATE_COMPLETE",
            "UPDATE_COMPLETE",
            "UPDATE_ROLLBACK_COMPLETE",
            "IMPORT_COMPLETE",
            "IMPORT_ROLLBACK_COMPLETE",
            "CREATE_FAILED",
            "UPDATE_FAILED");

    private Stacks() {}

    /**
     * The stack as AWS shows it; empty where there is none.
     *
     * @param name its name, or its ARN, by which a deleted one is found, too
     */
    static Optional<Stack> find(AwsSession aws, String name) {
        try {
            return aws.cloudFormation().describeStacks(r -> r.stackName(name)).stacks().stream()
                    .findFirst();
        } catch (CloudFormationException e) {
            if (AwsFailure.of(e).notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static List<StackResourceSummary> resources(AwsSession aws, String stack) {
        List<StackResourceSummary> all = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            ListStackResourcesResponse page = aws.cloudFormation()
                    .listStackResources(r -> r.stackName(stack).nextToken(from));
            all.addAll(page.stackResourceSummaries());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    static boolean updatable(String status) {
        return UPDATABLE.contains(status);
    }

    /** Nothing more happens to the stack by itself. */
    static boolean atRest(String status) {
        return status.endsWith("_COMPLETE") || status.endsWith("_FAILED");
    }

    static boolean good(String status) {
        return status.equals("CREATE_COMPLETE") || status.equals("UPDATE_COMPLETE");
    }

    /** CloudFormation is on its way back by itself. */
    static boolean goingBack(String status) {
        return status.contains("ROLLBACK") || status.startsWith("DELETE");
    }
}
