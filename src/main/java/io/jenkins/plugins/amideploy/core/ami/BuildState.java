package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a build remembers, by name, over the strings that are saved. */
final class BuildState {
    /** Where it stands. */
    enum Phase {
        /** Looking whether it can be done; nothing has been made. */
        PREFLIGHT,
        /** Making the temporary key pair and security group. */
        RESOURCES,
        LAUNCH,
        /** Waiting until the instance can be provisioned. */
        READY,
        USER_DATA,
        COMMANDS,
        /** The block runs. */
        BLOCK,
        STOP,
        IMAGE,
        /** Copying, sharing, deprecating; the last step marks the image as finished. */
        PUBLISH,
        /** Everything is made; older images go. */
        RETENTION,
        /** What only served the build goes, and in a build that failed whatever it made. */
        CLEAN_UP
    }

    private final SavedState saved;

    BuildState(SavedState saved) {
        this.saved = saved;
    }

    SavedState saved() {
        return saved;
    }

    Phase phase() {
        return saved.getEnum(SavedState.PHASE, Phase.PREFLIGHT);
    }

    void phase(Phase phase) {
        saved.put(SavedState.PHASE, phase);
    }

    /** Whether image and copies are all that they shall be: from then on nothing takes them away. */
    boolean finished() {
        return saved.has("finished");
    }

    void markFinished() {
        saved.put("finished", "yes");
    }

    /** When the build began to make things. */
    Instant since() {
        return saved.getInstant("since").orElse(Instant.EPOCH);
    }

    /** What the preflight found, for the phases after it. */
    void found(Source source, Network network, String name, String digest, String instanceType) {
        saved.put("source", source.image().imageId());
        saved.put("name", name);
        saved.put("digest", digest);
        saved.put("type", instanceType);
        saved.put("windows", Boolean.toString(source.windows()));
        saved.put("vpc", network.vpcId());
        saved.put("cidr", network.cidr());
    }

    String source() {
        return saved.get("source", "");
    }

    String name() {
        return saved.get("name", "");
    }

    String digest() {
        return saved.get("digest", "");
    }

    String instanceType() {
        return saved.get("type", "");
    }

    boolean windows() {
        return saved.get("windows", "").equals("true");
    }

    String vpc() {
        return saved.get("vpc", "");
    }

    /** The address block of the instance's VPC; empty where it is not known. */
    String cidr() {
        return saved.get("cidr", "");
    }

    /** The temporary security group; empty where there is none. */
    String group() {
        return saved.get("group", "");
    }

    void group(String id) {
        saved.put("group", id);
    }

    /** The instance; empty before it is known. */
    String instance() {
        return saved.get("instance", "");
    }

    void instance(String id) {
        saved.put("instance", id);
    }

    String privateIp() {
        return saved.get("private", "");
    }

    String publicIp() {
        return saved.get("public", "");
    }

    /** The address to connect to; empty before it is known. */
    String host() {
        return saved.get("host", "");
    }

    void addresses(String host, String privateIp, String publicIp) {
        saved.put("host", host);
        saved.put("private", privateIp);
        saved.put("public", publicIp);
    }

    /** What of {@link Wait} has come true. */
    Set<String> ready() {
        return saved.getSet("ready");
    }

    void ready(Wait wait) {
        Set<String> ready = new LinkedHashSet<>(ready());
        ready.add(wait.name());
        saved.put("ready", ready);
    }

    /** Whether a call that makes such a thing may have been made. */
    boolean asked(String thing) {
        return saved.has("asked." + thing);
    }

    /** When it was first about to be made. */
    Instant askedAt(String thing) {
        return saved.getInstant("asked." + thing).orElse(Instant.EPOCH);
    }

    void ask(String thing, Instant now) {
        if (!asked(thing)) {
            saved.put("asked." + thing, now);
        }
    }

    /** The image; empty before it is known. */
    String image() {
        return saved.get("image", "");
    }

    void image(String id) {
        saved.put("image", id);
    }

    /** The image's copy in that region; empty before it is known. */
    String copy(String region) {
        return saved.get("copy." + region, "");
    }

    void copy(String region, String id) {
        saved.put("copy." + region, id);
    }

    /** Why there is no copy in that region; empty where it did not fail. */
    Optional<String> copyFailure(String region) {
        return saved.get("failure." + region);
    }

    void copyFailed(String region, String why) {
        saved.put("failure." + region, why);
    }

    /** The snapshots of the image in that region. */
    Set<String> snapshots(String region) {
        return saved.getSet("snapshots." + region);
    }

    void snapshots(String region, Set<String> ids) {
        saved.put("snapshots." + region, ids);
    }

    /** Whether something that has no end in AWS, such as sharing, was done. */
    boolean done(String step) {
        return saved.has("done." + step);
    }

    void markDone(String step) {
        saved.put("done." + step, "yes");
    }
}
