package io.jenkins.plugins.amideploy.core.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is watched for visitors, as CloudWatch names it: Elastic Load Balancing, "CloudWatch metrics for your Application
 * Load Balancer", and for a Network and for a Classic Load Balancer.
 */
public sealed interface Metered {

    /** The metrics whose values, all near zero, mean that nobody comes any more. */
    List<Metric> signs();

    /** For people. */
    String name();

    /**
     * One metric of one thing.
     *
     * @param statistic CloudWatch's
     * @param unit what it counts, in the singular
     */
    record Metric(String namespace, String name, List<String> dimensions, String statistic, String unit) {}

    /** A load balancer of its own. @param arn of an Application Load Balancer */
    record Application(String arn) implements Metered {
        private static final String NAMESPACE = "AWS/ApplicationELB";

        @Override
        public List<Metric> signs() {
            List<String> dimensions = List.of("LoadBalancer", suffix(arn));
            return List.of(
                    new Metric(NAMESPACE, "RequestCount", dimensions, "Sum", "request"),
                    new Metric(NAMESPACE, "ActiveConnectionCount", dimensions, "Sum", "open connection"));
        }

        @Override
        public String name() {
            return arn.split("/")[2];
        }

        Metric peak() {
            return new Metric(NAMESPACE, "PeakLCUs", List.of("LoadBalancer", suffix(arn)), "Sum", "capacity unit");
        }
    }

    /** Some target groups of one Application Load Balancer; of those only requests are counted. */
    record TargetGroups(String balancerArn, Set<String> arns) implements Metered {
        @Override
        public List<Metric> signs() {
            List<Metric> signs = new ArrayList<>();
            arns.forEach(arn -> signs.add(new Metric(
                    Application.NAMESPACE,
                    "RequestCount",
                    List.of(
                            "LoadBalancer",
                            suffix(balancerArn),
                            "TargetGroup",
                            arn.substring(arn.lastIndexOf(':') + 1)),
                    "Sum",
                    "request")));
            return signs;
        }

        @Override
        public String name() {
            return String.join(
                    ", ", arns.stream().map(arn -> arn.split("/")[1]).sorted().toList());
        }
    }

    /** @param arn of a Network Load Balancer */
    record Network(String arn) implements Metered {
        private static final String NAMESPACE = "AWS/NetworkELB";

        @Override
        public List<Metric> signs() {
            List<String> dimensions = List.of("LoadBalancer", suffix(arn));
            return List.of(
                    new Metric(NAMESPACE, "NewFlowCount", dimensions, "Sum", "new flow"),
                    new Metric(NAMESPACE, "ActiveFlowCount", dimensions, "Average", "open flow"));
        }

        @Override
        public String name() {
            return arn.split("/")[2];
        }

        Metric peak() {
            return new Metric(NAMESPACE, "ProcessedBytes", List.of("LoadBalancer", suffix(arn)), "Sum", "byte");
        }
    }

    /** A Classic Load Balancer. */
    record Classic(String name) implements Metered {
        @Override
        public List<Metric> signs() {
            return List.of(new Metric("AWS/ELB", "RequestCount", List.of("LoadBalancerName", name), "Sum", "request"));
        }
    }

    /** The part of a load balancer's ARN that its metrics name it by. */
    private static String suffix(String arn) {
        return arn.substring(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length());
    }
}
