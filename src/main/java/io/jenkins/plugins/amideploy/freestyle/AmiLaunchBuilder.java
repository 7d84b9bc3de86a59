package io.jenkins.plugins.amideploy.freestyle;

import hudson.Util;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@link BuildAmiBuilder} that says how the temporary instance is launched. */
public abstract class AmiLaunchBuilder extends DeploymentBuilder {
    private String instanceType;
    private String subnetId;
    private String securityGroupIds;
    private String keyName;
    private String iamInstanceProfile;
    private String rootVolumeSize;
    private boolean encrypted;
    private String kmsKeyId;
    private boolean spot;
    private String associatePublicIp;
    private String httpTokens;
    private String runTags;

    @Override
    Map<String, String> parameters() {
        Map<String, String> given = new TreeMap<>();
        given.put("instanceType", instanceType);
        given.put("subnetId", subnetId);
        given.put("securityGroupIds", securityGroupIds);
        given.put("keyName", keyName);
        given.put("iamInstanceProfile", iamInstanceProfile);
        given.put("rootVolumeSize", rootVolumeSize);
        given.put("encrypted", text(encrypted));
        given.put("kmsKeyId", kmsKeyId);
        given.put("spot", text(spot));
        given.put("associatePublicIp", associatePublicIp);
        given.put("httpTokens", httpTokens);
        given.put("runTags", runTags);
        return given;
    }

    public String getInstanceType() {
        return instanceType;
    }

    @DataBoundSetter
    public void setInstanceType(String instanceType) {
        this.instanceType = Util.fixEmptyAndTrim(instanceType);
    }

    public String getSubnetId() {
        return subnetId;
    }

    @DataBoundSetter
    public void setSubnetId(String subnetId) {
        this.subnetId = Util.fixEmptyAndTrim(subnetId);
    }

    public String getSecurityGroupIds() {
        return securityGroupIds;
    }

    @DataBoundSetter
    public void setSecurityGroupIds(String securityGroupIds) {
        this.securityGroupIds = Util.fixEmptyAndTrim(securityGroupIds);
    }

    public String getKeyName() {
        return keyName;
    }

    @DataBoundSetter
    public void setKeyName(String keyName) {
        this.keyName = Util.fixEmptyAndTrim(keyName);
    }

    public String getIamInstanceProfile() {
        return iamInstanceProfile;
    }

    @DataBoundSetter
    public void setIamInstanceProfile(String iamInstanceProfile) {
        this.iamInstanceProfile = Util.fixEmptyAndTrim(iamInstanceProfile);
    }

    public String getRootVolumeSize() {
        return rootVolumeSize;
    }

    @DataBoundSetter
    public void setRootVolumeSize(String rootVolumeSize) {
        this.rootVolumeSize = Util.fixEmptyAndTrim(rootVolumeSize);
    }

    public boolean isEncrypted() {
        return encrypted;
    }

    @DataBoundSetter
    public void setEncrypted(boolean encrypted) {
        this.encrypted = encrypted;
    }

    public String getKmsKeyId() {
        return kmsKeyId;
    }

    @DataBoundSetter
    public void setKmsKeyId(String kmsKeyId) {
        this.kmsKeyId = Util.fixEmptyAndTrim(kmsKeyId);
    }

    public boolean isSpot() {
        return spot;
    }

    @DataBoundSetter
    public void setSpot(boolean spot) {
        this.spot = spot;
    }

    public String getAssociatePublicIp() {
        return associatePublicIp;
    }

    @DataBoundSetter
    public void setAssociatePublicIp(String associatePublicIp) {
        this.associatePublicIp = Util.fixEmptyAndTrim(associatePublicIp);
    }

    public String getHttpTokens() {
        return httpTokens;
    }

    @DataBoundSetter
    public void setHttpTokens(String httpTokens) {
        this.httpTokens = Util.fixEmptyAndTrim(httpTokens);
    }

    public String getRunTags() {
        return runTags;
    }

    @DataBoundSetter
    public void setRunTags(String runTags) {
        this.runTags = Util.fixEmptyAndTrim(runTags);
    }
}
