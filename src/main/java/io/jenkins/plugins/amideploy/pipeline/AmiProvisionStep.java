package io.jenkins.plugins.amideploy.pipeline;

import hudson.Util;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@link BuildAmiStep} that says how the temporary instance is provisioned. */
public abstract class AmiProvisionStep extends AmiLaunchStep {
    private String userData;
    private Boolean awaitUserData;
    private String commands;
    private Integer commandTimeout;
    private String waitFor;
    private Integer readyTimeout;
    private String sshUser;
    private Integer sshPort;
    private String sshFrom;
    private String provisioningDigest;
    private boolean keepOnFailure;
    private Integer keepFor;

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = super.parameters();
        given.put("userData", userData);
        given.put("awaitUserData", text(awaitUserData));
        given.put("commands", commands);
        given.put("commandTimeout", text(commandTimeout));
        given.put("waitFor", waitFor);
        given.put("readyTimeout", text(readyTimeout));
        given.put("sshUser", sshUser);
        given.put("sshPort", text(sshPort));
        given.put("sshFrom", sshFrom);
        given.put("provisioningDigest", provisioningDigest);
        given.put("keepOnFailure", text(keepOnFailure));
        given.put("keepFor", text(keepFor));
        return given;
    }

    public String getUserData() {
        return userData;
    }

    @DataBoundSetter
    public void setUserData(String userData) {
        this.userData = Util.fixEmptyAndTrim(userData);
    }

    public Boolean getAwaitUserData() {
        return awaitUserData;
    }

    @DataBoundSetter
    public void setAwaitUserData(Boolean awaitUserData) {
        this.awaitUserData = awaitUserData;
    }

    public String getCommands() {
        return commands;
    }

    @DataBoundSetter
    public void setCommands(String commands) {
        this.commands = Util.fixEmptyAndTrim(commands);
    }

    public Integer getCommandTimeout() {
        return commandTimeout;
    }

    @DataBoundSetter
    public void setCommandTimeout(Integer commandTimeout) {
        this.commandTimeout = commandTimeout;
    }

    public String getWaitFor() {
        return waitFor;
    }

    @DataBoundSetter
    public void setWaitFor(String waitFor) {
        this.waitFor = Util.fixEmptyAndTrim(waitFor);
    }

    public Integer getReadyTimeout() {
        return readyTimeout;
    }

    @DataBoundSetter
    public void setReadyTimeout(Integer readyTimeout) {
        this.readyTimeout = readyTimeout;
    }

    public String getSshUser() {
        return sshUser;
    }

    @DataBoundSetter
    public void setSshUser(String sshUser) {
        this.sshUser = Util.fixEmptyAndTrim(sshUser);
    }

    public Integer getSshPort() {
        return sshPort;
    }

    @DataBoundSetter
    public void setSshPort(Integer sshPort) {
        this.sshPort = sshPort;
    }

    public String getSshFrom() {
        return sshFrom;
    }

    @DataBoundSetter
    public void setSshFrom(String sshFrom) {
        this.sshFrom = Util.fixEmptyAndTrim(sshFrom);
    }

    public String getProvisioningDigest() {
        return provisioningDigest;
    }

    @DataBoundSetter
    public void setProvisioningDigest(String provisioningDigest) {
        this.provisioningDigest = Util.fixEmptyAndTrim(provisioningDigest);
    }

    public boolean isKeepOnFailure() {
        return keepOnFailure;
    }

    @DataBoundSetter
    public void setKeepOnFailure(boolean keepOnFailure) {
        this.keepOnFailure = keepOnFailure;
    }

    public Integer getKeepFor() {
        return keepFor;
    }

    @DataBoundSetter
    public void setKeepFor(Integer keepFor) {
        this.keepFor = keepFor;
    }
}
