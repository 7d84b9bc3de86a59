package io.jenkins.plugins.amideploy.core.wire;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The load balancers that forward to a target group, as {@code DescribeTargetGroups} of AWS tells them: those "that route
 * traffic to this target group" (Elastic Load Balancing API Reference, "TargetGroup"). moto knows those whose listener was
 * created so, and does not see a listener being changed.
 */
final class MotoForwards {
    /** The target groups of each listener that was changed, by its ARN. */
    private final Map<String, Set<String>> listeners = new HashMap<>();

    /** The target groups that such a listener forwards to or has forwarded to. */
    private final Set<String> known = new HashSet<>();

    /** A listener is changed by that call. */
    synchronized void modifyListener(Call call) {
        Set<String> targetGroups = listeners.computeIfAbsent(call.parameter("ListenerArn"), arn -> new HashSet<>());
        Set<String> forwarded = call.parameters().entrySet().stream()
                .filter(field -> field.getKey().endsWith(".TargetGroupArn"))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        known.addAll(targetGroups);
        known.addAll(forwarded);
        targetGroups.clear();
        targetGroups.addAll(forwarded);
    }

    /** The answer to {@code DescribeTargetGroups} with what the changes of listeners have made of it. */
    synchronized String complete(String answer) {
        String all = answer;
        for (String targetGroup : known) {
            String members = listeners.entrySet().stream()
                    .filter(listener -> listener.getValue().contains(targetGroup))
                    .map(listener -> balancer(listener.getKey()))
                    .distinct()
                    .map(balancer -> "<member>" + balancer + "</member>")
                    .collect(Collectors.joining());
            all = Pattern.compile("(<TargetGroupArn>" + Pattern.quote(targetGroup)
                            + "</TargetGroupArn>(?:(?!<TargetGroupArn>).)*?)"
                            + "(?:<LoadBalancerArns/>|<LoadBalancerArns>.*?</LoadBalancerArns>)")
                    .matcher(all)
                    .replaceFirst("$1<LoadBalancerArns>" + members + "</LoadBalancerArns>");
        }
        return all;
    }

    /** The ARN of a listener is that of its load balancer, with another kind and one part more. */
    private static String balancer(String listener) {
        return listener.substring(0, listener.lastIndexOf('/')).replace(":listener/", ":loadbalancer/");
    }
}
