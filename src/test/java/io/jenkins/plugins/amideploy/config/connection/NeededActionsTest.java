package io.jenkins.plugins.amideploy.config.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.amideploy.core.docs.Document;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What "Test connection" looks for is what the policies in the documentation allow. */
class NeededActionsTest {
    private static final Pattern ACTION = Pattern.compile("\"([a-z0-9]+:[A-Z]\\w+)\"(?!:)");

    @ParameterizedTest
    @ValueSource(
            strings = {"rollingAmiDeploy", "blueVioletDeploy", "blueGreenCutover", "buildAmi", "cfnUpdatePolicyDeploy"})
    void actionsAreThoseOfTheDocumentedPolicies(String step) {
        Set<String> documented = Document.of("docs/iam.md").sections().stream()
                .filter(section -> section.title().equals("`" + step + "`"))
                .flatMap(section -> ACTION.matcher(section.text()).results())
                .map(action -> action.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(documented, NeededActions.byStep().get(step));
    }
}
