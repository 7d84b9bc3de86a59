package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.group.Sights;
import io.jenkins.plugins.amideploy.core.rolling.Slots.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The group as a tick leaves it, for people to look at. Asks AWS for nothing. */
final class Lookout {
    private final Desk desk;
    private final Slots slots;
    private final Set<String> replaced;
    private final Set<String> fresh;
    private final Set<String> ready;
    private final Set<String> kept;
    private final Set<String> going;

    Lookout(Desk desk) {
        RollingState state = desk.state();
        this.desk = desk;
        this.slots = new Slots(desk.at().state());
        this.replaced = state.old();
        this.fresh = state.fresh();
        this.ready = state.ready();
        this.kept = state.kept();
        this.going = desk.terminations().justAsked();
    }

    Sight sight() {
        List<Seen> seen = Balancers.membersWithoutBalancers(desk.group()).stream()
                .filter(member -> !member.warmed())
                .map(this::seen)
                .toList();
        return Sight.all(desk.state().floor(), desk.group().desiredCapacity(), seen);
    }

    private Seen seen(Member member) {
        Optional<Slot> slot = slots.get(member.id());
        if (going.contains(member.id())) {
            return seen(member, State.DRAINING, null);
        }
        State shown = Sights.state(member);
        if (shown != State.BOOTING && shown != State.IN_SERVICE || slot.isEmpty()) {
            return seen(member, known(member.id(), shown), null);
        }
        return slot.get().serving() != null
                ? seen(member, State.WARMING, slot.get().serving())
                : seen(member, State.BOOTING, slot.get().seen());
    }

    private Seen seen(Member member, State state, Instant since) {
        return new Seen(member.id(), member.zone(), side(member.id()), state, since);
    }

    /** What the group shows, where it can be taken for true without asking the balancers. */
    private State known(String id, State shown) {
        if (shown != State.IN_SERVICE) {
            return shown;
        }
        if (fresh.contains(id) && !ready.contains(id)) {
            return State.BOOTING;
        }
        return desk.state().back() && side(id) == Side.NEW ? null : shown;
    }

    /** On the way back, those to be replaced are the ones with the new image. */
    private Side side(String id) {
        if (kept.contains(id)) {
            return Side.KEPT;
        }
        boolean back = desk.state().back();
        boolean first = back ? fresh.contains(id) : replaced.contains(id);
        boolean second = back ? replaced.contains(id) : fresh.contains(id);
        return second || !first && !back ? Side.NEW : Side.OLD;
    }
}
