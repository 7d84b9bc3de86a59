package io.jenkins.plugins.amideploy.freestyle;

import hudson.Util;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@link BuildAmiBuilder} that says how the temporary instance is provisioned. */
public abstract class AmiProvisionBuilder extends AmiLaunchBuilder {
    private String userData;
    private String awaitUserData;
    private String commands;
    private String commandTimeout;
    private String waitFor;
    private String readyTimeout;
    private String sshUser;
    private String sshPort;
    private String sshFrom;
    private String provisioningDigest;
    private boolean keepOnFailure;
    private String keepFor;

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = super.parameters();
        given.put("userData", userData);
        given.put("awaitUserData", awaitUserData);
        given.put("commands", commands);
        given.put("commandTimeout", commandTimeout);
        given.put("waitFor", waitFor);
        given.put("readyTimeout", readyTimeout);
        given.put("sshUser", sshUser);
        given.put("sshPort", sshPort);
        given.put("sshFrom", sshFrom);
        given.put("provisioningDigest", provisioningDigest);
        given.put("keepOnFailure", text(keepOnFailure));
        given.put("keepFor", keepFor);
        return given;
    }

    public String getUserData() {
        return userData;
    }

    @DataBoundSetter
    public void setUserData(String userData) {
        this.userData = Util.fixEmptyAndTrim(userData);
    }

    public String getAwaitUserData() {
        return awaitUserData;
    }

    @DataBoundSetter
    public void setAwaitUserData(String awaitUserData) {
        this.awaitUserData = Util.fixEmptyAndTrim(awaitUserData);
    }

    public String getCommands() {
        return commands;
    }

    @DataBoundSetter
    public void setCommands(String commands) {
        this.commands = Util.fixEmptyAndTrim(commands);
    }

    public String getCommandTimeout() {
        return commandTimeout;
    }

    @DataBoundSetter
    public void setCommandTimeout(String commandTimeout) {
        this.commandTimeout = Util.fixEmptyAndTrim(commandTimeout);
    }

    public String getWaitFor() {
        return waitFor;
    }

    @DataBoundSetter
    public void setWaitFor(String waitFor) {
        this.waitFor = Util.fixEmptyAndTrim(waitFor);
    }

    public String getReadyTimeout() {
        return readyTimeout;
    }

    @DataBoundSetter
    public void setReadyTimeout(String readyTimeout) {
        this.readyTimeout = Util.fixEmptyAndTrim(readyTimeout);
    }

    public String getSshUser() {
        return sshUser;
    }

    @DataBoundSetter
    public void setSshUser(String sshUser) {
        this.sshUser = Util.fixEmptyAndTrim(sshUser);
    }

    public String getSshPort() {
        return sshPort;
    }

    @DataBoundSetter
    public void setSshPort(String sshPort) {
        this.sshPort = Util.fixEmptyAndTrim(sshPort);
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

    public String getKeepFor() {
        return keepFor;
    }

    @DataBoundSetter
    public void setKeepFor(String keepFor) {
        this.keepFor = Util.fixEmptyAndTrim(keepFor);
    }
}
