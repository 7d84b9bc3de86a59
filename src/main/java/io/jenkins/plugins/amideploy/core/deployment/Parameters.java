package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads parameters given as text and collects a sentence for each that is wrong, instead of stopping at the first. */
public final class Parameters {
    private final Map<String, String> given;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    public Parameters(Map<String, String> given, List<String> problems) {
        this.given = given;
        this.problems = problems;
    }

    private String text(String name) {
        known.add(name);
        String value = given.get(name);
        return value == null ? "" : value.strip();
    }

    public String text(String name, String otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : text;
    }

    /** A text that must look like that where it is given; empty otherwise. */
    public String matchingIfGiven(String name, String pattern, String what) {
        return text(name).isEmpty() ? "" : matching(name, pattern, what);
    }

    public String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            problems.add(name + ": is required");
        }
        return text;
    }

    public String matching(String name, String pattern, String what) {
        String text = required(name);
        if (!text.isEmpty() && !text.matches(pattern)) {
            problems.add(name + ": '" + text + "' is not " + what);
        }
        return text;
    }

    public <T> T parsed(String name, String otherwise, Function<String, T> parser) {
        String text = text(name);
        try {
            return parser.apply(text.isEmpty() ? otherwise : text);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return parser.apply(otherwise);
        }
    }

    public int number(String name, int otherwise, int least, int most) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the range
        }
        problems.add(name + ": '" + text + "' must be a whole number from " + least + " to " + most);
        return otherwise;
    }

    public Duration seconds(String name, Duration otherwise, int least, Duration most) {
        return Duration.ofSeconds(number(name, (int) otherwise.toSeconds(), least, (int) most.toSeconds()));
    }

    /** Text of that form, or empty where it is not given. */
    public String optional(String name, String pattern, String what) {
        return text(name).isEmpty() ? "" : matching(name, pattern, what);
    }

    /** A flag that is true where it is not given. */
    public boolean flagUnlessFalse(String name) {
        return text(name).isEmpty() || flag(name);
    }

    public boolean flag(String name) {
        String text = text(name);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            problems.add(name + ": '" + text + "' must be true or false");
        }
        return text.equals("true");
    }

    /** As {@link #flag}; empty where it is not given. */
    public Optional<Boolean> flagIfGiven(String name) {
        boolean flag = flag(name);
        return text(name).isEmpty() ? Optional.empty() : Optional.of(flag);
    }

    public <T> T choice(String name, T otherwise, Map<String, T> choices) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        T choice = choices.get(text);
        if (choice == null) {
            problems.add(
                    name + ": '" + text + "' must be one of " + String.join(", ", new TreeSet<>(choices.keySet())));
            return otherwise;
        }
        return choice;
    }

    /** Words or names separated by commas. */
    public List<String> words(String name) {
        return Arrays.stream(text(name).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /** Words separated by commas, each of which must look like that. */
    public List<String> words(String name, String pattern, String what) {
        List<String> words = words(name);
        words.stream()
                .filter(word -> !word.matches(pattern))
                .forEach(word -> problems.add(name + ": '" + word + "' is not " + what));
        return words.stream().filter(word -> word.matches(pattern)).toList();
    }

    /** {@code Key=value}, one per line or separated by commas; a value may be empty. */
    public Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text(name).split("[,\n]")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            } else if (!pair.isBlank()) {
                problems.add(name + ": '" + pair.strip() + "' must be Key=value");
            }
        }
        return pairs;
    }

    public List<Integer> percentages(String name) {
        Set<Integer> percentages = new TreeSet<>();
        for (String word : words(name)) {
            String number =
                    word.endsWith("%") ? word.substring(0, word.length() - 1).strip() : word;
            if (number.matches("\\d{1,3}") && Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= 100) {
                percentages.add(Integer.parseInt(number));
            } else {
                problems.add(name + ": '" + word + "' must be a percentage from 1 to 100");
            }
        }
        return new ArrayList<>(percentages);
    }

    public void refuseUnknown() {
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(known);
        unknown.forEach(name -> problems.add(name + ": there is no such parameter"));
    }
}
