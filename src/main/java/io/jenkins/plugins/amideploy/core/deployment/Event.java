package io.jenkins.plugins.amideploy.core.deployment;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One change worth a line in the console.
 *
 * @param progress how far the deployment is, such as {@code 7/20}; empty before it counts
 * @param text what changed, in the words of the AWS console; may have several lines
 */
public record Event(Instant at, Kind kind, String progress, String text) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** How much it matters to the reader. */
    public enum Kind {
        /** Something went as planned. */
        INFO,
        /** Something is unusual and the deployment goes on. */
        WARNING,
        /** Something went wrong and decides what happens next. */
        FAILURE
    }

    /** The event as lines of a console, indented so that the time stands alone in its column. */
    public String format(ZoneId zone) {
        String mark =
                switch (kind) {
                    case INFO -> "";
                    case WARNING -> "WARNING: ";
                    case FAILURE -> "FAILED: ";
                };
        String indent = "\n" + " ".repeat(18);
        return String.format("%s  %7s %s%s", TIME.format(at.atZone(zone)), progress, mark, text.replace("\n", indent));
    }
}
