package io.jenkins.plugins.amideploy.page;

import hudson.Functions;
import hudson.Util;
import io.jenkins.plugins.amideploy.config.BuildReference;
import io.jenkins.plugins.amideploy.core.deployment.LeasedGroup;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Pair;
import io.jenkins.plugins.amideploy.core.deployment.WayBack;
import io.jenkins.plugins.amideploy.driver.Deployments;
import io.jenkins.plugins.amideploy.driver.Holder;
import io.jenkins.plugins.amideploy.driver.LeasePlace;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A group that is held, as the page shows it. */
@Restricted(NoExternalUse.class)
public final class LeaseRow {
    /** Whether anything has to be done about it, most urgent first. */
    enum State {
        /** Its deployment is over, and it was not given back. */
        LEFT,
        /** It is being given back. */
        RESTORING,
        DEPLOYING,
        /** Another controller holds it, of which nothing is known here. */
        ELSEWHERE
    }

    private final State state;
    private final String region;
    private final String group;
    private final String deployment;
    private final BuildReference build;
    private final Optional<LeasedGroup> shown;
    private final Optional<LeasePlace> place;
    private final String doing;

    /** As AWS shows it. */
    LeaseRow(LeasePlace place, LeasedGroup shown, Optional<Holder> holder) {
        Owner owner = shown.lease().owner();
        this.state = state(owner, holder);
        this.region = place.region();
        this.group = shown.name();
        this.deployment = owner.deployment();
        this.build = holder.map(Holder::build).orElseGet(() -> BuildReference.of(owner.build()));
        this.shown = Optional.of(shown);
        this.place = Optional.of(place);
        this.doing = state == State.ELSEWHERE
                ? Messages.LeaseRow_controller(owner.controller())
                : holder.map(Holder::status).orElse("");
    }

    /** As its deployment knows it, where AWS shows it not yet, or not to us. */
    LeaseRow(Holder holder) {
        this.state = holder.restores() ? State.RESTORING : State.DEPLOYING;
        this.region = holder.region();
        this.group = holder.group();
        this.deployment = holder.deployment();
        this.build = holder.build();
        this.shown = Optional.empty();
        this.place = Optional.empty();
        this.doing = holder.status();
    }

    private static State state(Owner owner, Optional<Holder> holder) {
        if (holder.isPresent()) {
            return holder.get().restores() ? State.RESTORING : State.DEPLOYING;
        }
        return Deployments.ours(owner) ? State.LEFT : State.ELSEWHERE;
    }

    State state() {
        return state;
    }

    Optional<LeasePlace> place() {
        return place;
    }

    BuildReference build() {
        return build;
    }

    boolean is(String otherRegion, String otherGroup, String otherDeployment) {
        return region.equals(otherRegion) && group.equals(otherGroup) && deployment.equals(otherDeployment);
    }

    public String getRegion() {
        return region;
    }

    public String getGroup() {
        return group;
    }

    /** For a query. */
    public String getQuery() {
        return "region=" + Util.rawEncode(region) + "&group=" + Util.rawEncode(group) + "&deployment="
                + Util.rawEncode(deployment);
    }

    public String getDeployment() {
        return deployment;
    }

    public boolean isLeft() {
        return state == State.LEFT;
    }

    public String getStateText() {
        return switch (state) {
            case LEFT -> Messages.LeaseRow_left();
            case RESTORING -> Messages.LeaseRow_restoring();
            case DEPLOYING -> Messages.LeaseRow_deploying();
            case ELSEWHERE -> Messages.LeaseRow_elsewhere();
        };
    }

    /** What its deployment does at the moment, or who else holds it. */
    public String getDoing() {
        return doing;
    }

    public String getBuildText() {
        return build.toString();
    }

    /** Relative to the root of Jenkins; null where the build is gone, or another controller's. */
    public String getBuildUrl() {
        return state == State.ELSEWHERE
                ? null
                : build.run().map(run -> run.getUrl()).orElse(null);
    }

    /** When the build began; null where it is gone. */
    public String getSince() {
        return state == State.ELSEWHERE
                ? null
                : build.run().map(run -> text(run.getTimestamp().toInstant())).orElse(null);
    }

    static String text(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(Functions.getCurrentLocale())
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    /** Minimum, desired capacity and maximum as they are; null where AWS was not read. */
    public String getSizes() {
        return shown.map(now -> sizes(now.min(), now.desired(), now.max())).orElse(null);
    }

    /** As they were before the deployment, and are to be again. */
    public String getSizesBefore() {
        return shown.map(now -> now.lease().wayBack()).map(LeaseRow::before).orElse(null);
    }

    private static String before(WayBack was) {
        return sizes(was.min(), was.desired(), was.max());
    }

    private static String sizes(int min, int desired, int max) {
        return min + " / " + desired + " / " + max;
    }

    /** What restoring does not do where there are two groups; null where there is one. */
    public String getPairText() {
        return shown.flatMap(LeasedGroup::pair).map(this::pair).orElse(null);
    }

    private String pair(Pair pair) {
        if (pair.cut()) {
            return pair.old().equals(group)
                    ? Messages.LeaseRow_retired(pair.old(), pair.fresh())
                    : Messages.LeaseRow_serves(pair.old(), pair.fresh());
        }
        return Messages.LeaseRow_both(pair.old(), pair.fresh());
    }
}
