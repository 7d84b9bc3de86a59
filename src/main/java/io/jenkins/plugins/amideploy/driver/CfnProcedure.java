package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.FilePath;
import io.jenkins.plugins.amideploy.core.cfn.CfnRequest;
import io.jenkins.plugins.amideploy.core.cfn.CfnUpdatePolicyDeploy;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the image in a CloudFormation stack. A template in a file goes with the order as its text. */
@Extension
public final class CfnProcedure implements ProcedureFactory {
    /** The name of the procedure and of the Pipeline step. */
    public static final String NAME = "cfnUpdatePolicyDeploy";

    private static final String TEMPLATE = "template";

    @Override
    public Optional<Procedure> create(DeploymentOrder order) {
        return order.procedure().equals(NAME)
                ? Optional.of(new CfnUpdatePolicyDeploy(order.parameters(), order.gated()))
                : Optional.empty();
    }

    @Override
    public boolean needsFiles(DeploymentOrder order) {
        String template = order.parameters().getOrDefault(TEMPLATE, "");
        return order.procedure().equals(NAME)
                && !template.isBlank()
                && !template.strip().matches("(?s)(https|s3)://.*");
    }

    @Override
    public DeploymentOrder withFiles(DeploymentOrder order, Optional<FilePath> directory) throws InterruptedException {
        Map<String, String> parameters = order.parameters();
        try {
            String name = parameters.remove(TEMPLATE).strip();
            parameters.put(TEMPLATE, new WorkspaceFile(name, directory).text());
        } catch (WorkspaceFile.Unreadable e) {
            List<String> problems = new ArrayList<>();
            CfnRequest.of(parameters, order.gated(), problems);
            problems.add(TEMPLATE + ": " + e.getMessage());
            throw new Stop(
                    Trouble.Kind.REFUSED, "This deployment cannot be done:\n  - " + String.join("\n  - ", problems));
        }
        return order.with(parameters);
    }
}
