package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.driver.Deployments;
import io.jenkins.plugins.amideploy.driver.Holder;
import io.jenkins.plugins.amideploy.driver.LeasePlace;
import io.jenkins.plugins.amideploy.driver.Restore;
import io.jenkins.plugins.amideploy.driver.Restores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the page shows at one moment. */
@Restricted(NoExternalUse.class)
public final class LeaseBoard {
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final Duration AGE = Duration.ofSeconds(15);
    private static final Duration AGE_WHILE_RESTORING = Duration.ofSeconds(3);

    private final List<LeaseRow> rows;
    private final List<String> problems;
    private final List<String> pending;

    private LeaseBoard(List<LeaseRow> rows, List<String> problems, List<String> pending) {
        this.rows = rows;
        this.problems = problems;
        this.pending = pending;
    }

    /** Looks, for a few seconds at most. */
    static LeaseBoard look() throws InterruptedException {
        boolean restoring = Restores.get().all().stream()
                .anyMatch(restore -> restore.outcome().isEmpty());
        return of(LeaseScan.get().look(restoring ? AGE_WHILE_RESTORING : AGE, WAIT));
    }

    /** As {@link #look}, with nothing that is older than this moment. */
    static LeaseBoard lookAgain() throws InterruptedException {
        return of(LeaseScan.get().look(Duration.ZERO, WAIT));
    }

    private static LeaseBoard of(LeaseScan.Look look) {
        Map<String, Holder> holders = new LinkedHashMap<>();
        Deployments.get().holders().forEach(holder -> holders.put(holder.deployment(), holder));
        Map<String, LeaseRow> rows = new LinkedHashMap<>();
        for (LeaseScan.Reading reading : look.readings()) {
            reading.groups().forEach(group -> {
                Optional<Holder> holder =
                        Optional.ofNullable(holders.get(group.lease().owner().deployment()));
                boolean justEnded = holder.isEmpty()
                        && reading.live().contains(group.lease().owner().deployment());
                LeaseRow row = new LeaseRow(reading.place(), group, holder);
                if (!justEnded) {
                    rows.putIfAbsent(row.getQuery(), row);
                }
            });
        }
        holders.values().stream()
                .filter(holder -> rows.values().stream()
                        .noneMatch(row -> row.getDeployment().equals(holder.deployment())))
                .forEach(holder -> rows.put(holder.deployment(), new LeaseRow(holder)));
        return new LeaseBoard(
                rows.values().stream()
                        .sorted(Comparator.comparing(LeaseRow::state)
                                .thenComparing(LeaseRow::getRegion)
                                .thenComparing(LeaseRow::getGroup))
                        .toList(),
                look.readings().stream()
                        .filter(reading -> !reading.problem().isEmpty())
                        .map(reading -> Messages.LeaseBoard_problem(words(reading.place()), reading.problem()))
                        .sorted()
                        .toList(),
                look.pending().stream().map(LeaseBoard::words).sorted().toList());
    }

    private static String words(LeasePlace place) {
        String whose = place.job().isEmpty()
                ? Messages.LeaseBoard_administrators(place.region())
                : Messages.LeaseBoard_job(place.region(), place.job());
        return place.aws().roleArn().isEmpty()
                ? whose
                : Messages.LeaseBoard_role(whose, place.aws().roleArn());
    }

    /** The row of a group that was left, if it still is. */
    Optional<LeaseRow> left(String region, String group, String deployment) {
        return rows.stream()
                .filter(LeaseRow::isLeft)
                .filter(row -> row.is(region, group, deployment))
                .findFirst();
    }

    /** Those left behind first. */
    public List<LeaseRow> getRows() {
        return rows;
    }

    /** Where AWS could not be read, and why. */
    public List<String> getProblems() {
        return problems;
    }

    /** Where AWS has not answered yet. */
    public List<String> getPending() {
        return pending;
    }

    /** One sentence about all of it. */
    public String getSummary() {
        long left = rows.stream().filter(LeaseRow::isLeft).count();
        return Stream.of(
                        rows.isEmpty() ? Messages.LeaseBoard_none() : Messages.LeaseBoard_held(rows.size()),
                        left == 0 ? "" : Messages.LeaseBoard_left(left))
                .filter(sentence -> !sentence.isEmpty())
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    /** The restorations since the controller started, the latest first. */
    public List<LeaseRestore> getRestores() {
        List<LeaseRestore> restores = new ArrayList<>();
        for (Restore restore : Restores.get().all()) {
            restores.add(new LeaseRestore(restore));
        }
        return restores;
    }
}
