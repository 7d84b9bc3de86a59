package io.jenkins.plugins.amideploy.freestyle;

import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@link BuildAmiBuilder} that says how the temporary instance is launched. */
public abstract class AmiLaunchBuilder extends DeploymentBuilder {
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
    public String rootVolumeSize;

    @DataBoundSetter
    public boolean encrypted;

    @DataBoundSetter
    public String kmsKeyId;

    @DataBoundSetter
    public boolean spot;

    @DataBoundSetter
    public String associatePublicIp;

    @DataBoundSetter
    public String httpTokens;

    @DataBoundSetter
    public String runTags;
}
