package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An Auto Scaling group to be set up with all its instances in service: by default of two {@code t3.small} in one zone,
 * from a launch template, without a balancer.
 */
public final class GroupSpec {
    /** What the group launches from. */
    public enum Source {
        LAUNCH_TEMPLATE,
        LAUNCH_CONFIGURATION,
        MIXED_INSTANCES
    }

    final String name;
    final String imageId;
    int min = 1;
    int desired = 2;
    int max = 4;
    List<String> zones = List.of("eu-west-1a");
    Source source = Source.LAUNCH_TEMPLATE;
    String version = "$Default";
    List<String> types = List.of("t3.small");
    List<Integer> weights = List.of();
    int onDemandPercent = 100;
    String healthCheckType = "EC2";
    Duration gracePeriod = Duration.ofMinutes(5);
    List<String> terminationPolicies = List.of("Default");
    boolean protectedFromScaleIn;
    final List<String> targetGroupArns = new ArrayList<>();
    final List<String> classicNames = new ArrayList<>();
    final List<HookSpec> hooks = new ArrayList<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    final List<String> policies = new ArrayList<>();

    private GroupSpec(String name, String imageId) {
        this.name = name;
        this.imageId = imageId;
    }

    public static GroupSpec of(String name, String imageId) {
        return new GroupSpec(name, imageId);
    }

    public GroupSpec sizes(int minSize, int desiredCapacity, int maxSize) {
        min = minSize;
        desired = desiredCapacity;
        max = maxSize;
        return this;
    }

    /** Zones of {@code eu-west-1}. */
    public GroupSpec zones(String... values) {
        zones = List.of(values);
        return this;
    }

    public GroupSpec source(Source value) {
        source = value;
        return this;
    }

    /** The version of the launch template that the group names: a number, {@code $Latest} or {@code $Default}. */
    public GroupSpec version(String value) {
        version = value;
        return this;
    }

    /** More than one only for mixed instances. */
    public GroupSpec instanceTypes(String... values) {
        types = List.of(values);
        return this;
    }

    /** For mixed instances: how many units of capacity an instance of each type counts. */
    public GroupSpec weights(Integer... values) {
        weights = List.of(values);
        return this;
    }

    public GroupSpec onDemandPercent(int value) {
        onDemandPercent = value;
        return this;
    }

    /** @param type {@code EC2} or {@code ELB} */
    public GroupSpec healthCheck(String type, Duration grace) {
        healthCheckType = type;
        gracePeriod = grace;
        return this;
    }

    public GroupSpec terminationPolicies(String... values) {
        terminationPolicies = List.of(values);
        return this;
    }

    public GroupSpec protectedFromScaleIn() {
        protectedFromScaleIn = true;
        return this;
    }

    public GroupSpec targetGroup(String arn) {
        targetGroupArns.add(arn);
        return this;
    }

    public GroupSpec classicLoadBalancer(String loadBalancerName) {
        classicNames.add(loadBalancerName);
        return this;
    }

    public GroupSpec hook(HookSpec hook) {
        hooks.add(hook);
        return this;
    }

    public GroupSpec tag(String key, String value) {
        tags.put(key, value);
        return this;
    }

    /** A target tracking policy, which acts when {@link Faults#scale} says so. */
    public GroupSpec targetTrackingPolicy(String policyName) {
        policies.add(policyName);
        return this;
    }

    @Override
    public String toString() {
        return name + " " + min + "/" + desired + "/" + max + " in " + zones.size() + " zones, " + source + " "
                + version
                + ", " + targetGroupArns.size() + " target groups, " + classicNames.size() + " classic, "
                + healthCheckType + " " + gracePeriod + ", " + terminationPolicies + ", hooks " + hooks + ", policies "
                + policies + (protectedFromScaleIn ? ", protected" : "");
    }
}
