package io.jenkins.plugins.amideploy.core.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation, as far as tests read it. */
public record Document(Path path, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("^( *)```(\\w+)([^\n]*)\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SECTION =
            Pattern.compile("^## ([^\n]*)\n(.*?)(?=^## |\\z)", Pattern.DOTALL | Pattern.MULTILINE);

    /**
     * A block of code.
     *
     * @param language such as {@code groovy}
     * @param name what stands behind the language; empty where nothing does
     * @param line where it begins, counted from 1
     */
    public record Block(Path path, int line, String language, String name, String text) {
        @Override
        public String toString() {
            return path + ":" + line;
        }
    }

    /** A section and the rows of the tables in it, each with its cells. */
    public record Section(String title, String text) {
        public List<List<String>> rows() {
            return text.lines()
                    .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
                    .map(line -> Stream.of(
                                    line.substring(1).replaceFirst("\\|$", "").split("(?<!\\\\)\\|", -1))
                            .map(String::strip)
                            .toList())
                    .toList();
        }
    }

    public static Document of(String path) {
        return of(Path.of(path));
    }

    private static Document of(Path path) {
        try {
            return new Document(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The README and all pages. */
    public static List<Document> all() {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), files.sorted())
                    .filter(path -> path.toString().endsWith(".md"))
                    .map(Document::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Block> blocks(String language) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2).equals(language)) {
                int line = 1 + (int) text.substring(0, matcher.start()).lines().count();
                blocks.add(new Block(path, line, language, matcher.group(3).strip(), matcher.group(4)));
            }
        }
        return blocks;
    }

    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        Matcher matcher = SECTION.matcher(text);
        while (matcher.find()) {
            sections.add(new Section(matcher.group(1).strip(), matcher.group(2)));
        }
        return sections;
    }

    /** The rows of the table of parameters. */
    public List<List<String>> parameters() {
        List<List<String>> rows = sections().stream()
                .filter(section -> section.title().equals("Parameters"))
                .flatMap(section -> section.rows().stream())
                .toList();
        return rows.isEmpty() ? rows : rows.subList(1, rows.size());
    }

    /** The names of the parameters, several of which may share a row. */
    public List<String> parameterNames() {
        return parameters().stream().flatMap(row -> codes(row.get(0)).stream()).toList();
    }

    /** The parameters that have no default because they have to be given. */
    public Set<String> required() {
        return parameters().stream()
                .filter(row -> row.get(1).equals("required"))
                .flatMap(row -> codes(row.get(0)).stream())
                .collect(Collectors.toSet());
    }

    /** The defaults that can be written as well as left out. */
    public Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        for (List<String> row : parameters()) {
            if (row.get(1).matches("`[^`]*`")) {
                codes(row.get(0))
                        .forEach(name -> defaults.put(name, codes(row.get(1)).get(0)));
            }
        }
        return defaults;
    }

    private static List<String> codes(String cell) {
        return Pattern.compile("`([^`]*)`")
                .matcher(cell)
                .results()
                .map(code -> code.group(1))
                .toList();
    }
}
