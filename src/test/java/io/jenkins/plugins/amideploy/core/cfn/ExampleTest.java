package io.jenkins.plugins.amideploy.core.cfn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The template in the documentation is one that this plugin and CloudFormation's linter have nothing against. */
class ExampleTest {
    private static final Path EXAMPLE = Path.of("docs/examples/cfn-group.yaml");

    @Test
    void theGuardHasNothingAgainstIt() throws IOException {
        Template template = Template.of(Files.readString(EXAMPLE));
        Guard guard = new Guard(template, new TemplateValues(template, Map.of("Image", "ami-0")), "Image", "").look();
        assertEquals(List.of(), guard.problems());
        assertEquals(List.of(), guard.warnings());
        assertEquals(List.of(), guard.unreached());
        assertEquals(
                List.of("WebGroup"),
                guard.groups().stream().map(Guard.Reached::logicalId).toList());
    }

    @Test
    void theLinterHasNothingAgainstIt() throws IOException, InterruptedException {
        Optional<Path> linter = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "cfn-lint"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(linter.isPresent(), "cfn-lint is not on the path. To install it: pip install cfn-lint");
        Process process = new ProcessBuilder(linter.get().toString(), EXAMPLE.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
