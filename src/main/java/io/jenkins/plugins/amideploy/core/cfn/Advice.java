package io.jenkins.plugins.amideploy.core.cfn;

import java.util.Set;

/** Commands of the AWS CLI that get a stack out of a state in which CloudFormation leaves it. */
final class Advice {
    private Advice() {}

    /** @param stuck the resources that may have to be skipped */
    static String continueRollback(String stack, String region, Set<String> stuck) {
        String command = "aws cloudformation continue-update-rollback --stack-name " + stack + " --region " + region;
        return stuck.isEmpty()
                ? command
                : command + "\nWhat cannot be mended may be left as it is by adding: --resources-to-skip "
                        + String.join(" ", stuck);
    }

    static String rollback(String stack, String region) {
        return "aws cloudformation rollback-stack --stack-name " + stack + " --region " + region;
    }
}
