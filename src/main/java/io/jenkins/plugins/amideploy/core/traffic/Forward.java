package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The actions of one rule, one of which forwards to target groups of the old side or the new one.
 *
 * @param isDefault whether it is its listener's default rule, which is changed with the listener
 * @param before the weights that the target groups had before the first change, by ARN; empty where nobody noted them
 * @param pairs the target groups of the old side, each with its counterpart
 */
record Forward(
        String listener,
        String rule,
        boolean isDefault,
        List<Action> actions,
        Map<String, Integer> before,
        Map<String, String> pairs) {
    /** Greatest weight, and finest steps that are of use (Elastic Load Balancing API Reference, "TargetGroupTuple"). */
    private static final int HEAVIEST = 999;

    private static final int FINEST = 100;

    static List<TargetGroupTuple> tuples(Action action) {
        if (action.type() != ActionTypeEnum.FORWARD) {
            return List.of();
        }
        return action.forwardConfig() == null
                        || action.forwardConfig().targetGroups().isEmpty()
                ? List.of(TargetGroupTuple.builder()
                        .targetGroupArn(action.targetGroupArn())
                        .weight(1)
                        .build())
                : action.forwardConfig().targetGroups();
    }

    private Stream<TargetGroupTuple> tuples() {
        return actions.stream().flatMap(action -> tuples(action).stream());
    }

    private boolean has(String targetGroup) {
        return tuples().anyMatch(tuple -> tuple.targetGroupArn().equals(targetGroup));
    }

    private int weight(String targetGroup) {
        return tuples().filter(tuple -> tuple.targetGroupArn().equals(targetGroup))
                .mapToInt(Forward::weight)
                .sum();
    }

    /** The weight is 1 where AWS shows none. */
    static int weight(TargetGroupTuple tuple) {
        return tuple.weight() == null ? 1 : tuple.weight();
    }

    Form form() {
        boolean old = pairs.keySet().stream().anyMatch(this::has);
        boolean young = pairs.values().stream().anyMatch(this::has);
        return old && young ? Form.SPLIT : old ? Form.BEFORE : young ? Form.AFTER : Form.OTHER;
    }

    int percentGreen() {
        double there = pairs.values().stream().mapToInt(this::weight).sum();
        double all = there + pairs.keySet().stream().mapToInt(this::weight).sum();
        return all == 0 ? (form() == Form.AFTER ? 100 : 0) : (int) Math.round(100 * there / all);
    }

    /** How many times heavier than before the target groups are while the sides are weighed, so that percents come out. */
    private int scale(Action action) {
        int heaviest = old(action).mapToInt(Forward::weight).max().orElse(1);
        return Math.max(1, Math.min(FINEST, HEAVIEST / Math.max(1, heaviest)));
    }

    /** Where nobody has noted what it was, both sides together have it, if it is more than nothing. */
    private int weightBefore(TargetGroupTuple tuple) {
        String arn = tuple.targetGroupArn();
        int now = pairs.containsKey(arn) ? Math.max(1, weight(tuple) + weight(pairs.get(arn))) : weight(tuple);
        return before.getOrDefault(arn, now);
    }

    /** The target groups of the action as they were before. */
    private Stream<TargetGroupTuple> old(Action action) {
        return tuples(action).stream().flatMap(tuple -> {
            Optional<String> blue = blueOf(tuple.targetGroupArn());
            if (blue.isEmpty()) {
                return Stream.of(tuple(tuple.targetGroupArn(), weightBefore(tuple)));
            }
            return has(blue.get())
                    ? Stream.empty()
                    : Stream.of(tuple(blue.get(), before.getOrDefault(blue.get(), Math.max(1, weight(tuple)))));
        });
    }

    private Optional<String> blueOf(String targetGroup) {
        return pairs.entrySet().stream()
                .filter(pair -> pair.getValue().equals(targetGroup))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static TargetGroupTuple tuple(String targetGroup, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(targetGroup)
                .weight(weight)
                .build();
    }

    List<Action> toSplit(int percentGreen) {
        return with(action -> old(action).flatMap(tuple -> {
            int whole = weight(tuple) * scale(action);
            String other = pairs.get(tuple.targetGroupArn());
            if (other == null) {
                return Stream.of(tuple(tuple.targetGroupArn(), whole));
            }
            int there = (int) Math.round(whole * percentGreen / 100.0);
            return Stream.of(tuple(tuple.targetGroupArn(), whole - there), tuple(other, there));
        }));
    }

    List<Action> toAfter() {
        return with(action -> old(action)
                .map(tuple ->
                        tuple(pairs.getOrDefault(tuple.targetGroupArn(), tuple.targetGroupArn()), weight(tuple))));
    }

    List<Action> toBefore() {
        return with(this::old);
    }

    private List<Action> with(Function<Action, Stream<TargetGroupTuple>> turn) {
        List<Action> changed = new ArrayList<>();
        for (Action action : actions) {
            boolean concerned = tuples(action).stream()
                    .map(TargetGroupTuple::targetGroupArn)
                    .anyMatch(arn -> pairs.containsKey(arn) || pairs.containsValue(arn));
            changed.add(concerned ? forwarding(action, turn.apply(action).toList()) : askable(action));
        }
        return changed;
    }

    private static Action forwarding(Action action, List<TargetGroupTuple> tuples) {
        ForwardActionConfig.Builder config =
                action.forwardConfig() == null ? ForwardActionConfig.builder() : action.forwardConfig().toBuilder();
        return action.toBuilder()
                .targetGroupArn(null)
                .forwardConfig(config.targetGroups(tuples).build())
                .build();
    }

    /** AWS does not show the secret of an identity provider, and keeps it where it is asked to. */
    private static Action askable(Action action) {
        return action.authenticateOidcConfig() == null
                ? action
                : action.toBuilder()
                        .authenticateOidcConfig(action.authenticateOidcConfig().toBuilder()
                                .useExistingClientSecret(true)
                                .build())
                        .build();
    }

    /** Whether these actions forward as that, whatever else AWS tells of them. */
    boolean is(List<Action> wanted) {
        return wanted.stream()
                .flatMap(action -> tuples(action).stream())
                .map(tuple -> tuple.targetGroupArn() + weight(tuple))
                .sorted()
                .toList()
                .equals(tuples().map(tuple -> tuple.targetGroupArn() + weight(tuple))
                        .sorted()
                        .toList());
    }
}
