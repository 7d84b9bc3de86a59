package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Images;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.rolling.LaunchSource.Template;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/** Follows the new instances from their launch until they are ready, and says each change once. */
final class Newcomers {
    private final Desk desk;
    private final RollingState state;
    private final TickContext at;
    private final Slots slots;

    Newcomers(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
        this.at = desk.at();
        this.slots = new Slots(at.state());
    }

    Slots slots() {
        return slots;
    }

    /** Finds out of every instance that was not there before whether it is a new one or came from the old source. */
    void classify(List<Member> members) {
        Set<String> old = state.old();
        Set<String> fresh = state.fresh();
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> present = new LinkedHashSet<>();
        for (Member member : members) {
            present.add(member.id());
            boolean known = old.contains(member.id())
                    || fresh.contains(member.id())
                    || state.kept().contains(member.id());
            if (known || !member.counted()) {
                continue;
            }
            if (launchedFromTarget(member)) {
                fresh.add(member.id());
            } else {
                unknown.add(member.id());
            }
        }
        if (!unknown.isEmpty()) {
            Images.of(at.aws(), unknown).forEach((id, image) -> (wanted(image) ? fresh : old).add(id));
        }
        old.retainAll(present);
        fresh.retainAll(present);
        state.old(old);
        state.fresh(fresh);
    }

    /** The version is a copy that we made with the image, so the group's own word is enough and spares a call. */
    private boolean launchedFromTarget(Member member) {
        LaunchTemplateSpecification from = member.instance().launchTemplate();
        return state.copied()
                && !state.back()
                && from != null
                && state.target().equals(Optional.of(new Template(from.launchTemplateId(), from.version())));
    }

    /**
     * On the way back, whatever does not run the image that was to be deployed: the former template may name its image by
     * a parameter, which no instance shows.
     */
    private boolean wanted(String image) {
        return image.equals(desk.request().ami()) != state.back();
    }

    /** Whether a balancer has to be asked in this tick. */
    boolean needHealth(List<Member> members) {
        Set<String> coming = state.fresh();
        coming.removeAll(state.ready());
        return members.stream()
                .filter(Member::inService)
                .filter(member -> coming.contains(member.id()))
                .anyMatch(member -> slots.get(member.id())
                        .map(slot -> slot.serving() == null || !at.now().isBefore(warm(slot)))
                        .orElse(true));
    }

    /** When the slot's instance will have been in service for the warm-up time. */
    Instant warm(Slot slot) {
        return slot.serving().plus(desk.request().warmup());
    }

    /**
     * Takes in what there is to see.
     *
     * @param healthKnown whether the balancers have been asked, so that serving means serving
     */
    void look(List<Member> members, boolean healthKnown) {
        Map<String, Member> byId = new HashMap<>();
        members.forEach(member -> byId.put(member.id(), member));
        Set<String> ready = state.ready();
        for (String id : state.fresh()) {
            Member member = byId.get(id);
            if (member.counted() && !ready.contains(id) && !desk.terminations().justAsked(id)) {
                follow(member, healthKnown);
            } else if (ready.contains(id) && healthKnown && member.counted() && !member.serving()) {
                fallen(member);
            }
        }
        for (Slot slot : new ArrayList<>(slots.all())) {
            Member member = byId.get(slot.id());
            if (member == null || !member.counted()) {
                lost(slot, member);
            }
        }
        Set<String> still = state.ready();
        still.retainAll(state.fresh());
        state.ready(still);
    }

    private void follow(Member member, boolean healthKnown) {
        Slot slot = slots.get(member.id()).orElse(null);
        if (slot == null) {
            slot = new Slot(member.id(), member.zone(), at.now(), null, 0);
            desk.say(line(member, "launched with " + desk.image()));
        }
        boolean serving = member.serving() && healthKnown;
        if (serving && slot.serving() == null) {
            slot = serves(slot, slots, at, desk.request().warmup());
        } else if (!member.serving() && (healthKnown || !member.inService())) {
            slot = tellObstacle(member, slot.serving() == null ? slot : slot.serving(null));
        }
        if (serving && !at.now().isBefore(warm(slot))) {
            slots.remove(member.id());
            Set<String> ready = state.ready();
            ready.add(member.id());
            state.ready(ready);
            state.lost(0);
            if (!desk.request().warmup().isZero()) {
                desk.say(line(member, "ready"));
            }
            return;
        }
        slots.put(slot);
    }

    /** Whether the balancers say something of the slot's instance that people should know. */
    static boolean news(Slot slot, String obstacle) {
        return !obstacle.isEmpty() && !booting(obstacle) && slot.told() != obstacle.hashCode();
    }

    private static boolean booting(String obstacle) {
        return obstacle.startsWith("initial ")
                || obstacle.startsWith("not registered ")
                || obstacle.contains("registration is still in progress");
    }

    /** The slot's instance has come into service. */
    static Slot serves(Slot slot, Slots slots, TickContext at, Duration warmup) {
        Duration took = Duration.between(slot.seen(), at.now());
        slots.learn(took);
        at.say(
                new RollingState(at.state()).progress(),
                line(slot.id(), slot.zone(), "in service after " + Words.of(took))
                        + (warmup.isZero() ? "" : ", warming up for " + Words.of(warmup)));
        return slot.serving(at.now()).told(0);
    }

    private Slot tellObstacle(Member member, Slot slot) {
        int mark = member.obstacle().hashCode();
        boolean booting = member.instance().lifecycleState() == LifecycleState.PENDING || booting(member.obstacle());
        if (booting || slot.told() == mark) {
            return slot;
        }
        String hook = member.instance().lifecycleState() == LifecycleState.PENDING_WAIT
                ? new Hooks(desk).waitingAtLaunch()
                : "";
        desk.say(line(member, "waits: " + member.obstacle() + hook));
        return slot.told(mark);
    }

    /** It was ready and is not any more: it has to become so again within the health timeout. */
    private void fallen(Member member) {
        desk.warn(line(member, "is no longer in service: " + member.obstacle()));
        Set<String> ready = state.ready();
        ready.remove(member.id());
        state.ready(ready);
        slots.put(new Slot(
                member.id(), member.zone(), at.now(), null, member.obstacle().hashCode()));
    }

    private void lost(Slot slot, Member member) {
        slots.remove(slot.id());
        boolean ours = desk.terminations().justAsked(slot.id());
        if (ours) {
            return;
        }
        state.lost(state.lost() + 1);
        String how = member == null ? "is gone" : "is " + member.instance().lifecycleStateAsString();
        desk.warn(slot.id() + "  " + how + " before it was ready" + new Hooks(desk).whyGone(slot.id()));
    }

    private static String line(Member member, String text) {
        return line(member.id(), member.zone(), text);
    }

    private static String line(String id, String zone, String text) {
        return id + "  " + zone + "  " + text;
    }
}
