package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The image as the user wants it, and what shall become of it.
 *
 * @param name a template, see {@link ImageName}
 * @param family empty for the job's name
 * @param copyTo regions, each with the KMS key for the copy's snapshots; an empty key where the copy is encrypted like
 *     the image
 * @param deprecateAfter days; 0 for never
 * @param imdsSupport {@code v2.0} where instances of the image shall ask for IMDSv2 by default; empty otherwise
 * @param keep how many images of the family are kept; 0 for all
 * @param provisioningDigest what the user gives for inputs that cannot be seen here, such as a playbook's commit
 */
record ImageRequest(
        String name,
        String family,
        String description,
        Map<String, String> tags,
        boolean noReboot,
        Duration imageTimeout,
        Map<String, String> copyTo,
        List<String> shareWith,
        List<String> shareWithOrganizations,
        int deprecateAfter,
        String imdsSupport,
        int keep,
        boolean skipIfExists,
        String provisioningDigest) {
    /** Most characters of an image's description (Amazon EC2 API Reference, CreateImage). */
    private static final int DESCRIPTION = 255;

    static ImageRequest of(Parameters p, List<String> problems) {
        ImageRequest request = new ImageRequest(
                p.text("name", "{family}-{build}-{time}"),
                p.text("family", ""),
                p.text("description", ""),
                Tags.given("tags", p, problems),
                p.flag("noReboot"),
                p.seconds("imageTimeout", Duration.ofHours(2), 1, Duration.ofHours(48)),
                copies(p, problems),
                p.words("shareWith", "\\d{12}", "an account id of 12 digits"),
                p.words(
                        "shareWithOrganizations",
                        "arn:[\\w-]+:organizations::\\d{12}:(organization|ou)/o-.+",
                        "the ARN of an organization or of an organizational unit"),
                p.number("deprecateAfter", 0, 1, 3650),
                p.choice("imdsSupport", "", Map.of("v2.0", "v2.0")),
                p.number("keep", 0, 1, 10_000),
                p.flag("skipIfExists"),
                p.text("provisioningDigest", ""));
        if (request.description.length() > DESCRIPTION) {
            problems.add("description: it is longer than the " + DESCRIPTION + " characters that EC2 takes");
        }
        return request;
    }

    private static Map<String, String> copies(Parameters p, List<String> problems) {
        Map<String, String> copies = new LinkedHashMap<>();
        for (String word : p.words("copyTo")) {
            int equals = word.indexOf('=');
            String region = equals < 0 ? word : word.substring(0, equals).strip();
            if (!region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
                problems.add("copyTo: '" + region + "' is not the code of a region such as eu-central-1");
            } else if (copies.put(
                            region, equals < 0 ? "" : word.substring(equals + 1).strip())
                    != null) {
                problems.add("copyTo: " + region + " is named twice");
            }
        }
        return copies;
    }
}
