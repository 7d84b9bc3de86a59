package io.jenkins.plugins.amideploy.core.simulator;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;

/** Everything that exists, and those who make it move. Guarded by the clock's lock. */
final class World {
    final SimulatedClock clock;
    final Behaviour behaviour;
    final Draws draws;
    final Ids ids;
    final Observers observers;
    final LaunchFaults launchFaults;
    final ImageFaults imageFaults = new ImageFaults();
    final BalancerFaults balancerFaults = new BalancerFaults();
    final ClientTokens tokens = new ClientTokens();
    final Account account;
    final String region;

    final Map<String, SimulatedImage> images = new LinkedHashMap<>();
    final Map<String, SimulatedSnapshot> snapshots = new LinkedHashMap<>();
    final Map<String, SimulatedVolume> volumes = new LinkedHashMap<>();
    final Map<String, SimulatedKeyPair> keyPairs = new LinkedHashMap<>();
    final Map<String, SimulatedSecurityGroup> securityGroups = new LinkedHashMap<>();
    final Map<String, SimulatedTemplate> templates = new LinkedHashMap<>();
    final Map<String, SimulatedInstance> instances = new LinkedHashMap<>();
    final Map<String, SimulatedGroup> groups = new LinkedHashMap<>();
    final Map<String, Created<LaunchConfiguration>> launchConfigurations = new LinkedHashMap<>();
    final Map<String, SimulatedLoadBalancer> loadBalancers = new LinkedHashMap<>();
    final Map<String, SimulatedListener> listeners = new LinkedHashMap<>();
    final Map<String, SimulatedRule> rules = new LinkedHashMap<>();
    final Map<String, SimulatedTargetGroup> targetGroups = new LinkedHashMap<>();
    final Map<String, SimulatedClassic> classics = new LinkedHashMap<>();

    final Map<String, String> parameters = new LinkedHashMap<>();
    final Map<Quota, Integer> quotas = new EnumMap<>(Quota.class);

    final TrafficMetrics traffic;
    final Alarms alarms;

    final Activities activities;
    final Reconciler reconciler;
    final Launcher launcher;
    final Terminator terminator;
    final LifecycleHooks hooks;
    final HealthReplacement health;
    final Rebalancer rebalancer;
    final WarmPools warmPools;

    /** Set where what is modelled is put together: it calls the operations. */
    Stacks stacks;

    /** On whose behalf the world is changing at this moment. */
    Actor actor = Actor.AWS;

    /** A resource whose whole state is the SDK's description of it, and who made it. */
    record Created<T>(T resource, Actor by) {}

    World(Account account, String region) {
        this.account = account;
        this.region = region;
        this.clock = account.clock;
        this.behaviour = account.behaviour;
        long seed = account.seedOf(region);
        draws = new Draws(seed, behaviour);
        ids = new Ids(seed);
        observers = new Observers(clock);
        launchFaults = new LaunchFaults(clock);
        traffic = new TrafficMetrics(this);
        alarms = new Alarms(this);
        activities = new Activities(this);
        reconciler = new Reconciler(this);
        launcher = new Launcher(this);
        terminator = new Terminator(this);
        hooks = new LifecycleHooks(this);
        health = new HealthReplacement(this);
        rebalancer = new Rebalancer(this);
        warmPools = new WarmPools(this);
        actor = Actor.SETUP;
        securityGroups.put(SimulatedSecurityGroup.DEFAULT, SecurityGroupOperations.byDefault(this));
        actor = Actor.AWS;
    }

    SimulatedImage image(String id) {
        SimulatedImage image = images.get(id);
        if (image == null || !image.launchable()) {
            throw new MissingImage(id);
        }
        return image;
    }

    int quota(Quota quota) {
        return quotas.getOrDefault(quota, quota.usual());
    }

    /** A launch template may name its image by a Systems Manager parameter. */
    String resolveImage(String imageId) {
        return imageId != null && imageId.startsWith("resolve:ssm:")
                ? parameters.getOrDefault(imageId.substring("resolve:ssm:".length()), imageId)
                : imageId;
    }

    /** An image that nothing can be launched from, in the words that a failed launch carries. */
    static final class MissingImage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingImage(String id) {
            super("The image id '[" + id + "]' does not exist", null, false, false);
        }
    }
}
