package io.jenkins.plugins.amideploy.page;

import hudson.Util;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.driver.ConsoleLinks;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;

/** Texts of a deployment as a page shows them: escaped, with links, at the times that the console has. */
final class Texts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ZoneId zone = ZoneId.systemDefault();
    private final Optional<ConsoleLinks> links;

    /** @param history says whether the AWS console shows what is deployed to */
    Texts(History history) {
        this.links = history.fact("console").equals("true")
                ? Optional.of(new ConsoleLinks(history.fact("region")))
                : Optional.empty();
    }

    String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    String date(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .format(at.atZone(zone));
    }

    String html(String text) {
        String html = links.map(all -> all.html(text)).orElseGet(() -> Util.escape(text));
        return html.replace("\n", "<br>");
    }

    String group(String name) {
        return links.map(all -> all.group(name)).orElseGet(() -> Util.escape(name));
    }
}
