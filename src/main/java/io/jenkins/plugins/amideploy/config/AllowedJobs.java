package io.jenkins.plugins.amideploy.config;

import java.util.regex.Pattern;

/**
 * Jobs named by patterns, one in a line: {@code *} stands for any text without a slash, {@code **} for any text. So
 * {@code ops/*} names the jobs directly in a folder and {@code ops/**} those in its subfolders as well.
 */
record AllowedJobs(String patterns) {

    boolean contains(String fullName) {
        return patterns.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .anyMatch(line -> pattern(line).matcher(fullName).matches());
    }

    private static Pattern pattern(String line) {
        StringBuilder regex = new StringBuilder();
        for (String part : line.split("(?<=\\*)(?=[^*])|(?<=[^*])(?=\\*)")) {
            regex.append(
                    switch (part) {
                        case "*" -> "[^/]*";
                        case "**" -> ".*";
                        default -> Pattern.quote(part);
                    });
        }
        return Pattern.compile(regex.toString());
    }
}
