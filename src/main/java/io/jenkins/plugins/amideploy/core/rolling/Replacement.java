package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Terminations;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.group.Alarms;
import io.jenkins.plugins.amideploy.core.group.LaunchSource;
import io.jenkins.plugins.amideploy.core.rolling.RollingState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** One tick of replacing instances, forward or back. */
final class Replacement {
    private static final Duration ALARM_PERIOD = Duration.ofSeconds(30);
    private static final String ALARMS_READ = "alarms.read";

    private final Desk desk;
    private final RollingState state;
    private final TickContext at;
    private final AutoScalingGroup group;
    private final Terminations terminations;
    private final Gates gates;
    private final Newcomers newcomers;

    /** What the balancers say, once they were asked in this tick. */
    private Optional<Report> report;

    Replacement(Desk desk, Optional<Report> report) {
        this.desk = desk;
        this.report = report;
        this.state = desk.state();
        this.at = desk.at();
        this.group = desk.group();
        this.terminations = desk.terminations();
        this.gates = new Gates(desk);
        this.newcomers = new Newcomers(desk);
    }

    Tick tick() {
        desk.leases().verify(group);
        if (desk.surge().unclear(group, !acknowledged() && shown().equals(Optional.of(state.current())))) {
            return desk.in(Duration.ofSeconds(3));
        }
        List<Member> members = Balancers.membersWithoutBalancers(group);
        noticeOthers(members);
        checkSource();
        checkAlarms();
        terminations.tidy(members);
        newcomers.classify(members);
        if (report.isEmpty() && (newcomers.needHealth(members) || wouldAct(members))) {
            report = Optional.of(Balancers.report(at.aws(), group));
        }
        boolean healthKnown = report.isPresent() || !Balancers.any(group);
        if (report.isPresent()) {
            members = Balancers.members(group, report.get());
            new Drain(at).learn(report.get());
        }
        newcomers.look(members, healthKnown);
        Situation situation = situation(members);
        state.floor(situation.floor());
        Decision decision = Decision.of(situation);
        // Launches that are about to be called off need not succeed.
        Optional<String> failure =
                decision.cut() > 0 ? Optional.empty() : new Failures(desk).find(members, situation.missing());
        if (failure.isPresent()) {
            return giveUp(failure.get());
        }
        if (!healthKnown) {
            // Without the balancers' word on this very moment nothing is taken out of service.
            decision = new Decision(decision.raise(), decision.cut(), List.of());
        }
        if (act(decision, situation)) {
            new Failures(desk).launchAsked();
            return next();
        }
        return rest(situation, members);
    }

    private Tick next() {
        Cadence cadence = new Cadence(newcomers.slots(), desk.request().warmup(), at.now());
        Instant until = Desk.earlier(
                cadence.group(new Failures(desk).nextLook()),
                terminations.notBusyAt().orElse(Instant.MAX));
        new Glance(desk.request(), at, state).until(until, group);
        int balancers =
                Balancers.targetGroups(group).size() + Balancers.classic(group).size();
        int calls = report.isPresent() ? 1 + balancers : 1;
        return cadence.next(until, new Allowance(at.state()).spend(calls, at.now()));
    }

    /** Whether there is something to be decided that needs to know who is serving. */
    private boolean wouldAct(List<Member> members) {
        Situation hopeful = situation(members);
        return !Decision.of(hopeful).terminations().isEmpty() || gates.due(hopeful) || done(hopeful);
    }

    private boolean done(Situation s) {
        return s.old().isEmpty() && s.coming() == 0;
    }

    private Tick rest(Situation situation, List<Member> members) {
        if (gates.due(situation)) {
            return gates.open(situation, members);
        }
        if (done(situation) && acknowledged()) {
            state.phase(Phase.CLOSE);
            at.save();
            return new Closing(desk).tick();
        }
        sayWhyItWaits(situation, members);
        return next();
    }

    /** Where nothing is on its way and nothing may be taken out, someone has to know why. */
    private void sayWhyItWaits(Situation situation, List<Member> members) {
        boolean stuck = situation.coming() == 0 && !situation.old().isEmpty();
        Set<String> old = state.old();
        String why = members.stream()
                .filter(member -> member.counted() && !member.serving() && !old.contains(member.id()))
                .map(member -> "\n" + member.id() + " in " + member.zone() + ": " + member.obstacle())
                .collect(Collectors.joining());
        if (!stuck || why.isEmpty() || at.state().get("told.stuck", "").equals(why.strip())) {
            return;
        }
        at.state().put("told.stuck", why.strip());
        desk.warn("Waits: " + situation.serving() + " instances serve and not fewer than " + situation.floor()
                + " may, so none can be replaced. These do not serve and are not to be replaced:" + why);
    }

    // ---- what others do meanwhile

    private Optional<LaunchSource> shown() {
        return LaunchSource.of(group);
    }

    /** Whether the group is known to have been pointed at what it shall launch from now. */
    private boolean acknowledged() {
        return at.state().get("source", "").equals(state.current().asText());
    }

    private void checkSource() {
        if (acknowledged() && at.settled() && !shown().equals(Optional.of(state.current()))) {
            String now = shown().map(Object::toString).orElse("nothing");
            if (state.back() || state.stopping()) {
                return;
            }
            throw new Stop(
                    Trouble.Kind.GROUP_CHANGED,
                    "Someone pointed the group at " + now + " while this deployment was rolling in " + state.current());
        }
        if (!acknowledged() && at.settled() && shown().equals(Optional.of(state.current()))) {
            acknowledge();
        }
    }

    private void acknowledge() {
        at.state().put("source", state.current().asText());
        if (!state.back()) {
            state.markPointed();
        }
        at.save();
    }

    private void checkAlarms() {
        Instant due = at.state().getInstant(ALARMS_READ).orElse(Instant.EPOCH).plus(ALARM_PERIOD);
        if (state.back() || desk.request().alarms().isEmpty() || at.now().isBefore(due)) {
            return;
        }
        new Alarms(at.aws(), desk.request().alarms()).ringing().ifPresent(text -> {
            throw new Stop(Trouble.Kind.ALARM, text);
        });
        at.state().put(ALARMS_READ, at.now());
    }

    private void noticeOthers(List<Member> members) {
        int change = desk.surge().changedByOthers(group, members);
        desk.leases().verifyTags(group, change < 0);
        if (change != 0) {
            desk.say("Desired capacity is now " + group.desiredCapacity() + ": someone else "
                    + (change > 0 ? "raised" : "lowered") + " it by " + Math.abs(change)
                    + " (a scaling policy, a schedule or a person). The deployment goes on with that.");
        }
    }

    private Tick giveUp(String why) {
        if (!state.back()) {
            throw new Stop(Trouble.Kind.UNHEALTHY, why);
        }
        at.say(Event.Kind.FAILURE, desk.progress(), why);
        state.stopping("Rolling back failed: " + why);
        state.phase(Phase.CLOSE);
        at.save();
        return desk.now();
    }

    // ---- where it stands

    private List<Member> counted(List<Member> members) {
        Set<String> justAsked = terminations.justAsked();
        return members.stream()
                .filter(Member::counted)
                .filter(member -> !justAsked.contains(member.id()))
                .toList();
    }

    private int missing(List<Member> members) {
        return Math.max(0, group.desiredCapacity() - counted(members).size());
    }

    private Situation situation(List<Member> members) {
        List<Member> counted = counted(members);
        Set<String> old = state.old();
        Set<String> ready = state.ready();
        Set<String> fresh = state.fresh();
        Set<String> reliable = new LinkedHashSet<>(old);
        reliable.addAll(state.kept());
        reliable.addAll(ready);
        int serving = (int) counted.stream()
                .filter(m -> m.serving() && reliable.contains(m.id()))
                .count();
        Map<String, Integer> zones = new HashMap<>();
        group.availabilityZones().forEach(zone -> zones.put(zone, 0));
        counted.forEach(m -> zones.merge(m.zone(), 1, Integer::sum));
        int missing = missing(members);
        int newcomersCount =
                (int) counted.stream().filter(m -> !reliable.contains(m.id())).count();
        int launched = (int) counted.stream()
                .filter(m -> fresh.contains(m.id()) || !reliable.contains(m.id()))
                .count();
        int outstanding = desk.surge().outstanding(group, members);
        int wanted = group.desiredCapacity() - outstanding;
        int floor = Floor.during(
                state.basis(), wanted, group.desiredCapacity(), desk.request().minHealthyPercentage());
        return new Situation(
                counted.stream().filter(m -> old.contains(m.id())).toList(),
                old.stream().filter(terminations::busy).collect(Collectors.toSet()),
                serving,
                zones,
                newcomersCount + missing,
                launched + missing,
                outstanding,
                missing,
                floor,
                gates.limits());
    }

    // ---- acting

    /** Does what was decided; says whether that was anything. */
    private boolean act(Decision decision, Situation situation) {
        if (decision.raise() > 0) {
            raise(decision.raise());
            return true;
        }
        if (!acknowledged()) {
            at.wrote();
            at.save();
            at.aws()
                    .autoScaling()
                    .updateAutoScalingGroup(r -> state.current()
                            .applyTo(r.autoScalingGroupName(desk.request().group()), group));
            desk.say("Group points at " + state.current());
            acknowledge();
            return true;
        }
        if (decision.cut() > 0) {
            if (desk.surge().cut(group, decision.cut())) {
                desk.say("Desired capacity " + group.desiredCapacity() + " → "
                        + (group.desiredCapacity() - decision.cut()) + ": what had not been launched is taken back");
            }
            return true;
        }
        desk.surge().launchAgain();
        closeFirst(decision, situation);
        for (Decision.Termination termination : decision.terminations()) {
            terminate(termination);
        }
        return !decision.terminations().isEmpty();
    }

    private void raise(int by) {
        boolean point = !acknowledged();
        UnaryOperator<UpdateAutoScalingGroupRequest.Builder> also =
                point ? r -> state.current().applyTo(r, group) : r -> r;
        desk.surge().change(group, by, also);
        if (point) {
            acknowledge();
            desk.say("Group points at " + state.current());
        }
        int target = group.desiredCapacity() + by;
        desk.say("Desired capacity " + group.desiredCapacity() + " → " + target
                + (target > group.maxSize() ? ", maximum " + group.maxSize() + " → " + target : "")
                + " for the time of the deployment");
    }

    /** Whoever takes capacity along is named on the group before. */
    private void closeFirst(Decision decision, Situation situation) {
        if (decision.terminations().stream().noneMatch(Decision.Termination::closing)) {
            return;
        }
        // All that are left will go this way: named together, they cost one call instead of many. Those that leave
        // their capacity behind must not be among them, or it would be counted as gone with them.
        Set<String> closing = new LinkedHashSet<>();
        situation.old().forEach(member -> closing.add(member.id()));
        decision.terminations().stream()
                .filter(t -> !t.closing())
                .forEach(t -> closing.remove(t.member().id()));
        desk.surge().close(closing);
    }

    private boolean terminate(Decision.Termination termination) {
        Member member = termination.member();
        boolean goes = termination.closing()
                ? desk.surge().terminateClosing(member.id())
                : terminations.terminate(member.id(), false);
        if (goes) {
            new Drain(at).begins(member);
            desk.say(member.id() + "  " + member.zone() + "  terminating"
                    + (member.serving() ? "" : " (" + member.obstacle() + ")"));
        }
        return goes;
    }
}
