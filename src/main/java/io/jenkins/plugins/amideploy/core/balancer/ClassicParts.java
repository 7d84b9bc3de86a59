package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerAttributes;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyDescription;

/** A Classic Load Balancer with everything that belongs to it and is described apart from it. */
record ClassicParts(
        LoadBalancerDescription balancer,
        LoadBalancerAttributes attributes,
        List<PolicyDescription> policies,
        Map<String, String> tags) {

    static ClassicParts read(AwsSession aws, String name) {
        return new ClassicParts(
                aws.elb()
                        .describeLoadBalancers(r -> r.loadBalancerNames(name))
                        .loadBalancerDescriptions()
                        .get(0),
                aws.elb()
                        .describeLoadBalancerAttributes(r -> r.loadBalancerName(name))
                        .loadBalancerAttributes(),
                aws.elb()
                        .describeLoadBalancerPolicies(r -> r.loadBalancerName(name))
                        .policyDescriptions(),
                tags(aws, List.of(name)).getOrDefault(name, Map.of()));
    }

    /** By name; every one of the load balancers must exist, and at most twenty are asked for. */
    static Map<String, Map<String, String>> tags(AwsSession aws, List<String> names) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        aws.elb()
                .describeTags(r -> r.loadBalancerNames(names))
                .tagDescriptions()
                .forEach(description -> {
                    Map<String, String> tags = new LinkedHashMap<>();
                    description.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
                    all.put(description.loadBalancerName(), tags);
                });
        return all;
    }
}
