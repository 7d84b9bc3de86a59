package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a rolling deployment remembers, by name, over the strings that are saved. */
final class RollingState {
    /** Where it stands. */
    enum Phase {
        /** Looking whether it can be done; nothing has been changed. */
        PREFLIGHT,
        /** Restoring the group after another deployment that died, whose lease was taken over. */
        CLEAR_UP,
        /** Taking the lease. */
        LEASE,
        /** Making the new version, suspending AZRebalance, pointing the group at it. */
        PREPARE,
        /** Replacing instances, forward or back. */
        REPLACE,
        /** Sizes, processes and lease are given back. */
        CLOSE,
        /** The group is as it should be; the last instances drain. */
        DRAIN
    }

    private final SavedState saved;

    RollingState(SavedState saved) {
        this.saved = saved;
    }

    Phase phase() {
        return saved.getEnum(SavedState.PHASE, Phase.PREFLIGHT);
    }

    void phase(Phase phase) {
        saved.put(SavedState.PHASE, phase);
    }

    /** Whether the former image is being rolled back in. */
    boolean back() {
        return saved.has("back");
    }

    /** Whether the group is left as the mix that it is. */
    boolean stopping() {
        return saved.has("stopping");
    }

    void stopping(String why) {
        saved.put("stopping", why);
    }

    /** Why it was left as a mix where rolling back was tried first. */
    String whyStopping() {
        return saved.get("stopping", "");
    }

    /** What the group launched from before, as the group named it. */
    LaunchSource origin() {
        return LaunchSource.parse(saved.get("origin").orElseThrow());
    }

    /** The same by a fixed version. */
    LaunchSource originFixed() {
        return LaunchSource.parse(saved.get("origin.fixed").orElseThrow());
    }

    void origin(LaunchSource named, LaunchSource fixed, String image) {
        saved.put("origin", named.asText());
        saved.put("origin.fixed", fixed.asText());
        saved.put("origin.image", image);
    }

    String originImage() {
        return saved.get("origin.image", "");
    }

    /** What the group shall launch from; empty before it was made. */
    Optional<LaunchSource> target() {
        return saved.get("target").map(LaunchSource::parse);
    }

    void target(LaunchSource target) {
        saved.put("target", target.asText());
    }

    /** The group is looked at anew: what it launched from at the look before may be gone. */
    void forgetTarget() {
        saved.remove("target");
    }

    /** Whether a copy was, or was about to be, made for the target. */
    boolean copied() {
        return saved.has("copied");
    }

    void copied(boolean copied) {
        if (copied) {
            saved.put("copied", "yes");
        } else {
            saved.remove("copied");
        }
    }

    /** The deployment that died and whose lease was taken over; empty where there is none, or nothing left of it. */
    Optional<String> dead() {
        return saved.get("dead");
    }

    void dead(String deployment) {
        saved.put("dead", deployment);
    }

    void buried() {
        saved.remove("dead");
    }

    /** What the group launches from now, if nobody else has changed it. */
    LaunchSource current() {
        return back() ? originFixed() : target().orElseGet(this::origin);
    }

    /** Whether the call that points the group at the target has been answered. */
    boolean pointed() {
        return saved.has("pointed");
    }

    void markPointed() {
        saved.put("pointed", "yes");
    }

    /** The instances to be replaced. */
    Set<String> old() {
        return saved.getSet("old");
    }

    void old(Set<String> ids) {
        saved.put("old", ids);
    }

    /** The instances launched to replace them. */
    Set<String> fresh() {
        return saved.getSet("fresh");
    }

    void fresh(Set<String> ids) {
        saved.put("fresh", ids);
    }

    /** Those of {@link #fresh} that were in service for the warm-up time. */
    Set<String> ready() {
        return saved.getSet("ready");
    }

    void ready(Set<String> ids) {
        saved.put("ready", ids);
    }

    /** The instances that stay as they are: they match already, or the user wants them skipped. */
    Set<String> kept() {
        return saved.getSet("kept");
    }

    void kept(Set<String> ids) {
        saved.put("kept", ids);
    }

    /** Instances in Standby that are to be replaced, at the end. */
    Set<String> standby() {
        return saved.getSet("standby");
    }

    void standby(Set<String> ids) {
        saved.put("standby", ids);
    }

    /** Turns the deployment around: what is new is now to be replaced by what is old. */
    void turn() {
        Set<String> old = old();
        Set<String> fresh = fresh();
        saved.put("back", "yes");
        old(fresh);
        fresh(old);
        ready(old);
        total(fresh.size());
        saved.put("lost", 0);
    }

    /** How far it is, for people: {@code 7/20}. */
    String progress() {
        int done = back() ? total() - old().size() : replaced();
        return Math.max(0, Math.min(done, total())) + "/" + total();
    }

    /** How many instances are to be replaced. */
    int total() {
        return saved.getInt("total", 0);
    }

    void total(int total) {
        saved.put("total", total);
    }

    /** How many at the same time. */
    int batch() {
        return saved.getInt("batch", 1);
    }

    void batch(int batch) {
        saved.put("batch", batch);
    }

    /** The floor as it was found last, for people to look at. */
    int floor() {
        return saved.getInt("floor", 0);
    }

    void floor(int floor) {
        saved.put("floor", floor);
    }

    /** The desired capacity at the start. */
    int basis() {
        return saved.getInt("basis", 0);
    }

    void basis(int desired) {
        saved.put("basis", desired);
    }

    /** How many new instances were lost before they were ready since the last one that made it. */
    int lost() {
        return saved.getInt("lost", 0);
    }

    void lost(int lost) {
        saved.put("lost", lost);
    }

    int replaced() {
        Set<String> ready = new LinkedHashSet<>(fresh());
        ready.retainAll(ready());
        return ready.size();
    }

    /** What the group launches from and how the former image comes back, for people. */
    String wayBack() {
        if (!saved.has("origin")) {
            return "";
        }
        String launches = pointed() && !back() ? "It launches from " + target().orElseThrow() + ". " : "";
        return launches + "Before, it launched from " + origin() + " with " + originImage()
                + "; deploying that image again brings it back.";
    }
}
