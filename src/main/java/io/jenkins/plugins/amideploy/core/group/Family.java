package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.deployment.Pair;
import io.jenkins.plugins.amideploy.core.deployment.Standby;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * The groups of a base name, {@code web}, {@code web-blue}, {@code web-violet} and {@code web-green}, as far as they
 * exist, and which of them is live: that is told by the balancers, never by a name.
 */
public final class Family {
    private static final List<String> ALL = List.of("-blue", "-violet", "-green");

    /** The two colours that a procedure uses in turn. */
    public record Colours(String first, String second) {
        public static final Colours BLUE_VIOLET = new Colours("-blue", "-violet");
        public static final Colours BLUE_GREEN = new Colours("-blue", "-green");
    }

    private final AwsSession aws;
    private final String base;
    private final Colours colours;
    private final Map<String, AutoScalingGroup> groups;
    private final Map<String, Integer> serving = new LinkedHashMap<>();

    private Family(AwsSession aws, String base, Colours colours, Map<String, AutoScalingGroup> groups) {
        this.aws = aws;
        this.base = base;
        this.colours = colours;
        this.groups = groups;
    }

    /** @param given the base name, or the name of any of its groups */
    public static Family read(TickContext at, String given, Colours colours) {
        String base = base(given);
        List<String> names = new ArrayList<>(List.of(base));
        ALL.forEach(colour -> names.add(base + colour));
        Map<String, AutoScalingGroup> groups = new LinkedHashMap<>();
        for (AutoScalingGroup group : read(at, names, at.now())) {
            groups.put(group.autoScalingGroupName(), group);
        }
        return new Family(at.aws(), base, colours, groups);
    }

    private static String base(String given) {
        for (String colour : ALL) {
            if (given.endsWith(colour) && given.length() > colour.length()) {
                return given.substring(0, given.length() - colour.length());
            }
        }
        return given;
    }

    /** Those of the names that exist, by one call. */
    public static List<AutoScalingGroup> read(TickContext at, List<String> names, Instant since) {
        names.forEach(name -> at.aws().groups().expect(name, at.now()));
        List<AutoScalingGroup> found = new ArrayList<>();
        names.forEach(name -> at.aws().groups().read(name, since).ifPresent(found::add));
        return found;
    }

    public List<AutoScalingGroup> all() {
        return List.copyOf(groups.values());
    }

    public Optional<AutoScalingGroup> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    public String names() {
        return base + ", " + base + colours.first() + " or " + base + colours.second();
    }

    /**
     * Looks whether another step has put two of these groups beside each other and not got to its end.
     *
     * @throws Stop where it has: only that step knows what else it made and how to get back
     */
    public void refuseOther(String step) {
        all().stream()
                .flatMap(group -> Pair.on(group).stream())
                .filter(pair -> !pair.step().equals(step))
                .findFirst()
                .ifPresent(pair -> {
                    throw new Stop(
                            Trouble.Kind.REFUSED,
                            "The groups " + pair.old() + " and " + pair.fresh() + " were left half-way by a "
                                    + pair.step() + " that died. Clear that up first: run " + pair.step() + "(group: '"
                                    + pair.old() + "', ...), which begins with that.");
                });
    }

    /** Those that are being deleted. */
    public List<AutoScalingGroup> going() {
        return all().stream().filter(group -> group.status() != null).toList();
    }

    /** Those that could be live: not standing by, not being deleted. */
    public List<AutoScalingGroup> candidates() {
        return all().stream()
                .filter(group -> group.status() == null)
                .filter(group -> Standby.on(group).isEmpty())
                .toList();
    }

    public List<AutoScalingGroup> serving() {
        return candidates().stream().filter(group -> capacity(group) > 0).toList();
    }

    /** The capacity of a group that serves, by the word of all its balancers; each group is asked for once. */
    public int capacity(AutoScalingGroup group) {
        return serving.computeIfAbsent(
                group.autoScalingGroupName(), name -> Arrivals.serving(Balancers.members(aws, group)));
    }

    /**
     * The live one among the candidates.
     *
     * @param problems takes a sentence where it cannot be told
     */
    public Optional<AutoScalingGroup> live(List<String> problems) {
        List<AutoScalingGroup> candidates = candidates();
        if (candidates.size() == 1) {
            return Optional.of(candidates.get(0));
        }
        List<AutoScalingGroup> serving = serving();
        if (serving.size() == 1) {
            return Optional.of(serving.get(0));
        }
        if (candidates.isEmpty()) {
            problems.add("group: there is no Auto Scaling group named " + names() + " in this region of this account"
                    + standbyHint());
        } else if (serving.size() > 1) {
            problems.add("group: " + list(serving) + " serve at the same time, so it is not known which one to "
                    + "replace. Retire the older one by a call without ami, then deploy");
        } else {
            return onlyOneThatShould(candidates, problems);
        }
        return Optional.empty();
    }

    private Optional<AutoScalingGroup> onlyOneThatShould(List<AutoScalingGroup> candidates, List<String> problems) {
        List<AutoScalingGroup> should =
                candidates.stream().filter(group -> group.desiredCapacity() > 0).toList();
        if (should.size() == 1) {
            return Optional.of(should.get(0));
        }
        problems.add("group: of " + list(candidates) + " no instance is in service, so it is not known which one is "
                + "live. Delete the one that is not, or set its desired capacity to 0 and the other's above");
        return Optional.empty();
    }

    private String standbyHint() {
        List<AutoScalingGroup> standbys =
                all().stream().filter(group -> Standby.on(group).isPresent()).toList();
        return standbys.isEmpty()
                ? ""
                : "; " + list(standbys) + " stands by at size zero: restoreAutoScalingGroup puts it in service";
    }

    /**
     * The name for the group beside that one: the other colour, or whichever colour is free. One that stands by is free
     * where no other is.
     */
    public Optional<String> nameBeside(AutoScalingGroup live, List<String> problems) {
        Set<String> names = new LinkedHashSet<>();
        if (live.autoScalingGroupName().equals(base + colours.first())) {
            names.add(base + colours.second());
        }
        names.add(base + colours.first());
        names.add(base + colours.second());
        names.remove(live.autoScalingGroupName());
        Optional<String> free =
                names.stream().filter(name -> !groups.containsKey(name)).findFirst();
        Optional<String> standby = names.stream()
                .filter(name -> group(name).flatMap(Standby::on).isPresent())
                .findFirst();
        if (free.isEmpty() && standby.isEmpty()) {
            problems.add("group: " + String.join(" and ", names) + " exist already beside "
                    + live.autoScalingGroupName() + ", and not as standbys. Delete what is not needed"
                    + (colours.equals(Colours.BLUE_VIOLET) ? ", or retire it by a call without ami" : ""));
        }
        return free.or(() -> standby);
    }

    /** The one of two that is to be retired: the one that does not serve, or the older one. */
    public Optional<AutoScalingGroup> toRetire(List<String> problems) {
        List<AutoScalingGroup> candidates = candidates();
        List<AutoScalingGroup> serving = serving();
        if (candidates.size() > 2 || serving.isEmpty()) {
            problems.add("group: " + (serving.isEmpty() ? "none" : list(serving)) + " of " + list(candidates)
                    + " serves; it is not known which one to retire. Delete what is not needed by hand");
            return Optional.empty();
        }
        if (serving.size() == 1) {
            return candidates.stream()
                    .filter(group -> !group.equals(serving.get(0)))
                    .findFirst();
        }
        AutoScalingGroup one = serving.get(0);
        AutoScalingGroup other = serving.get(1);
        Optional<Instant> since = Standby.since(one);
        Optional<Instant> otherSince = Standby.since(other);
        if (since.equals(otherSince)) {
            problems.add("group: " + list(serving) + " both serve, and no tag (" + Standby.SINCE
                    + ") says which one is older; scale the one that is to go to zero and call again");
            return Optional.empty();
        }
        boolean oneIsOlder = since.orElse(Instant.MIN).isBefore(otherSince.orElse(Instant.MIN));
        return Optional.of(oneIsOlder ? one : other);
    }

    private static String list(List<AutoScalingGroup> groups) {
        return String.join(
                " and ",
                groups.stream().map(AutoScalingGroup::autoScalingGroupName).toList());
    }
}
