package io.jenkins.plugins.amideploy.core.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Links from page to page lead somewhere. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @Test
    void everyLinkLeadsToAFileAndAHeadingInIt() {
        List<String> broken = new ArrayList<>();
        for (Document page : Document.all()) {
            Matcher link = LINK.matcher(page.text());
            while (link.find()) {
                if (!link.group(1).matches("https?://.*") && !leads(page.path(), link.group(1))) {
                    broken.add(page.path() + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static boolean leads(Path from, String link) {
        String[] parts = link.split("#", 2);
        Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return Files.exists(to)
                && (parts.length == 1 || anchors(Document.of(to.toString())).contains(parts[1]));
    }

    /** As GitHub makes them. */
    private static Set<String> anchors(Document page) {
        return HEADING.matcher(page.text())
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").strip().replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
