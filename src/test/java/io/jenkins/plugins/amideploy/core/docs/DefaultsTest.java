package io.jenkins.plugins.amideploy.core.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenRequest;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletRequest;
import io.jenkins.plugins.amideploy.core.cfn.CfnRequest;
import io.jenkins.plugins.amideploy.core.rolling.RollingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who writes a default as it is documented gets what who writes nothing gets. */
class DefaultsTest {
    private static final String AMI = "ami-0123456789abcdef0";

    private interface Reading {
        Object of(Map<String, String> parameters, boolean gated, List<String> problems);
    }

    @Test
    void ofRollingDeployments() {
        check("docs/rolling.md", Map.of("group", "web", "ami", AMI), RollingRequest::of);
    }

    @Test
    void ofBlueVioletDeployments() {
        check("docs/blue-violet.md", Map.of("group", "web", "ami", AMI), BlueVioletRequest::of);
    }

    @Test
    void ofCutovers() {
        check(
                "docs/blue-green.md",
                Map.of("group", "web", "ami", AMI, "hostedZone", "Z0123456789ABC", "recordName", "www.example.org"),
                BlueGreenRequest::of);
    }

    @Test
    void ofStackUpdates() {
        check("docs/cfn-update-policy.md", Map.of("stack", "web", "ami", AMI, "rollbackAlarms", "5xx"), CfnRequest::of);
    }

    private static void check(String page, Map<String, String> required, Reading reading) {
        List<String> problems = new ArrayList<>();
        Object nothingGiven = reading.of(required, true, problems);
        Map<String, String> defaults = Document.of(page).defaults();
        assertTrue(defaults.size() > 4, defaults::toString);
        defaults.forEach((name, value) -> {
            if (name.equals("plan") && !(nothingGiven instanceof CfnRequest)) {
                assertEquals("false", value);
                return; // not the procedure's: whoever makes it decides which of two to make
            }
            Map<String, String> given = new TreeMap<>(required);
            given.put(name, value);
            assertEquals(nothingGiven, reading.of(given, true, problems), () -> page + ": " + name);
        });
        assertEquals(List.of(), problems, page);
        assertEquals(
                required.keySet(), union(required.keySet(), Document.of(page).required()), page);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
