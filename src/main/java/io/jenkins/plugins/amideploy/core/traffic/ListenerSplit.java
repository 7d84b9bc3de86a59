package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * Divides visitors by the weights with which the rules of one Application Load Balancer forward to target groups, which
 * takes effect at once (Elastic Load Balancing API Reference, "ForwardActionConfig"). Every rule that forwards to a target
 * group of the old side is divided in the same way; what else it forwards to keeps its share.
 */
public final class ListenerSplit implements Split {
    private static final Duration LOOK = Duration.ofSeconds(3);
    /** Longer than nearly every health check takes; after it, visitors go back all the same. */
    private static final Duration LONGEST_CHECKS = Duration.ofMinutes(10);
    /** Most target groups of one action (Application Load Balancers, "Quotas"). */
    private static final int MOST_TARGET_GROUPS = 5;

    private static final String GOAL = "listener.goal";
    private static final String DONE = "listener.done";

    /** Since when the old target groups have been on their way back behind the listeners. */
    private static final String REJOINING = "listener.rejoining";

    private static final String AFTER = "after";
    private static final String UNDONE = "undone";

    private final TickContext at;
    private final boolean begunByUs;
    private final SavedState saved;
    private final String balancer;
    private final Map<String, String> pairs;
    private final Forwards forwards;

    /**
     * @param balancer the ARN of the load balancer
     * @param pairs the ARNs of the old side's target groups, each with that of its counterpart; empty texts for those
     *     before they are there, when only {@link #problems} can be asked
     */
    public ListenerSplit(TickContext at, String balancer, Map<String, String> pairs) {
        this(at, at.owner().deployment(), balancer, pairs);
    }

    /** @param maker the deployment that divided the actions, where this one goes on with what that one left */
    public ListenerSplit(TickContext at, String maker, String balancer, Map<String, String> pairs) {
        this.at = at;
        this.begunByUs = maker.equals(at.owner().deployment());
        this.saved = at.state();
        this.balancer = balancer;
        this.pairs = pairs;
        this.forwards = new Forwards(at.aws(), saved, balancer, pairs);
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        LoadBalancer shown = at.aws()
                .elbv2()
                .describeLoadBalancers(r -> r.loadBalancerArns(balancer))
                .loadBalancers()
                .get(0);
        if (shown.type() != LoadBalancerTypeEnum.APPLICATION) {
            problems.add("mode: the load balancer " + shown.loadBalancerName() + " is a " + shown.typeAsString()
                    + " one; visitors are divided by listeners of Application Load Balancers only");
            return problems;
        }
        List<Forward> found = forwards.read();
        if (found.isEmpty()) {
            problems.add("listener: no rule of the load balancer " + shown.loadBalancerName()
                    + " forwards to a target group of the group");
        }
        found.forEach(forward -> forward.actions().stream()
                .filter(action -> Forward.tuples(action).size() + own(action) > MOST_TARGET_GROUPS)
                .forEach(action -> problems.add("listener: the rule " + forward.rule() + " forwards to "
                        + Forward.tuples(action).size() + " target groups; with " + own(action)
                        + " of the new side there would be more than the " + MOST_TARGET_GROUPS + " that AWS allows")));
        return problems;
    }

    private long own(Action action) {
        return Forward.tuples(action).stream()
                .filter(tuple -> pairs.containsKey(tuple.targetGroupArn()))
                .count();
    }

    @Override
    public Optional<Tick> prepare() {
        return move(0);
    }

    @Override
    public Optional<Tick> move(int percentGreen) {
        return reach(
                "split " + percentGreen,
                Set.of(Form.BEFORE, Form.SPLIT),
                forward -> forward.toSplit(percentGreen),
                percentGreen == 0
                        ? "The new target groups (" + names()
                                + ") are behind the listeners, with no visitors sent to them"
                        : percentGreen + " % of all visitors are sent to the new target groups (" + names() + ")");
    }

    @Override
    public Optional<Tick> finish() {
        return reach(
                AFTER,
                Set.of(Form.SPLIT, Form.AFTER),
                Forward::toAfter,
                "The listeners forward to the new target groups alone (" + names() + ")");
    }

    @Override
    public Optional<Tick> undo() {
        if (begunByUs && !saved.has(GOAL)) {
            return Optional.empty();
        }
        if (!saved.get(GOAL, "").equals(UNDONE)) {
            Optional<Tick> wait = rejoin();
            if (wait.isPresent()) {
                return wait;
            }
        }
        return reach(
                UNDONE,
                Set.of(Form.values()),
                Forward::toBefore,
                "The listeners forward to the old target groups alone, as they did before");
    }

    /**
     * A target group that no rule forwards to is not checked, and none of its targets counts as healthy: after {@link
     * #finish} the old ones first join the listeners without visitors, until they have passed their checks.
     */
    private Optional<Tick> rejoin() {
        List<Forward> live = forwards.read();
        boolean left = saved.has(REJOINING)
                || saved.get(GOAL, "").equals(AFTER)
                || live.stream().anyMatch(forward -> forward.form() == Form.AFTER);
        if (!left || live.isEmpty()) {
            return Optional.empty();
        }
        saved.put(REJOINING, saved.getInstant(REJOINING).orElse(at.now()));
        Optional<Tick> wait = reach(
                "split 100",
                Set.of(Form.values()),
                forward -> forward.toSplit(100),
                "The old target groups are behind the listeners again; visitors follow when they are healthy");
        return wait.isPresent() ? wait : untilHealthy();
    }

    private Optional<Tick> untilHealthy() {
        boolean healthy = pairs.keySet().stream().allMatch(this::serves);
        boolean late =
                at.now().isAfter(saved.getInstant(REJOINING).orElseThrow().plus(LONGEST_CHECKS));
        if (!healthy && late) {
            at.say(
                    Event.Kind.WARNING,
                    "",
                    "The old target groups are not all healthy after " + Words.of(LONGEST_CHECKS)
                            + "; visitors are sent to them all the same");
        }
        return healthy || late
                ? Optional.empty()
                : Optional.of(new Tick.LookAgain(at.now().plus(LOOK)));
    }

    /** Whether all of its targets that are not leaving have passed their checks. */
    private boolean serves(String targetGroup) {
        List<TargetHealthStateEnum> states = at
                .aws()
                .elbv2()
                .describeTargetHealth(r -> r.targetGroupArn(targetGroup))
                .targetHealthDescriptions()
                .stream()
                .map(target -> target.targetHealth().state())
                .filter(state -> state != TargetHealthStateEnum.DRAINING)
                .toList();
        return !states.isEmpty() && states.stream().allMatch(state -> state == TargetHealthStateEnum.HEALTHY);
    }

    private String name() {
        return balancer.split("/")[2];
    }

    private String names() {
        return String.join(
                ", ", pairs.values().stream().map(Balancers::shortName).sorted().toList());
    }

    private Optional<Tick> reach(String goal, Set<Form> possible, Function<Forward, List<Action>> toward, String done) {
        if (goal.equals(saved.get(GOAL, "")) && saved.has(DONE)) {
            return Optional.empty();
        }
        List<Forward> live = forwards.read();
        if (live.isEmpty() && !goal.equals(UNDONE)) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "Somebody has changed the listeners of the load balancer " + name()
                            + ": none forwards to the old or the new target groups any more");
        }
        live.stream()
                .filter(forward -> !possible.contains(forward.form()))
                .findFirst()
                .ifPresent(forward -> {
                    throw new Stop(
                            Trouble.Kind.REFUSED,
                            "Somebody has changed the rule " + forward.rule()
                                    + ", so that visitors cannot be divided: it forwards to " + describe(forward));
                });
        List<Forward> wrong = live.stream()
                .filter(forward -> !forward.is(toward.apply(forward)))
                .toList();
        if (!goal.equals(saved.get(GOAL, ""))) {
            saved.put(GOAL, goal);
            saved.remove(DONE);
        }
        if (wrong.isEmpty()) {
            saved.put(DONE, at.now());
            at.save();
            at.say("", done);
            return Optional.empty();
        }
        at.wrote();
        at.save();
        wrong.forEach(forward -> forwards.change(forward, toward.apply(forward)));
        return Optional.of(new Tick.LookAgain(at.now().plus(LOOK)));
    }

    private static String describe(Forward forward) {
        return String.join(
                ", ",
                forward.actions().stream()
                        .flatMap(action -> Forward.tuples(action).stream())
                        .map(tuple -> Balancers.shortName(tuple.targetGroupArn()) + " (" + Forward.weight(tuple) + ")")
                        .toList());
    }

    @Override
    public Position where() {
        List<Forward> live = forwards.read();
        List<Form> forms = live.stream().map(Forward::form).distinct().toList();
        Form form = forms.size() == 1 ? forms.get(0) : Form.OTHER;
        int percent = live.stream().mapToInt(Forward::percentGreen).min().orElse(0);
        return new Position(form, percent, edited(live, form, percent));
    }

    /** While a move is under way, rules may differ; that is ours. */
    private String edited(List<Forward> live, Form form, int percent) {
        String goal = saved.get(GOAL, UNDONE);
        if (saved.has(GOAL) && !saved.has(DONE) || !at.settled()) {
            return "";
        }
        Form expected = goal.equals(AFTER) ? Form.AFTER : goal.equals(UNDONE) ? Form.BEFORE : Form.SPLIT;
        boolean otherShare = form == Form.SPLIT && !goal.equals("split " + percent);
        return form == expected && !otherShare
                ? ""
                : "somebody has changed the listeners of the load balancer " + name()
                        + ", which forward now to "
                        + (live.isEmpty()
                                ? "neither side"
                                : String.join(
                                        "; ",
                                        live.stream()
                                                .map(ListenerSplit::describe)
                                                .toList()));
    }

    @Override
    public boolean settled() {
        return saved.has(DONE) || !saved.has(GOAL);
    }

    @Override
    public Duration ttl() {
        return Duration.ZERO;
    }
}
