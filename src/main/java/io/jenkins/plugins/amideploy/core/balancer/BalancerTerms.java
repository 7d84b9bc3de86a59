package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.group.GroupCopy.Terms;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a metric is called where it is of a copied load balancer: the dimensions of CloudWatch metrics of Elastic Load
 * Balancing, and the label of ALBRequestCountPerTarget (Amazon EC2 Auto Scaling API Reference,
 * "PredefinedMetricSpecification").
 */
public final class BalancerTerms implements Terms {
    private final Map<String, String> parts = new LinkedHashMap<>();
    private final String classic;
    private final String classicCopy;

    private BalancerTerms(String classic, String classicCopy) {
        this.classic = classic;
        this.classicCopy = classicCopy;
    }

    /** For the copy of a Classic Load Balancer. */
    public static BalancerTerms ofClassic(String name, String copy) {
        return new BalancerTerms(name, copy);
    }

    /**
     * For the copy of an Application or Network Load Balancer, or of its target groups alone.
     *
     * @param balancer its ARN
     * @param copy the ARN of the copy; the same where only target groups are copied
     * @param targetGroups ARNs, each with that of its copy
     */
    public static BalancerTerms of(String balancer, String copy, Map<String, String> targetGroups) {
        BalancerTerms terms = new BalancerTerms("", "");
        terms.parts.put(resource(balancer), resource(copy));
        targetGroups.forEach((original, made) -> terms.parts.put(resource(original), resource(made)));
        return terms;
    }

    /** Of a load balancer {@code app/web/50dc6c495c0c9188}, of a target group {@code targetgroup/web/73e2d6bc24d8a067}. */
    private static String resource(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1).replaceFirst("^loadbalancer/", "");
    }

    @Override
    public String of(String dimension, String value) {
        if (dimension.equals("LoadBalancerName")) {
            return value.equals(classic) ? classicCopy : value;
        }
        String text = value;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            text = text.replace(part.getKey(), part.getValue());
        }
        return text;
    }
}
