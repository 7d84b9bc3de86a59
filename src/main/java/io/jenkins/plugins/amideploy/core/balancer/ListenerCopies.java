package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Likeness;
import io.jenkins.plugins.amideploy.core.balancer.BalancerParts.ListenerParts;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateListenerException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MutualAuthenticationAttributes;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** The listeners of a copied load balancer, with certificates and rules. */
final class ListenerCopies {
    private static final String COPIES = "copy.listeners";
    private static final int CERTIFICATES_IN_A_CALL = 25;

    private final TickContext at;
    private final AwsSession aws;
    private final SavedState saved;
    private final CopyNames names;

    ListenerCopies(TickContext at, CopyNames names) {
        this.at = at;
        this.aws = at.aws();
        this.saved = at.state();
        this.names = names;
    }

    /** The ARN of each listener of the original with that of its copy. */
    static Map<String, String> copies(SavedState saved) {
        return Pairs.in(saved, COPIES);
    }

    static void forget(SavedState saved) {
        saved.remove(COPIES);
    }

    /** @param balancer the ARN of the copy, which is there once the pieces before are done */
    void add(Pieces pieces, BalancerParts parts, Supplier<String> balancer) {
        for (ListenerParts listener : parts.listeners()) {
            String arn = listener.listener().listenerArn();
            pieces.add(arn, () -> create(parts, listener.listener(), balancer.get()));
            for (int from = 0; from < listener.certificates().size(); from += CERTIFICATES_IN_A_CALL) {
                List<String> some = listener.certificates()
                        .subList(from, Math.min(listener.certificates().size(), from + CERTIFICATES_IN_A_CALL));
                pieces.add(arn + ".certificates." + from, () -> certificates(arn, some));
            }
            pieces.add(arn + ".attributes", () -> attributes(listener));
            listener.rules().forEach(rule -> pieces.add(rule.ruleArn(), () -> rule(parts, arn, rule)));
        }
    }

    private String copy(String original) {
        return copies(saved).get(original);
    }

    private void create(BalancerParts parts, Listener original, String balancer) {
        CreateListenerRequest request = Likeness.exact()
                .copy(original, CreateListenerRequest.builder())
                .loadBalancerArn(balancer)
                .certificates(original.certificates().stream()
                        .map(certificate -> certificate(certificate.certificateArn()))
                        .toList())
                .defaultActions(actions(original.defaultActions()))
                .mutualAuthentication(mutual(original.mutualAuthentication()))
                .tags(ElbTags.list(names.tags(tags(parts, original.listenerArn()))))
                .build();
        Pairs.add(saved, COPIES, original.listenerArn(), created(request));
        at.save();
    }

    /** What is off has nothing else to say, and how far AWS is with the trust store nobody can ask for. */
    private static MutualAuthenticationAttributes mutual(MutualAuthenticationAttributes described) {
        return described == null || "off".equals(described.mode())
                ? null
                : described.toBuilder()
                        .trustStoreAssociationStatus((String) null)
                        .build();
    }

    /** The load balancer is ours, and so is whatever listens there already. */
    private String created(CreateListenerRequest request) {
        try {
            return aws.elbv2().createListener(request).listeners().get(0).listenerArn();
        } catch (DuplicateListenerException e) {
            return aws
                    .elbv2()
                    .describeListenersPaginator(r -> r.loadBalancerArn(request.loadBalancerArn()))
                    .listeners()
                    .stream()
                    .filter(listener -> listener.port().equals(request.port()))
                    .findFirst()
                    .orElseThrow(() -> e)
                    .listenerArn();
        }
    }

    private static Certificate certificate(String arn) {
        return Certificate.builder().certificateArn(arn).build();
    }

    private void certificates(String listener, List<String> arns) {
        aws.elbv2()
                .addListenerCertificates(r -> r.listenerArn(copy(listener))
                        .certificates(
                                arns.stream().map(ListenerCopies::certificate).toList()));
    }

    private void attributes(ListenerParts listener) {
        String copy = copy(listener.listener().listenerArn());
        List<ListenerAttribute> changes =
                Differences.between(listener.attributes(), BalancerParts.listenerAttributes(aws, copy))
                        .entrySet()
                        .stream()
                        .map(change -> ListenerAttribute.builder()
                                .key(change.getKey())
                                .value(change.getValue())
                                .build())
                        .toList();
        if (!changes.isEmpty()) {
            aws.elbv2().modifyListenerAttributes(r -> r.listenerArn(copy).attributes(changes));
        }
    }

    /** A rule's priority is taken only once: where it is, the rule was made before a crash. */
    private void rule(BalancerParts parts, String listener, Rule original) {
        CreateRuleRequest request = CreateRuleRequest.builder()
                .listenerArn(copy(listener))
                .priority(Integer.valueOf(original.priority()))
                .conditions(original.conditions().stream()
                        .map(ListenerCopies::condition)
                        .toList())
                .actions(actions(original.actions()))
                .transforms(original.transforms().isEmpty() ? null : original.transforms())
                .tags(ElbTags.list(names.tags(tags(parts, original.ruleArn()))))
                .build();
        try {
            aws.elbv2().createRule(request);
        } catch (PriorityInUseException e) {
            if (!made(request)) {
                throw e;
            }
        }
    }

    /** Whether the rule of that priority is the one that was asked for, or is not shown yet. */
    private boolean made(CreateRuleRequest request) {
        return aws.elbv2().describeRulesPaginator(r -> r.listenerArn(request.listenerArn())).rules().stream()
                .filter(rule -> rule.priority().equals(request.priority().toString()))
                .allMatch(rule -> rule.conditions().stream()
                        .map(ListenerCopies::condition)
                        .toList()
                        .equals(request.conditions()));
    }

    private static Map<String, String> tags(BalancerParts parts, String arn) {
        return parts.tags().getOrDefault(arn, Map.of());
    }

    /** AWS describes hosts and paths in two ways and takes them in one. */
    private static RuleCondition condition(RuleCondition described) {
        boolean config = described.hostHeaderConfig() != null || described.pathPatternConfig() != null;
        return config
                ? described.toBuilder()
                        .values((List<String>) null)
                        .regexValues((List<String>) null)
                        .build()
                : described;
    }

    private List<Action> actions(List<Action> originals) {
        Map<String, String> targetGroups = new TargetGroupCopies(at).copies();
        return originals.stream()
                .map(action -> action.type() == ActionTypeEnum.FORWARD ? forward(action, targetGroups) : action)
                .toList();
    }

    /** AWS describes an action with one target group in two ways; Network Load Balancers have not always known both. */
    private static Action forward(Action action, Map<String, String> targetGroups) {
        ForwardActionConfig config = action.forwardConfig();
        if (config == null || config.targetGroups().isEmpty()) {
            return action.toBuilder()
                    .targetGroupArn(targetGroups.get(action.targetGroupArn()))
                    .build();
        }
        List<TargetGroupTuple> tuples = config.targetGroups().stream()
                .map(tuple -> tuple.toBuilder()
                        .targetGroupArn(targetGroups.get(tuple.targetGroupArn()))
                        .build())
                .toList();
        boolean sticky = config.targetGroupStickinessConfig() != null
                && Boolean.TRUE.equals(config.targetGroupStickinessConfig().enabled());
        Integer weight = tuples.get(0).weight();
        if (tuples.size() == 1 && !sticky && (weight == null || weight == 1)) {
            return action.toBuilder()
                    .targetGroupArn(tuples.get(0).targetGroupArn())
                    .forwardConfig((ForwardActionConfig) null)
                    .build();
        }
        return action.toBuilder()
                .targetGroupArn(null)
                .forwardConfig(config.toBuilder().targetGroups(tuples).build())
                .build();
    }
}
