package io.jenkins.plugins.amideploy.pipeline;

import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@link BuildAmiStep} that says how the temporary instance is provisioned. */
public abstract class AmiProvisionStep extends AmiLaunchStep {
    @DataBoundSetter
    public String userData;

    @DataBoundSetter
    public Boolean awaitUserData;

    @DataBoundSetter
    public String commands;

    @DataBoundSetter
    public Integer commandTimeout;

    @DataBoundSetter
    public String waitFor;

    @DataBoundSetter
    public Integer readyTimeout;

    @DataBoundSetter
    public String sshUser;

    @DataBoundSetter
    public Integer sshPort;

    @DataBoundSetter
    public String sshFrom;

    @DataBoundSetter
    public String provisioningDigest;

    @DataBoundSetter
    public boolean keepOnFailure;

    @DataBoundSetter
    public Integer keepFor;
}
