package io.jenkins.plugins.amideploy.page;

import hudson.model.Run;
import io.jenkins.plugins.amideploy.core.history.History;
import io.jenkins.plugins.amideploy.driver.DeploymentHistory;
import io.jenkins.plugins.amideploy.driver.DeploymentList.Entry;
import io.jenkins.plugins.amideploy.driver.Deployments;
import io.jenkins.plugins.amideploy.page.Outlook.Standing;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One deployment as the page shows it at this moment. */
public final class DeploymentView {
    private static final int EVENTS_AT_ONCE = 30;

    private final Entry entry;
    private final History history;
    private final Optional<History> plan;
    private final Optional<Instant> now;
    private final Outlook outlook;
    private final Texts texts;
    private final Drawing drawing;

    private DeploymentView(Entry entry, History history, Optional<History> plan, Optional<Instant> now) {
        this.entry = entry;
        this.history = history;
        this.plan = plan;
        this.now = now;
        this.outlook = new Outlook(history, plan, entry.plan(), now);
        this.texts = new Texts(history);
        this.drawing = entry.plan() && plan.isPresent()
                ? Drawing.of(entry.id(), plan.get())
                : Drawing.of(entry.id(), history, plan, until());
    }

    static DeploymentView of(Run<?, ?> run, Entry entry) throws IOException {
        Optional<Instant> now = Deployments.get().now(entry.id()); // first, or an end in between would be no end
        History history = DeploymentHistory.of(run, entry.id());
        Optional<History> plan = DeploymentHistory.planOf(run, entry.id());
        return new DeploymentView(entry, history, plan.filter(p -> fits(p, history)), now);
    }

    /** A plan that began with a group of another size was made of what this deployment had changed already. */
    private static boolean fits(History plan, History history) {
        return plan.capacities().isEmpty()
                || history.capacities().isEmpty()
                || plan.capacities().get(0).desired()
                        == history.capacities().get(0).desired();
    }

    /** Where what has happened ends. */
    private Instant until() {
        return history.end().map(History.End::at).or(() -> now).orElse(history.last());
    }

    public String getId() {
        return entry.id();
    }

    public String getTitle() {
        return Messages.DeploymentView_title(entry.procedure(), entry.target());
    }

    /** Whether there is more to come. */
    public boolean isLive() {
        return now.isPresent() && history.end().isEmpty();
    }

    public boolean isBegun() {
        return !history.isEmpty();
    }

    public boolean isFull() {
        return history.full();
    }

    public String getHeadline() {
        return outlook.headline();
    }

    public String getTime() {
        return outlook.time();
    }

    /** Whether it is of interest how far it is. */
    public boolean isCounted() {
        return getTotal() > 0 && outlook.standing() != Standing.FAILED && outlook.standing() != Standing.LOST;
    }

    public int getDone() {
        return outlook.progress()[0];
    }

    public int getTotal() {
        return outlook.progress()[1];
    }

    /** For its colour. */
    public String getStanding() {
        return outlook.standing().name().toLowerCase(Locale.ROOT);
    }

    public String getIcon() {
        return icon(outlook.standing());
    }

    private static String icon(Standing standing) {
        return switch (standing) {
            case RUNNING -> "symbol-play";
            case WAITING -> "symbol-hourglass";
            case UNWINDING -> "symbol-undo";
            case DONE -> "symbol-check";
            case FAILED -> "symbol-close-circle";
            case LOST -> "symbol-help-circle";
        };
    }

    /** As HTML; empty where nothing went wrong. */
    public String getTrouble() {
        return texts.html(outlook.trouble());
    }

    public List<Fact> getFacts() {
        return Fact.of(entry, history, texts);
    }

    /** As SVG. */
    public String getDrawing() {
        return drawing.toString();
    }

    public int getLeftOut() {
        return drawing.left();
    }

    public boolean isPlanned() {
        return plan.isPresent();
    }

    /** Whether groups were looked at as a whole, or are in a plan. */
    public boolean isGroups() {
        return !history.capacities().isEmpty() || plan.isPresent();
    }

    public boolean isInstances() {
        return !history.lives().isEmpty();
    }

    public List<PhaseRow> getPhases() {
        return PhaseTable.rows(history, plan, until());
    }

    public List<ZoneRow> getZones() {
        return ZoneRow.rows(history);
    }

    public List<InstanceRow> getInstanceRows() {
        return InstanceRow.rows(history, texts);
    }

    public List<EventRow> getLatest() {
        List<EventRow> rows = EventRow.rows(history, texts);
        return rows.subList(0, Math.min(EVENTS_AT_ONCE, rows.size()));
    }

    public List<EventRow> getEarlier() {
        List<EventRow> rows = EventRow.rows(history, texts);
        return rows.subList(Math.min(EVENTS_AT_ONCE, rows.size()), rows.size());
    }
}
