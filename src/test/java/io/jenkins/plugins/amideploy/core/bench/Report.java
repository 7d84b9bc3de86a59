package io.jenkins.plugins.amideploy.core.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was measured, keeps it for a JSON file, and says which budgets do not hold. */
final class Report {
    private final PrintStream out;
    private final Entries all = new Entries();
    private final List<String> missed = new ArrayList<>();
    private int held;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Names and values in their order. */
    static final class Entries extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        Entries and(String name, Object value) {
            put(name, value);
            return this;
        }
    }

    static Entries map(String name, Object value) {
        return new Entries().and(name, value);
    }

    void title(String text) {
        out.println();
        out.println(text);
    }

    void line(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }

    void keep(String name, Object value) {
        all.put(name, value);
    }

    /** Holds what was measured against its budget, which is the most that it may be. */
    void budget(String what, double measured, double most) {
        String text = String.format(Locale.ROOT, "%-50s %8.3f  (at most %.3f)", what, measured, most);
        if (measured <= most) {
            held++;
        } else {
            missed.add(text);
        }
        line("%s %s", measured <= most ? " " : "!", text);
    }

    void verdict() {
        title(missed.isEmpty() ? "All " + held + " budgets hold." : missed.size() + " budgets do not hold:");
        missed.forEach(text -> line("%s", text));
        keep("budgets held", held);
        keep("budgets missed", missed);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, json(all, "") + "\n");
        title("Written to " + file);
    }

    private static String json(Object value, String indent) {
        String inner = indent + "  ";
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> inner + json(String.valueOf(e.getKey()), inner) + ": " + json(e.getValue(), inner))
                    .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(v -> json(v, inner)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Sample sample) {
            return json(map("mean", sample.mean()).and("p95", sample.p95()).and("worst", sample.worst()), indent);
        }
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.4f", number);
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : '"' + String.valueOf(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
