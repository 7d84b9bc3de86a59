package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.Life;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The bar of an instance as a row of a table, for those who do not see it.
 *
 * @param id as HTML, with a link where there is where to
 * @param kind for its colour
 * @param launched empty where it was there before, as the times after it are where they have not come
 */
public record InstanceRow(
        String id,
        String zone,
        String side,
        String kind,
        String state,
        String launched,
        String served,
        String left,
        String gone) {

    static List<InstanceRow> rows(History history, Texts texts) {
        return history.lives().stream().map(life -> of(life, history, texts)).toList();
    }

    private static InstanceRow of(Life life, History history, Texts texts) {
        return new InstanceRow(
                texts.html(life.id()),
                life.zone(),
                StateNames.of(life.side()),
                life.side().name().toLowerCase(Locale.ROOT),
                StateNames.of(life.latest().state()),
                time(life, State.BOOTING, texts),
                life.first().state() == State.IN_SERVICE ? "" : time(life, State.IN_SERVICE, texts),
                time(life, State.DRAINING, texts),
                time(life, State.GONE, texts));
    }

    private static String time(Life life, State state, Texts texts) {
        return life.first(state).map((Instant at) -> texts.time(at)).orElse("");
    }
}
