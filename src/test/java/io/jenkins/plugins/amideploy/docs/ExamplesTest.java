package io.jenkins.plugins.amideploy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every file in {@code docs/examples} does what it says. */
@Timeout(600)
class ExamplesTest {
    /** Those that builds use, and the ones that other tests read. */
    private static final Set<String> USED = Set.of(
            "site.yml", // build-and-roll, and the test of its syntax below
            "smoke-test", // build-and-roll, blue-violet and blue-green
            "cfn-group.yaml", // cloudformation
            "jcasc.yaml"); // the test of the configuration

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs/examples"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @WithJenkins
    @TestFactory
    Stream<DynamicTest> eachRunsAsItIsPasted(JenkinsRule jenkins, @TempDir Path programs) throws IOException {
        program(programs, "ansible-playbook");
        program(programs, "curl");
        return Arrays.stream(Example.values())
                .map(example -> DynamicTest.dynamicTest(example.file(), () -> {
                    SimulatedRegion.begin();
                    SimulatedRegion.aws().instanceProfile("image-builder");
                    example.prepare();
                    Played played = new Played(jenkins, example.file(), programs);
                    played.again(example.parameters());
                    example.check(played);
                    assertEquals("[]", SimulatedRegion.leftovers().toString());
                }));
    }

    /** A program that does nothing but say what it is told. */
    private static void program(Path directory, String name) throws IOException {
        Files.writeString(directory.resolve(name), "#!/bin/sh\necho \"told: $*\"\n");
    }

    @Test
    void noFileIsLeftOut() throws IOException {
        Set<String> left = files();
        left.removeAll(USED);
        for (Example example : Example.values()) {
            left.remove(example.file());
        }
        assertEquals(Set.of(), left);
    }

    @Test
    void pageAboutTheDemoKnowsItsJobs() throws IOException {
        Set<String> jobs = Pattern.compile("^ +\"(\\d-[a-z-]+)\",$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("src/main/java/io/jenkins/plugins/amideploy/demo/DemoJobs.java")))
                .results()
                .map(job -> job.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(jobs.isEmpty());
        String page = Files.readString(Path.of("docs/without-aws.md"));
        jobs.removeIf(job -> page.contains("| `" + job + "` |"));
        assertEquals(Set.of(), jobs);
    }

    @Test
    void ansibleUnderstandsThePlaybook() throws IOException, InterruptedException {
        String path = System.getenv("PATH");
        assumeTrue(
                Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ansible-playbook"))),
                "ansible-playbook is not on the path");
        Process process = new ProcessBuilder(
                        "ansible-playbook", "--syntax-check", "-i", "192.0.2.1,", "docs/examples/site.yml")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
