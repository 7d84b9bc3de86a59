package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.autoscaling.model.NotificationConfiguration;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolConfiguration;

/** The state of an Auto Scaling group; what makes it change is in the operations and in those who act for the group. */
final class SimulatedGroup {
    final String name;
    final String arn;
    final Actor by;
    final Instant created;
    final Lag<AutoScalingGroup> lag;
    final Lag<List<LifecycleHook>> hooksLag;
    final Lag<WarmPoolConfiguration> poolLag;
    final GroupWatch watch;
    final Map<String, SimulatedInstance> instances = new LinkedHashMap<>();
    final Map<String, TagDescription> tags = new TreeMap<>();
    final Map<String, String> suspended = new TreeMap<>();
    final Map<String, LifecycleHook> hooks = new LinkedHashMap<>();
    final Map<String, HookSpec> hookSpecs = new HashMap<>();
    final Listed<ScalingPolicy> policies;
    final Listed<ScheduledUpdateGroupAction> scheduled;
    final Listed<List<NotificationConfiguration>> notifications;
    final Set<String> metrics = new TreeSet<>();
    final Deque<SimulatedActivity> activities = new ArrayDeque<>();
    final List<InstanceRefresh> refreshes = new ArrayList<>();
    final List<Attachment> attachments = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final Map<String, Instant> refusedUntil = new HashMap<>();

    int min;
    int max;
    int desired;
    List<String> zones = List.of();
    List<String> subnets = List.of();
    LaunchTemplateSpecification template;
    String launchConfigurationName;
    MixedInstancesPolicy mixed;
    String healthCheckType = "EC2";
    int gracePeriod;
    int cooldown = 300;
    Integer warmup;
    Integer maxInstanceLifetime;
    InstanceMaintenancePolicy maintenance;
    boolean capacityRebalance;
    List<String> terminationPolicies = List.of("Default");
    boolean newInstancesProtected;
    /** Those attributes that nothing in the simulated world depends on, as they are described. */
    AutoScalingGroup kept = GroupSettings.KEPT_BY_DEFAULT;

    /** Null for none. */
    WarmPool pool;

    boolean deleting;
    int launches;
    int failures;
    Instant retryAt = Instant.MIN;
    int rebalanceExtra;
    boolean rebalancing;
    int unhealthyReplacements;
    Event reconcile;
    Event retry;
    Event rebalance;

    SimulatedGroup(World world, String name) {
        this.name = name;
        this.by = world.actor;
        this.created = world.clock.now();
        this.arn = Service.AUTO_SCALING.arn(
                world.region, "autoScalingGroup:" + world.ids.uuid() + ":autoScalingGroupName/" + name);
        this.lag = new Lag<>(world);
        this.hooksLag = new Lag<>(world, "consistency of hooks");
        this.poolLag = new Lag<>(world, "consistency of warm pools");
        this.policies = new Listed<>(world, "policies");
        this.scheduled = new Listed<>(world, "scheduled actions");
        this.notifications = new Listed<>(world, "notifications");
        this.watch = new GroupWatch(world.clock);
    }

    boolean empty() {
        return instances.isEmpty() && (pool == null || pool.instances.isEmpty());
    }

    boolean runs(String process) {
        return !suspended.containsKey(process);
    }

    int capacity() {
        int capacity = 0;
        for (SimulatedInstance instance : instances.values()) {
            if (instance.counts()) {
                capacity += instance.weight;
            }
        }
        return capacity;
    }

    Collection<Balancer> balancers() {
        List<Balancer> attached = new ArrayList<>(attachments.size());
        for (Attachment attachment : attachments) {
            if (!attachment.removing) {
                attached.add(attachment.balancer);
            }
        }
        return attached;
    }

    Stream<SimulatedInstance> counting() {
        return instances.values().stream().filter(SimulatedInstance::counts);
    }

    Stream<SimulatedInstance> in(LifecycleState state) {
        return instances.values().stream().filter(instance -> instance.lifecycle() == state);
    }

    /** How many counting instances each of the group's zones has. */
    Map<String, Integer> spread() {
        Map<String, Integer> spread = new LinkedHashMap<>();
        zones.forEach(zone -> spread.put(zone, 0));
        counting().forEach(instance -> spread.merge(instance.zone, 1, Integer::sum));
        return spread;
    }

    void add(SimulatedInstance instance) {
        instance.group = this;
        instances.put(instance.id, instance);
        watch.instances(1);
    }

    /** Puts off nothing any longer: what made launches fail may have been changed. */
    void forgetFailures() {
        failures = 0;
        retryAt = Instant.MIN;
        refusedUntil.clear();
    }

    /** A write of a caller is about to change what a Describe shows. */
    void beforeWrite() {
        lag.beforeWrite(() -> GroupView.of(this));
    }
}
