package io.jenkins.plugins.amideploy.freestyle;

import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@link BuildAmiBuilder} that says how the temporary instance is provisioned. */
public abstract class AmiProvisionBuilder extends AmiLaunchBuilder {
    @DataBoundSetter
    public String userData;

    @DataBoundSetter
    public String awaitUserData;

    @DataBoundSetter
    public String commands;

    @DataBoundSetter
    public String commandTimeout;

    @DataBoundSetter
    public String waitFor;

    @DataBoundSetter
    public String readyTimeout;

    @DataBoundSetter
    public String sshUser;

    @DataBoundSetter
    public String sshPort;

    @DataBoundSetter
    public String sshFrom;

    @DataBoundSetter
    public String provisioningDigest;

    @DataBoundSetter
    public boolean keepOnFailure;

    @DataBoundSetter
    public String keepFor;
}
