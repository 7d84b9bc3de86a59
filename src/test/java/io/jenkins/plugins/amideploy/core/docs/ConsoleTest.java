package io.jenkins.plugins.amideploy.core.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Consoles that the documentation shows are those of deployments on the simulated AWS. Each block names the story it tells
 * behind its language. Ids, zones and times may differ, and {@code …} stands for lines that are left out,
 * as some may be before and after.
 */
class ConsoleTest {
    private static final String CONSOLE = "console";

    private static List<Document.Block> consoles() {
        return Document.all().stream()
                .flatMap(page -> page.blocks(CONSOLE).stream())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> eachLineIsSaidInThatOrder() {
        return consoles().stream().map(block -> DynamicTest.dynamicTest(block.toString(), () -> check(block)));
    }

    @Test
    void everyStoryIsShown() {
        Set<String> shown =
                new TreeSet<>(consoles().stream().map(Document.Block::name).toList());
        assertEquals(Stories.all().keySet(), shown);
    }

    private static void check(Document.Block block) {
        List<String> said = Stories.all().get(block.name()).get().console();
        int next = 0;
        boolean skipping = true;
        for (String line : block.text().lines().toList()) {
            if (line.strip().equals("…")) {
                skipping = true;
                continue;
            }
            int found = next;
            while (found < said.size() && !plain(said.get(found)).equals(plain(line))) {
                found++;
            }
            if (found == said.size() || found > next && !skipping) {
                fail(block + ": '" + line + "' is not what is said there. Said was:\n" + String.join("\n", said));
            }
            next = found + 1;
            skipping = false;
        }
    }

    /** Without what is different every time. */
    private static String plain(String line) {
        return line.stripTrailing()
                .replaceAll("\\b\\d\\d:\\d\\d(:\\d\\d)?\\b", "00:00")
                .replaceAll("\\b(i|ami|lt|sg|eni|snap|vol|subnet|vpc|key)-[0-9a-f]+", "$1-0")
                .replaceAll("\\b\\d+ (h|min|s)( \\d+ (min|s))?\\b", "1 s")
                .replaceAll("\\babout \\d+\\b", "about 1")
                .replaceAll("\\b([a-z]+-[a-z]+-\\d)[a-c]\\b", "$1a");
    }
}
