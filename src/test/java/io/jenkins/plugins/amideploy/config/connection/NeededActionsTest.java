package io.jenkins.plugins.amideploy.config.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What "Test connection" looks for is what the policies in the documentation allow. */
class NeededActionsTest {
    private static final Pattern ACTION = Pattern.compile("\"([a-z0-9]+:[A-Z]\\w+)\"");

    @ParameterizedTest
    @CsvSource({
        "blueVioletDeploy, README.md",
        "buildAmi, docs/build-ami.md",
        "cfnUpdatePolicyDeploy, docs/cfn-update-policy.md",
    })
    void actionsAreThoseOfTheDocumentedPolicies(String step, String document) throws IOException {
        assertEquals(
                documented(Files.readString(Path.of(document))),
                NeededActions.byStep().get(step));
    }

    private static Set<String> documented(String text) {
        Set<String> actions = new TreeSet<>();
        Matcher matcher = ACTION.matcher(text);
        while (matcher.find()) {
            actions.add(matcher.group(1));
        }
        return actions;
    }

    @ParameterizedTest
    @CsvSource({"rollingAmiDeploy, README.md"})
    void aRollingDeploymentNeedsTheFirstPolicyOnly(String step, String document) throws IOException {
        String text = Files.readString(Path.of(document));
        assertEquals(
                documented(text.substring(0, text.indexOf("CopyAndRetireGroups"))),
                NeededActions.byStep().get(step));
    }
}
