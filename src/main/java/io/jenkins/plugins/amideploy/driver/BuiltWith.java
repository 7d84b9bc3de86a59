package io.jenkins.plugins.amideploy.driver;

import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.config.BuildReference;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;

/** With what a job has built images, and where: all that is needed to look there again. Kept in plain strings. */
final class BuiltWith {
    private final BuildReference build;
    private final String credentialsId;
    private final String region;
    private final String roleArn;
    private final String externalId;

    /** Where images were copied to. */
    private final TreeSet<String> copies;

    /** When an image was built, or something was found that had been left; in milliseconds since 1970. */
    private final long needed;

    /**
     * @param build the latest
     * @param copies the codes of other regions
     */
    BuiltWith(BuildReference build, AwsSettings aws, Collection<String> copies, Instant needed) {
        this.build = build;
        this.credentialsId = aws.credentialsId();
        this.region = aws.region();
        this.roleArn = aws.roleArn();
        this.externalId = aws.externalId();
        this.copies = new TreeSet<>(copies);
        this.needed = needed.toEpochMilli();
    }

    /** The same job with the same settings. */
    boolean like(BuiltWith other) {
        return build.jobName().equals(other.build.jobName()) && aws().equals(other.aws());
    }

    /** Both of two that are alike. */
    BuiltWith and(BuiltWith later) {
        TreeSet<String> all = new TreeSet<>(copies);
        all.addAll(later.copies);
        return new BuiltWith(later.build, aws(), all, later.needed());
    }

    BuiltWith needed(Instant at) {
        return new BuiltWith(build, aws(), copies, at);
    }

    BuiltWith moved(String from, String to) {
        return new BuiltWith(build.moved(from, to), aws(), copies, needed());
    }

    BuildReference build() {
        return build;
    }

    AwsSettings aws() {
        return new AwsSettings(credentialsId, region, roleArn, externalId);
    }

    /** The other regions to look in. */
    TreeSet<String> copies() {
        return new TreeSet<>(copies);
    }

    Instant needed() {
        return Instant.ofEpochMilli(needed);
    }
}
