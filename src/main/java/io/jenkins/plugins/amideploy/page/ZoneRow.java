package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.core.history.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an Availability Zone has.
 *
 * @param fresh new instances in service
 * @param old old ones in service, with those that stay as they are
 * @param coming launched and not in service yet
 * @param going on their way out
 */
public record ZoneRow(String zone, int fresh, int old, int coming, int going) {
    private static final Set<State> COMING = Set.of(State.BOOTING, State.WARMING);

    static List<ZoneRow> rows(History history) {
        Map<String, List<Life>> zones = new TreeMap<>();
        history.lives().stream()
                .filter(life -> !life.zone().isEmpty())
                .forEach(life -> zones.computeIfAbsent(life.zone(), zone -> new ArrayList<>())
                        .add(life));
        return zones.entrySet().stream()
                .map(zone -> of(zone.getKey(), zone.getValue()))
                .toList();
    }

    private static ZoneRow of(String zone, List<Life> lives) {
        return new ZoneRow(
                zone,
                count(lives, Set.of(Side.NEW), Set.of(State.IN_SERVICE)),
                count(lives, Set.of(Side.OLD, Side.KEPT), Set.of(State.IN_SERVICE)),
                count(lives, Set.of(Side.values()), COMING),
                count(lives, Set.of(Side.values()), Set.of(State.DRAINING)));
    }

    private static int count(List<Life> lives, Set<Side> sides, Set<State> states) {
        return (int) lives.stream()
                .filter(life -> sides.contains(life.side())
                        && states.contains(life.latest().state()))
                .count();
    }
}
