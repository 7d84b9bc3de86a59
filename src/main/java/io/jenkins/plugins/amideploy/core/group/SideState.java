package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What is kept between ticks, by name, of a group that is put beside another to take its place. */
public class SideState {
    private final SavedState saved;

    public SideState(SavedState saved) {
        this.saved = saved;
    }

    public final String old() {
        return saved.get("old", "");
    }

    public final String fresh() {
        return saved.get("fresh", "");
    }

    public final void groups(String old, String fresh) {
        saved.put("old", old);
        saved.put("fresh", fresh);
    }

    /** Whether this deployment, or the dead one that it cleans up after, makes the fresh group. */
    public final boolean making() {
        return saved.has("making");
    }

    public final void making(boolean making) {
        put("making", making);
    }

    /** Whether the fresh group is known to have been created. */
    public final boolean created() {
        return saved.has("created");
    }

    public final void created(boolean created) {
        put("created", created);
    }

    /** Whether the fresh group was asked to launch. */
    public final boolean started() {
        return saved.has("sized");
    }

    public final void markStarted() {
        put("sized", true);
    }

    /** Whose copies and groups these are; another than this deployment's while it cleans up. */
    public final String maker(String otherwise) {
        return saved.get("maker", otherwise);
    }

    /** From now on this deployment does what is left of a dead one. */
    public final void cleanUpAfter(String deployment) {
        saved.put("maker", deployment);
        saved.put("dead", "yes");
    }

    public final boolean cleansUp() {
        return saved.has("dead");
    }

    public final void sizes(int min, int desired, int max) {
        saved.put("min", min);
        saved.put("desired", desired);
        saved.put("max", max);
    }

    public final int min() {
        return saved.getInt("min", 0);
    }

    public final int desired() {
        return saved.getInt("desired", 0);
    }

    public final int max() {
        return saved.getInt("max", 0);
    }

    /** The old group's desired capacity when this began. */
    public final int basis() {
        return saved.getInt("basis", 0);
    }

    public final void basis(int desired) {
        saved.put("basis", desired);
    }

    /** By how much the fresh group, where it was there before, is larger than others made it. */
    public final int raised() {
        return saved.getInt("raised", 0);
    }

    public final void raised(int by) {
        saved.put("raised", by);
    }

    public final LaunchSource named() {
        return LaunchSource.parse(saved.get("named").orElseThrow());
    }

    public final Optional<LaunchSource> fixed() {
        return saved.get("fixed").map(LaunchSource::parse);
    }

    public final void source(LaunchSource named, LaunchSource fixed) {
        saved.put("named", named.asText());
        saved.put("fixed", fixed.asText());
    }

    public final Optional<LaunchSource> target() {
        return saved.get("target").map(LaunchSource::parse);
    }

    public final void target(LaunchSource target) {
        saved.put("target", target.asText());
    }

    /** Whether a copy of the launch source may have been made. */
    public final boolean copied() {
        return saved.has("copied");
    }

    public final void markCopied() {
        put("copied", true);
    }

    /** The processes of the fresh group that we hold. */
    public final Set<String> held() {
        return saved.getSet("held");
    }

    public final void held(Set<String> processes) {
        saved.put("held", processes);
    }

    public final boolean oldHeld() {
        return saved.has("held.old");
    }

    public final void oldHeld(boolean held) {
        put("held.old", held);
    }

    /** The shortest time in which the old group's instances came into service; zero where that is not known. */
    public final Duration quickest() {
        return Duration.ofSeconds(saved.getInt("quickest", 0));
    }

    public final void quickest(Duration quickest) {
        saved.put("quickest", quickest.toSeconds());
    }

    /** How the old group's instances will go. */
    public final void going(Duration drains, boolean terminationHooks) {
        saved.put("drains", drains.toSeconds());
        put("hooks", terminationHooks);
    }

    public final Duration drains() {
        return Duration.ofSeconds(saved.getInt("drains", 0));
    }

    public final boolean terminationHooks() {
        return saved.has("hooks");
    }

    public final boolean stopping() {
        return saved.has("stopping");
    }

    public final String whyStopping() {
        return saved.get("stopping", "");
    }

    public final void stopping(String why) {
        saved.put("stopping", why);
    }

    public final String image() {
        return saved.get("image", "");
    }

    public final void image(String ami) {
        saved.put("image", ami);
    }

    /** Forgets the groups, after cleaning up. */
    public final void forgetSides() {
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
    }

    private void put(String key, boolean so) {
        if (so) {
            saved.put(key, "yes");
        } else {
            saved.remove(key);
        }
    }
}
