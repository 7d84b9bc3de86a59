package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.simulator.Clients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** All that AWS shows of a load balancer, as text, but what says which one it is and when it was made. */
final class Everything {
    private static final Set<String> OWN = Set.of(
            "LoadBalancerArn",
            "LoadBalancerArns",
            "LoadBalancerName",
            "DNSName",
            "CanonicalHostedZoneName",
            "CreatedTime",
            "ListenerArn",
            "RuleArn",
            "TargetGroupName",
            "State",
            "Instances");

    private Everything() {}

    private static void members(Map<String, String> all, String of, SdkPojo pojo, Map<String, String> names) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null
                    && !OWN.contains(field.memberName())
                    && !field.memberName().equals("TargetGroupArn")) {
                all.put(of + "." + field.memberName(), named(value, names));
            }
        }
    }

    private static String named(Object value, Map<String, String> names) {
        String text = value.toString();
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }

    /** @param order the ARNs of the target groups, each at the place of its counterpart */
    static Map<String, String> ofElb(Clients clients, String arn, List<String> order) {
        ElasticLoadBalancingV2Client elb = clients.elbv2();
        Map<String, String> names = new LinkedHashMap<>();
        IntStream.range(0, order.size()).forEach(i -> names.put(order.get(i), "target group " + i));
        Map<String, String> all = new TreeMap<>();
        members(
                all,
                "balancer",
                elb.describeLoadBalancers(r -> r.loadBalancerArns(arn))
                        .loadBalancers()
                        .get(0),
                names);
        all.put(
                "balancer.attributes",
                elb.describeLoadBalancerAttributes(r -> r.loadBalancerArn(arn)).toString());
        all.put("balancer.tags", tags(elb, arn));
        for (TargetGroup group :
                elb.describeTargetGroups(r -> r.loadBalancerArn(arn)).targetGroups()) {
            String name = names.get(group.targetGroupArn());
            members(all, name, group, names);
            all.put(
                    name + ".attributes",
                    elb.describeTargetGroupAttributes(r -> r.targetGroupArn(group.targetGroupArn()))
                            .toString());
            all.put(name + ".tags", tags(elb, group.targetGroupArn()));
        }
        elb.describeListeners(r -> r.loadBalancerArn(arn)).listeners().forEach(l -> listener(all, elb, l, names));
        return all;
    }

    private static void listener(
            Map<String, String> all, ElasticLoadBalancingV2Client elb, Listener listener, Map<String, String> names) {
        String name = "listener " + listener.port();
        String arn = listener.listenerArn();
        members(all, name, listener, names);
        all.put(
                name + ".certificates",
                elb.describeListenerCertificates(r -> r.listenerArn(arn)).toString());
        all.put(
                name + ".attributes",
                elb.describeListenerAttributes(r -> r.listenerArn(arn)).toString());
        all.put(name + ".tags", tags(elb, arn));
        for (Rule rule : elb.describeRules(r -> r.listenerArn(arn)).rules()) {
            members(all, name + " rule " + rule.priority(), rule, names);
            if (!rule.isDefault()) {
                all.put(name + " rule " + rule.priority() + ".tags", tags(elb, rule.ruleArn()));
            }
        }
    }

    private static String tags(ElasticLoadBalancingV2Client elb, String arn) {
        return elb.describeTags(r -> r.resourceArns(arn)).tagDescriptions().get(0).tags().stream()
                .filter(tag -> !tag.key().startsWith("ami-deploy"))
                .map(tag -> tag.key() + "=" + tag.value())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    static Map<String, String> ofClassic(Clients clients, String name) {
        ElasticLoadBalancingClient elb = clients.elb();
        Map<String, String> all = new TreeMap<>();
        members(
                all,
                "balancer",
                elb.describeLoadBalancers(r -> r.loadBalancerNames(name))
                        .loadBalancerDescriptions()
                        .get(0),
                Map.of());
        all.put(
                "attributes",
                elb.describeLoadBalancerAttributes(r -> r.loadBalancerName(name))
                        .toString());
        all.put(
                "policies",
                elb.describeLoadBalancerPolicies(r -> r.loadBalancerName(name)).policyDescriptions().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining("\n")));
        all.put(
                "tags",
                elb.describeTags(r -> r.loadBalancerNames(name)).tagDescriptions().get(0).tags().stream()
                        .filter(tag -> !tag.key().startsWith("ami-deploy"))
                        .map(tag -> tag.key() + "=" + tag.value())
                        .sorted()
                        .collect(Collectors.joining(" ")));
        return all;
    }
}
