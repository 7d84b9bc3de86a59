package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the user asked for, checked as far as that is possible without AWS.
 *
 * @param source null where it could not be read, which is among the problems then
 * @param keepCopies whether the image and its other copies stay when a copy fails
 * @param keepFor for how long the instance of a failed build stays; zero for not at all
 * @param given the parameters as they were given
 */
record BuildRequest(
        SourceRequest source,
        InstanceRequest instance,
        ProvisionRequest provision,
        ImageRequest image,
        boolean keepCopies,
        Duration keepFor,
        boolean plan,
        Duration timeout,
        Map<String, String> given) {
    /** What does not go into an image: two builds that differ in no more than this would make the same. */
    private static final Set<String> OF_NO_EFFECT = Set.of(
            "name",
            "runTags",
            "sshFrom",
            "commandTimeout",
            "readyTimeout",
            "imageTimeout",
            "timeout",
            "keep",
            "skipIfExists",
            "onFailure",
            "keepOnFailure",
            "keepFor",
            "plan",
            "spot",
            "sourceAmi");

    /**
     * Reads the parameters by their names in the Pipeline step; absent ones have their defaults.
     *
     * @param problems takes a sentence for each parameter that is unknown or impossible
     */
    static BuildRequest of(Map<String, String> parameters, boolean gated, List<String> problems) {
        Parameters p = new Parameters(parameters, problems);
        InstanceRequest instance = InstanceRequest.of(p, problems);
        ProvisionRequest provision = ProvisionRequest.of(p, gated, problems);
        ImageRequest image = ImageRequest.of(p, problems);
        boolean keepOnFailure = p.flag("keepOnFailure");
        Duration keepFor = Duration.ofHours(p.number("keepFor", 24, 1, 24 * 30));
        BuildRequest request = new BuildRequest(
                source(p, problems),
                instance,
                provision,
                image,
                p.choice("onFailure", false, Map.of("remove", false, "keep", true)),
                keepOnFailure ? keepFor : Duration.ZERO,
                p.flag("plan"),
                p.seconds("timeout", Duration.ofHours(6), 1, Duration.ofDays(14)),
                new TreeMap<>(parameters));
        p.refuseUnknown();
        if (image.skipIfExists() && gated && image.provisioningDigest().isEmpty()) {
            problems.add("skipIfExists: what the block does cannot be seen from here; give a provisioningDigest of it, "
                    + "such as the commit of a playbook");
        }
        return request;
    }

    private static SourceRequest source(Parameters p, List<String> problems) {
        String text = p.required("sourceAmi");
        try {
            return text.isEmpty() ? null : SourceRequest.of(text);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return null;
        }
    }

    /** The parameters that go into the image. */
    Map<String, String> inputs() {
        Map<String, String> inputs = new TreeMap<>(given);
        inputs.keySet().removeAll(OF_NO_EFFECT);
        inputs.values().removeIf(String::isBlank);
        return inputs;
    }

    /** Whether a key pair is made: only the block can use it. */
    boolean temporaryKey() {
        return instance.keyName().isEmpty() && provision.gated();
    }

    boolean temporaryGroup() {
        return instance.securityGroupIds().isEmpty();
    }

    boolean keepsOnFailure() {
        return !keepFor.isZero();
    }
}
