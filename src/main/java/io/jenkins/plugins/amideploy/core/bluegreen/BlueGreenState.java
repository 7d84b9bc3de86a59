package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.group.SideState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What this procedure keeps between ticks, by name. */
final class BlueGreenState extends SideState {
    /** In the order in which a deployment goes through them; the last two are ways to the end. */
    enum Phase {
        PREFLIGHT,
        /** A rolling deployment that died is restored first. */
        CLEAR_UP,
        LEASE,
        /** A standby whose name is needed goes. */
        MAKE_ROOM,
        /** The balancer is copied; in mode listener only its target groups. */
        MAKE_BALANCER,
        MAKE,
        /** The new group comes up, the balancer is warmed, and the block has its first word. */
        COME_UP,
        /** Traffic moves, step by step. */
        SHIFT,
        /** All traffic is moved; the old side becomes quiet. */
        DRAIN,
        /** From here on it only goes forward: the record gets back the form that it had. */
        SETTLE,
        RETIRE,
        /** Both sides stay. */
        PART,
        UNDO
    }

    private static final String STEPS = "steps";
    private static final String INTERVAL = "interval";
    private static final String PERCENT = "percent";
    private static final String SETTLED = "percent.settled";
    private static final String SPLIT = "split";
    private static final String UNITS = "units";
    private static final String BRIDGES = "bridges";
    private static final String KEEPS = "keeps";
    private static final String BLUE = "end.blue";
    private static final String GREEN = "end.green";
    private static final String CUTOVER = "cutover.";

    private final SavedState saved;

    BlueGreenState(SavedState saved) {
        super(saved);
        this.saved = saved;
    }

    Phase phase() {
        return saved.getEnum("phase", Phase.PREFLIGHT);
    }

    void phase(Phase phase) {
        saved.put("phase", phase);
    }

    void pace(List<Integer> steps, Duration interval) {
        saved.put(STEPS, steps.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        saved.put(INTERVAL, interval.toSeconds());
    }

    /** Percentages of traffic on the new side, ascending. */
    List<Integer> steps() {
        return Arrays.stream(saved.get(STEPS, "100").split(" "))
                .map(Integer::valueOf)
                .toList();
    }

    Duration interval() {
        return Duration.ofSeconds(saved.getInt(INTERVAL, 0));
    }

    /** The percentage that was asked for last; -1 before the first. */
    int percent() {
        return saved.getInt(PERCENT, -1);
    }

    void percent(int percent) {
        saved.put(PERCENT, percent);
        saved.remove(SETTLED);
    }

    /** Since when whoever resolves the name afresh sees that percentage; empty before. */
    Optional<Instant> settledSince() {
        return saved.getInstant(SETTLED);
    }

    void settledSince(Instant when) {
        saved.put(SETTLED, when);
    }

    /** Whether records or actions may have been changed for this. */
    boolean split() {
        return saved.has(SPLIT);
    }

    void markSplit() {
        saved.put(SPLIT, "yes");
    }

    /** How traffic is moved; empty before that is known. */
    Optional<Cutover> cutover() {
        return Cutover.in(saved, CUTOVER);
    }

    void cutover(Cutover cutover) {
        cutover.keepIn(saved, CUTOVER);
    }

    /** The old side's balancer. */
    End blue() {
        return End.of(saved, BLUE);
    }

    void blue(End end) {
        end.keepIn(saved, BLUE);
    }

    /** The new side's balancer; empty before it is there. In mode listener it is the same one with other target groups. */
    Optional<End> green() {
        return End.find(saved, GREEN);
    }

    void green(End end) {
        end.keepIn(saved, GREEN);
    }

    /** How much capacity the new balancer is to reserve; 0 for none. */
    int units() {
        return saved.getInt(UNITS, 0);
    }

    void units(int units) {
        saved.put(UNITS, units);
    }

    /** Whether the new group is to serve behind the old balancer, too. */
    boolean bridges() {
        return saved.has(BRIDGES);
    }

    void bridges(boolean bridges) {
        if (bridges) {
            saved.put(BRIDGES, "yes");
        } else {
            saved.remove(BRIDGES);
        }
    }

    /** Whether the old side stays at the end. */
    boolean keeps() {
        return saved.has(KEEPS);
    }

    void keeps(boolean keeps) {
        if (keeps) {
            saved.put(KEEPS, "yes");
        } else {
            saved.remove(KEEPS);
        }
    }

    /** Back to the beginning, after cleaning up. */
    void beginAnew() {
        saved.forgetProcedure();
    }
}
