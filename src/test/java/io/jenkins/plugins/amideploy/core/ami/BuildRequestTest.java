package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.docs.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parameters say. */
class BuildRequestTest {
    private static final Owner OWNER = new Owner("ci", "team/web image 42", "d1");

    private final List<String> problems = new ArrayList<>();

    private BuildRequest request(boolean gated, String... parameters) {
        Map<String, String> all = new HashMap<>(Map.of("sourceAmi", "ami-0123"));
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return BuildRequest.of(all, gated, problems);
    }

    @Test
    void nothingButTheSourceIsRequired() {
        request(false);
        assertEquals(List.of(), problems);
        BuildRequest.of(Map.of(), false, problems);
        assertEquals(List.of("sourceAmi: is required"), problems);
    }

    @Test
    void documentedDefaultsAreTheDefaults() {
        Map<String, String> defaults = Document.of("docs/build-ami.md").defaults();
        assertTrue(defaults.size() > 10, defaults::toString);
        BuildRequest nothingGiven = withoutText(request(false, "keepOnFailure", "true"));
        assertEquals("false", defaults.remove("keepOnFailure"));
        defaults.forEach((name, value) ->
                assertEquals(nothingGiven, withoutText(request(false, "keepOnFailure", "true", name, value)), name));
        assertEquals(List.of(), problems);
        assertFalse(request(false).keepsOnFailure());
    }

    private static BuildRequest withoutText(BuildRequest request) {
        return new BuildRequest(
                request.source(),
                request.instance(),
                request.provision(),
                request.image(),
                request.keepCopies(),
                request.keepFor(),
                request.plan(),
                request.timeout(),
                Map.of());
    }

    @Test
    void theNameIsMadeOfJobBuildTimeAndSource() {
        Instant now = Instant.parse("2026-01-05T09:00:00Z");
        assertEquals("team-web-image-42-20260105090000", ImageName.expand(request(false), OWNER, "ami-0123", now));
        BuildRequest own = request(false, "name", "{family} {source} #{build}", "family", "shop");
        assertEquals("shop ami-0123 #42", ImageName.expand(own, OWNER, "ami-0123", now));
        ImageName.check("shop ami-0123 #42", problems);
        assertTrue(problems.get(0).startsWith("name: 'shop ami-0123 #42' is no name for an image"));
    }

    @Test
    void theDigestCountsWhatGoesIntoTheImageAndNothingElse() {
        String digest = ImageName.digest(request(false, "commands", "true"), "ami-1");
        assertEquals(
                digest, ImageName.digest(request(false, "commands", "true", "keep", "3", "name", "x y z"), "ami-1"));
        assertNotEquals(digest, ImageName.digest(request(false, "commands", "false"), "ami-1"));
        assertNotEquals(digest, ImageName.digest(request(false, "commands", "true"), "ami-2"));
        assertNotEquals(digest, ImageName.digest(request(false, "commands", "true", "rootVolumeSize", "9"), "ami-1"));
    }

    @Test
    void whatIsAwaitedIsWhatTheProvisioningNeeds() {
        assertEquals(
                EnumSet.of(Wait.RUNNING, Wait.SSH), request(true).provision().waits(true, false));
        assertEquals(
                EnumSet.of(Wait.RUNNING, Wait.STATUS_CHECKS),
                request(true).provision().waits(false, false));
        assertEquals(
                EnumSet.of(Wait.RUNNING, Wait.STATUS_CHECKS),
                request(false).provision().waits(true, false));
        assertEquals(EnumSet.of(Wait.RUNNING), request(false).provision().waits(true, true));
        assertEquals(
                EnumSet.of(Wait.RUNNING, Wait.SSM),
                request(false, "commands", "x").provision().waits(true, false));
        assertEquals(
                EnumSet.of(Wait.RUNNING, Wait.SSM, Wait.STATUS_CHECKS),
                request(true, "commands", "x", "waitFor", "statusChecks")
                        .provision()
                        .waits(true, false));
    }

    @Test
    void aDigestIsRequiredForWhatABlockDoes() {
        request(true, "skipIfExists", "true");
        assertTrue(problems.get(0).contains("give a provisioningDigest"), problems::toString);
    }

    @Test
    void reservedTagsAreRefused() {
        request(false, "tags", "aws:x=1", "runTags", "ami-deploy:role=serves");
        assertEquals(2, problems.size(), problems::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.9, true",
        "10.1.0.0/16, 10.2.0.1, false",
        "172.31.16.0/20, 172.31.31.255, true",
        "172.31.16.0/20, 172.31.32.0, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "10.0.0.1/32, 10.0.0.1, true",
        "10.0.0.0/8, fe80::1, false"
    })
    void addressesAreToldFromOthersByTheirBlock(String block, String address, boolean inside) {
        assertEquals(inside, Cidr.of(block).orElseThrow().contains(address));
    }
}
