package io.jenkins.plugins.amideploy.core.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a history: a mark of what it tells, a time, and further fields, separated by tabs. A line that this version
 * does not know is passed over, so that older ones can read what newer ones write.
 */
record Line(char kind, Instant at, List<String> fields) {
    /** A fact of the deployment: its name and its value. */
    static final char FACT = 'f';
    /** The phase, and whether the deployment is being unwound. */
    static final char PHASE = 'p';
    /** The floor and the desired capacity. */
    static final char CAPACITY = 'c';
    /** An instance with its zone, its side, and its state. */
    static final char INSTANCE = 'i';
    /** An instance that is gone, by its {@link Marks#key}. */
    static final char GONE = 'g';
    /** An event: its kind, the progress, the text. */
    static final char EVENT = 'e';
    /** The end: whether it succeeded, and the text. */
    static final char END = 'x';
    /** There was more than is kept. */
    static final char FULL = '~';

    static Line of(char kind, Instant at, String... fields) {
        return new Line(kind, at, List.of(fields));
    }

    String field(int index) {
        return index < fields.size() ? fields.get(index) : "";
    }

    int number(int index) {
        return Integer.parseInt(field(index));
    }

    String asText() {
        StringBuilder text = new StringBuilder().append(kind).append('\t').append(at.toEpochMilli());
        fields.forEach(field -> escape(field, text.append('\t')));
        return text.append('\n').toString();
    }

    private static void escape(String field, StringBuilder text) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    /** @throws IllegalArgumentException where that is no line of a history */
    static Line parse(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (c == '\\' && i + 1 < text.length()) {
                part.append(unescaped(text.charAt(++i)));
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        if (parts.size() < 2 || parts.get(0).length() != 1) {
            throw new IllegalArgumentException(text);
        }
        Instant at = Instant.ofEpochMilli(Long.parseLong(parts.get(1)));
        return new Line(parts.get(0).charAt(0), at, List.copyOf(parts.subList(2, parts.size())));
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> c;
        };
    }
}
