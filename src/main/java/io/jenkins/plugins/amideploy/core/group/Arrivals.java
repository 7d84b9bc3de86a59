package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Follows all instances of a group that is coming up until every one of them serves, and says each change once.
 *
 * <p>Capacity is counted as the group counts it: an instance of a mixed instances policy may weigh more than one.
 */
public final class Arrivals {
    private static final String KNOWN = "arrivals";
    private static final String ALL_SINCE = "arrivals.all";
    private static final String LOST = "arrivals.lost";

    private final TickContext at;
    private final AutoScalingGroup group;
    private final SavedState saved;
    private final Map<String, Arrival> known = new LinkedHashMap<>();

    /** One instance: since when it is awaited, a mark of what was told of it last, and whether it serves. */
    private record Arrival(Instant since, int told, boolean serving) {}

    public Arrivals(TickContext at, AutoScalingGroup group) {
        this.at = at;
        this.group = group;
        this.saved = at.state();
        for (String entry : saved.getSet(KNOWN)) {
            String[] p = entry.split("@");
            known.put(
                    p[0],
                    new Arrival(Instant.ofEpochMilli(Long.parseLong(p[1])), Integer.parseInt(p[2]), p[3].equals("y")));
        }
    }

    /** Whether the group alone shows all its capacity in service, so that the balancers are worth asking. */
    public boolean inService(List<Member> members) {
        return missing(members) == 0 && members.stream().filter(Member::counted).allMatch(Member::inService);
    }

    /** How much capacity of the group has not been launched. */
    public int missing(List<Member> members) {
        int there = members.stream()
                .filter(Member::counted)
                .mapToInt(Arrivals::weight)
                .sum();
        return Math.max(0, group.desiredCapacity() - there);
    }

    /** The capacity that serves. */
    public static int serving(List<Member> members) {
        return members.stream()
                .filter(Member::counted)
                .filter(Member::serving)
                .mapToInt(Arrivals::weight)
                .sum();
    }

    private static int weight(Member member) {
        String weight = member.instance().weightedCapacity();
        return weight == null || weight.isBlank() ? 1 : Integer.parseInt(weight);
    }

    /**
     * Takes in what there is to see.
     *
     * @param healthKnown whether the balancers have been asked, so that serving means serving
     */
    public void look(List<Member> members, boolean healthKnown) {
        Set<String> present = new LinkedHashSet<>();
        for (Member member : members) {
            if (member.counted()) {
                present.add(member.id());
                follow(member, healthKnown);
            }
        }
        Set<String> gone = new LinkedHashSet<>(known.keySet());
        gone.removeAll(present);
        gone.forEach(id -> lost(id, members));
        boolean all = healthKnown
                && inService(members)
                && serving(members) >= group.desiredCapacity()
                && members.stream().filter(Member::counted).allMatch(Member::serving);
        if (all && !saved.has(ALL_SINCE)) {
            saved.put(ALL_SINCE, at.now());
            saved.remove(LOST);
        } else if (healthKnown && !all || !inService(members)) {
            saved.remove(ALL_SINCE);
        }
        Set<String> entries = new LinkedHashSet<>();
        known.forEach((id, a) ->
                entries.add(id + "@" + a.since().toEpochMilli() + "@" + a.told() + "@" + (a.serving() ? "y" : "n")));
        saved.put(KNOWN, entries);
    }

    /** Since when all of the group's capacity has been serving without a break; empty while it does not. */
    public Optional<Instant> allServingSince() {
        return saved.getInstant(ALL_SINCE);
    }

    /** Whether that instance served when the balancers were asked last. */
    public boolean serves(String id) {
        return known.containsKey(id) && known.get(id).serving();
    }

    /** Whether an instance of the group has ever served. */
    public boolean anyServed() {
        return known.values().stream().anyMatch(Arrival::serving);
    }

    /** {@code 3/12}. */
    public String progress() {
        return known.values().stream().filter(Arrival::serving).count() + "/" + group.desiredCapacity();
    }

    private void follow(Member member, boolean healthKnown) {
        Arrival arrival = known.get(member.id());
        if (arrival == null) {
            arrival = new Arrival(at.now(), 0, false);
            known.put(member.id(), arrival);
            say(Event.Kind.INFO, member, "launched");
        }
        if (member.serving() && healthKnown && !arrival.serving()) {
            known.put(member.id(), new Arrival(arrival.since(), 0, true));
            say(Event.Kind.INFO, member, "in service after " + Words.of(Duration.between(arrival.since(), at.now())));
        } else if (!member.serving() && (healthKnown || !member.inService())) {
            notServing(member, arrival);
        }
    }

    private void notServing(Member member, Arrival arrival) {
        int mark = member.obstacle().hashCode();
        if (arrival.serving()) {
            known.put(member.id(), new Arrival(at.now(), mark, false));
            say(Event.Kind.WARNING, member, "is no longer in service: " + member.obstacle());
        } else if (!booting(member) && arrival.told() != mark) {
            known.put(member.id(), new Arrival(arrival.since(), mark, false));
            String hook = member.instance().lifecycleState() == LifecycleState.PENDING_WAIT
                    ? new Hooks(at.aws(), group.autoScalingGroupName()).waitingAtLaunch()
                    : "";
            say(Event.Kind.INFO, member, "waits: " + member.obstacle() + hook);
        }
    }

    private static boolean booting(Member member) {
        String obstacle = member.obstacle();
        return member.instance().lifecycleState() == LifecycleState.PENDING
                || member.instance().lifecycleState() == LifecycleState.PENDING_PROCEED
                || obstacle.startsWith("initial ")
                || obstacle.startsWith("not registered ")
                || obstacle.contains("registration is still in progress");
    }

    private void lost(String id, List<Member> members) {
        known.remove(id);
        String how = members.stream()
                .filter(member -> member.id().equals(id))
                .map(member -> "is " + member.instance().lifecycleStateAsString())
                .findFirst()
                .orElse("is gone");
        saved.put(LOST, saved.getInt(LOST, 0) + 1);
        at.say(
                Event.Kind.WARNING,
                progress(),
                id + "  " + how + new Hooks(at.aws(), group.autoScalingGroupName()).whyGone(id));
    }

    /**
     * A reason to give up, or empty.
     *
     * @param limit within which each instance must serve
     * @param launches finds what is not launched at all
     */
    public Optional<String> failure(List<Member> members, Duration limit, LaunchFailures launches) {
        Optional<String> launch = launches.find(missing(members));
        if (launch.isPresent()) {
            return launch;
        }
        int lost = saved.getInt(LOST, 0);
        if (lost > Math.max(3, (group.desiredCapacity() + 1) / 2)) {
            return Optional.of(lost + " new instances in a row were lost before all were in service");
        }
        return members.stream()
                .filter(member -> late(member, limit))
                .map(member -> member.id() + " in " + member.zone() + " was not in service within " + Words.of(limit)
                        + ": "
                        + (member.obstacle().isEmpty() ? "its balancers have not confirmed it" : member.obstacle()))
                .findFirst();
    }

    /** Whether one is so late that the balancers have to be asked why. */
    public boolean anyLate(List<Member> members, Duration limit) {
        return members.stream().anyMatch(member -> late(member, limit));
    }

    private boolean late(Member member, Duration limit) {
        Arrival arrival = known.get(member.id());
        return member.counted()
                && arrival != null
                && !arrival.serving()
                && at.now().isAfter(arrival.since().plus(limit));
    }

    private void say(Event.Kind kind, Member member, String text) {
        at.say(kind, progress(), member.id() + "  " + member.zone() + "  " + text);
    }
}
