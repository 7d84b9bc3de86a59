package io.jenkins.plugins.amideploy.driver;

import io.jenkins.plugins.amideploy.config.AwsSettings;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** What a build asks for: a procedure with its parameters, and with what to call AWS. Kept in plain strings. */
public final class DeploymentOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String procedure;
    private final TreeMap<String, String> parameters;
    private final boolean gated;
    private final String credentialsId;
    private final String region;
    private final String roleArn;
    private final String externalId;

    /** Whether an administrator wants it, and no build; false in files of versions that did not know this. */
    private final boolean administrators;

    /**
     * @param procedure its name
     * @param parameters by the names they have in the Pipeline step
     * @param gated whether there is a block to run before the old side is given up
     * @param aws with the region
     */
    public DeploymentOrder(String procedure, Map<String, String> parameters, boolean gated, AwsSettings aws) {
        this(procedure, parameters, gated, aws, false);
    }

    private DeploymentOrder(
            String procedure, Map<String, String> parameters, boolean gated, AwsSettings aws, boolean administrators) {
        this.procedure = procedure;
        this.parameters = new TreeMap<>(parameters);
        this.gated = gated;
        this.credentialsId = aws.credentialsId();
        this.region = aws.region();
        this.roleArn = aws.roleArn();
        this.externalId = aws.externalId();
        this.administrators = administrators;
    }

    public String procedure() {
        return procedure;
    }

    public Map<String, String> parameters() {
        return new TreeMap<>(parameters);
    }

    /** The same with other parameters. */
    DeploymentOrder with(Map<String, String> others) {
        return new DeploymentOrder(procedure, others, gated, aws(), administrators);
    }

    /** The same on an administrator's behalf: with the administrator's credentials, and wanted whatever the build does. */
    DeploymentOrder byAdministrator() {
        return new DeploymentOrder(procedure, parameters, gated, aws(), true);
    }

    boolean isByAdministrator() {
        return administrators;
    }

    public boolean gated() {
        return gated;
    }

    public String region() {
        return region;
    }

    AwsSettings aws() {
        return new AwsSettings(credentialsId, region, roleArn, externalId);
    }
}
