package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an image is called. */
final class ImageName {
    /** What AWS takes as an image's name (Amazon EC2 API Reference, CreateImage). */
    private static final String ALLOWED = "[A-Za-z0-9()\\[\\] ./'@_-]{3,128}";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ImageName() {}

    /** The family: as given, or the job's name in the characters that a name may have. */
    static String family(BuildRequest request, Owner owner) {
        String given = request.image().family();
        String job = owner.build().replaceFirst("\\s+\\S*$", "");
        String family = (given.isEmpty() ? job : given).replaceAll("[^A-Za-z0-9._@-]+", "-");
        return family.isEmpty() ? "image" : family.length() > 80 ? family.substring(0, 80) : family;
    }

    /** The name that the template becomes. */
    static String expand(BuildRequest request, Owner owner, String source, Instant now) {
        String build = owner.build().replaceFirst("^.*\\s", "");
        return request.image()
                .name()
                .replace("{family}", family(request, owner))
                .replace("{build}", build)
                .replace("{time}", TIME.format(now))
                .replace("{source}", source);
    }

    static void check(String name, List<String> problems) {
        if (!name.matches(ALLOWED)) {
            problems.add("name: '" + name + "' is no name for an image; AWS takes 3 to 128 letters, digits, blanks and "
                    + "()[]./'@_-");
        }
    }

    /** A digest of all that goes into an image. */
    static String digest(BuildRequest request, String source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, source);
            for (Map.Entry<String, String> input : request.inputs().entrySet()) {
                add(digest, input.getKey());
                add(digest, input.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
