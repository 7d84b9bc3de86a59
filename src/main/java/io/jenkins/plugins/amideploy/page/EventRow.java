package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A line of the console.
 *
 * @param after how long after the beginning
 * @param text as HTML, with links to the AWS console
 */
public record EventRow(String time, String after, String kind, String progress, String text) {

    /** The newest first, for that is what somebody comes to see. */
    static List<EventRow> rows(History history, Texts texts) {
        List<EventRow> rows = new ArrayList<>();
        history.events().forEach(event -> rows.add(of(event, history, texts)));
        Collections.reverse(rows);
        return rows;
    }

    private static EventRow of(Event event, History history, Texts texts) {
        return new EventRow(
                texts.time(event.at()),
                Words.of(Duration.between(history.begin(), event.at())),
                event.kind().name().toLowerCase(Locale.ROOT),
                event.progress(),
                texts.html(event.text()));
    }
}
