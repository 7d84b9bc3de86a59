package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * An Application or Network Load Balancer with everything that belongs to it and is described apart from it.
 *
 * @param attributes by key
 * @param tags of all of its parts, by ARN
 */
record BalancerParts(
        LoadBalancer balancer,
        Map<String, String> attributes,
        List<ListenerParts> listeners,
        List<TargetGroup> targetGroups,
        Map<String, Map<String, String>> tags) {

    /**
     * A listener.
     *
     * @param certificates those beside the default one
     * @param rules without the default one, whose action is the listener's
     */
    record ListenerParts(
            Listener listener, Map<String, String> attributes, List<String> certificates, List<Rule> rules) {

        Stream<Action> actions() {
            return Stream.concat(
                    listener.defaultActions().stream(), rules.stream().flatMap(rule -> rule.actions().stream()));
        }
    }

    static BalancerParts read(AwsSession aws, String arn) {
        LoadBalancer balancer = aws.elbv2()
                .describeLoadBalancers(r -> r.loadBalancerArns(arn))
                .loadBalancers()
                .get(0);
        boolean application = balancer.type() == LoadBalancerTypeEnum.APPLICATION;
        List<ListenerParts> listeners =
                aws.elbv2().describeListenersPaginator(r -> r.loadBalancerArn(arn)).listeners().stream()
                        .map(listener -> listener(aws, listener, application))
                        .toList();
        List<TargetGroup> targetGroups =
                aws.elbv2().describeTargetGroupsPaginator(r -> r.loadBalancerArn(arn)).targetGroups().stream()
                        .toList();
        List<String> arns = new ArrayList<>(List.of(arn));
        targetGroups.forEach(group -> arns.add(group.targetGroupArn()));
        listeners.forEach(listener -> {
            arns.add(listener.listener().listenerArn());
            listener.rules().forEach(rule -> arns.add(rule.ruleArn()));
        });
        return new BalancerParts(balancer, attributes(aws, arn), listeners, targetGroups, ElbTags.of(aws, arns));
    }

    private static ListenerParts listener(AwsSession aws, Listener listener, boolean application) {
        String arn = listener.listenerArn();
        List<String> certificates = listener.certificates().isEmpty()
                ? List.of()
                : aws.elbv2().describeListenerCertificatesPaginator(r -> r.listenerArn(arn)).certificates().stream()
                        .filter(certificate -> !Boolean.TRUE.equals(certificate.isDefault()))
                        .map(Certificate::certificateArn)
                        .toList();
        List<Rule> rules = !application
                ? List.of()
                : aws.elbv2().describeRulesPaginator(r -> r.listenerArn(arn)).rules().stream()
                        .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
                        .toList();
        return new ListenerParts(listener, listenerAttributes(aws, arn), certificates, rules);
    }

    static Map<String, String> attributes(AwsSession aws, String arn) {
        return aws.elbv2().describeLoadBalancerAttributes(r -> r.loadBalancerArn(arn)).attributes().stream()
                .collect(Collectors.toMap(
                        LoadBalancerAttribute::key, attribute -> text(attribute.value()), (a, b) -> b, TreeMap::new));
    }

    static Map<String, String> listenerAttributes(AwsSession aws, String arn) {
        return aws.elbv2().describeListenerAttributes(r -> r.listenerArn(arn)).attributes().stream()
                .collect(Collectors.toMap(
                        ListenerAttribute::key, attribute -> text(attribute.value()), (a, b) -> b, TreeMap::new));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
