package io.jenkins.plugins.amideploy.pipeline;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.amideploy.config.FormAccess;
import io.jenkins.plugins.amideploy.driver.RestoreProcedure;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code restoreAutoScalingGroup}: gives a group its sizes and processes back after a deployment that died. */
public final class RestoreAutoScalingGroupStep extends DeploymentStep {
    private final String group;
    private boolean force;

    @DataBoundConstructor
    public RestoreAutoScalingGroupStep(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    @Override
    String procedure() {
        return RestoreProcedure.NAME;
    }

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = new TreeMap<>();
        given.put("group", group);
        given.put("force", text(force));
        return given;
    }

    public String getGroup() {
        return group;
    }

    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    /** What the snippet generator and Pipeline know of the step. */
    @Extension
    public static final class DescriptorImpl extends DeploymentStepDescriptor {
        @Override
        public String getFunctionName() {
            return RestoreProcedure.NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.RestoreAutoScalingGroupStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return false;
        }

        @Override
        boolean procedureChecksNames() {
            return false;
        }

        @POST
        public FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null && FormAccess.mayRead(item)
                    ? FormValidation.error(Messages.RestoreAutoScalingGroupStep_noGroup())
                    : FormValidation.ok();
        }
    }
}
