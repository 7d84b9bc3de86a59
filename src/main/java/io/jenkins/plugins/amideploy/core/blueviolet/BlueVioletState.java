package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.group.GroupRemoval;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What this procedure keeps between ticks, by name. */
final class BlueVioletState {
    /** In the order in which a deployment goes through them; the last three are ways to the end. */
    enum Phase {
        PREFLIGHT,
        /** A rolling deployment that died is restored first. */
        CLEAR_UP,
        LEASE,
        /** A standby whose name is needed goes. */
        MAKE_ROOM,
        MAKE,
        COME_UP,
        CUT,
        /** Both stay: they get their processes back. */
        PART,
        UNDO
    }

    private final SavedState saved;

    BlueVioletState(SavedState saved) {
        this.saved = saved;
    }

    Phase phase() {
        return saved.getEnum(SavedState.PHASE, Phase.PREFLIGHT);
    }

    void phase(Phase phase) {
        saved.put(SavedState.PHASE, phase);
    }

    String old() {
        return saved.get("old", "");
    }

    String fresh() {
        return saved.get("fresh", "");
    }

    void groups(String old, String fresh) {
        saved.put("old", old);
        saved.put("fresh", fresh);
    }

    /** Whether this deployment, or the dead one that it cleans up after, makes the fresh group. */
    boolean making() {
        return saved.has("making");
    }

    void making(boolean making) {
        put("making", making);
    }

    /** Whether the fresh group is known to have been created. */
    boolean created() {
        return saved.has("created");
    }

    void created(boolean created) {
        put("created", created);
    }

    /** Whether the fresh group was asked to launch. */
    boolean started() {
        return saved.has("sized");
    }

    void markStarted() {
        put("sized", true);
    }

    /** Whose copies and groups these are; another than this deployment's while it cleans up. */
    String maker(String otherwise) {
        return saved.get("maker", otherwise);
    }

    /** From now on this deployment does what is left of a dead one. */
    void cleanUpAfter(String deployment) {
        saved.put("maker", deployment);
        saved.put("dead", "yes");
    }

    boolean cleansUp() {
        return saved.has("dead");
    }

    void sizes(int min, int desired, int max) {
        saved.put("min", min);
        saved.put("desired", desired);
        saved.put("max", max);
    }

    int min() {
        return saved.getInt("min", 0);
    }

    int desired() {
        return saved.getInt("desired", 0);
    }

    int max() {
        return saved.getInt("max", 0);
    }

    /** The old group's desired capacity when this began. */
    int basis() {
        return saved.getInt("basis", 0);
    }

    void basis(int desired) {
        saved.put("basis", desired);
    }

    /** By how much the fresh group, where it was there before, is larger than others made it. */
    int raised() {
        return saved.getInt("raised", 0);
    }

    void raised(int by) {
        saved.put("raised", by);
    }

    LaunchSource named() {
        return LaunchSource.parse(saved.get("named").orElseThrow());
    }

    Optional<LaunchSource> fixed() {
        return saved.get("fixed").map(LaunchSource::parse);
    }

    void source(LaunchSource named, LaunchSource fixed) {
        saved.put("named", named.asText());
        saved.put("fixed", fixed.asText());
    }

    Optional<LaunchSource> target() {
        return saved.get("target").map(LaunchSource::parse);
    }

    void target(LaunchSource target) {
        saved.put("target", target.asText());
    }

    /** Whether a copy of the launch source may have been made. */
    boolean copied() {
        return saved.has("copied");
    }

    void markCopied() {
        put("copied", true);
    }

    /** The processes of the fresh group that we hold. */
    Set<String> held() {
        return saved.getSet("held");
    }

    void held(Set<String> processes) {
        saved.put("held", processes);
    }

    boolean oldHeld() {
        return saved.has("held.old");
    }

    void oldHeld(boolean held) {
        put("held.old", held);
    }

    /** The shortest time in which the old group's instances came into service; zero where that is not known. */
    Duration quickest() {
        return Duration.ofSeconds(saved.getInt("quickest", 0));
    }

    void quickest(Duration quickest) {
        saved.put("quickest", quickest.toSeconds());
    }

    /** How the old group's instances will go. */
    void going(Duration drains, boolean terminationHooks) {
        saved.put("drains", drains.toSeconds());
        put("hooks", terminationHooks);
    }

    Duration drains() {
        return Duration.ofSeconds(saved.getInt("drains", 0));
    }

    boolean terminationHooks() {
        return saved.has("hooks");
    }

    boolean stopping() {
        return saved.has("stopping");
    }

    String whyStopping() {
        return saved.get("stopping", "");
    }

    void stopping(String why) {
        saved.put("stopping", why);
    }

    String image() {
        return saved.get("image", "");
    }

    void image(String ami) {
        saved.put("image", ami);
    }

    /** Back to the beginning, after cleaning up. */
    void beginAnew() {
        saved.remove(
                "old",
                "fresh",
                "making",
                "created",
                "sized",
                "maker",
                "dead",
                "named",
                "fixed",
                "target",
                "copied",
                "held",
                "held.old",
                "released",
                "stopping",
                "tagged");
        GroupRemoval.forget(saved);
        phase(Phase.PREFLIGHT);
    }

    private void put(String key, boolean so) {
        if (so) {
            saved.put(key, "yes");
        } else {
            saved.remove(key);
        }
    }
}
