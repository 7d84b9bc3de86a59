package io.jenkins.plugins.amideploy.pipeline;

import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@link BuildAmiStep} that says how the temporary instance is launched. */
public abstract class AmiLaunchStep extends DeploymentStep {
    @DataBoundSetter
    public String instanceType;

    @DataBoundSetter
    public String subnetId;

    @DataBoundSetter
    public String securityGroupIds;

    @DataBoundSetter
    public String keyName;

    @DataBoundSetter
    public String iamInstanceProfile;

    @DataBoundSetter
    public Integer rootVolumeSize;

    @DataBoundSetter
    public boolean encrypted;

    @DataBoundSetter
    public String kmsKeyId;

    @DataBoundSetter
    public boolean spot;

    @DataBoundSetter
    public Boolean associatePublicIp;

    @DataBoundSetter
    public String httpTokens;

    @DataBoundSetter
    public String runTags;
}
