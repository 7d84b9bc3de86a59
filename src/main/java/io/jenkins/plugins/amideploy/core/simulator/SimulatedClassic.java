package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.HealthCheck;
import software.amazon.awssdk.services.elasticloadbalancing.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancing.model.ListenerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerAttributes;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.Policies;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyDescription;

/** A Classic Load Balancer. */
final class SimulatedClassic extends Balancer {
    final Resource<LoadBalancerDescription> resource;
    final Map<Integer, ClassicListener> listeners = new TreeMap<>();
    final Map<String, PolicyDescription> policies = new LinkedHashMap<>();
    /** Names of policies by the port of the instances. */
    final Map<Integer, List<String>> backends = new TreeMap<>();

    final Set<String> subnets = new LinkedHashSet<>();
    List<String> securityGroups;
    HealthCheck healthCheck;
    LoadBalancerAttributes attributes;
    private final CreateLoadBalancerRequest settings;
    private final World world;

    /** A listener with the names of its policies. */
    static final class ClassicListener {
        final List<String> policies = new ArrayList<>();
        Listener listener;

        ClassicListener(Listener listener) {
            this.listener = listener;
        }
    }

    SimulatedClassic(World world, CreateLoadBalancerRequest settings) {
        super(world, settings.loadBalancerName(), BalancerCheck.every(Duration.ofSeconds(30)), Duration.ZERO);
        this.world = world;
        this.settings = settings;
        this.resource = new Resource<>(world, settings.loadBalancerName()) {
            @Override
            LoadBalancerDescription describe() {
                return SimulatedClassic.this.describe();
            }
        };
        subnets.addAll(settings.subnets());
        securityGroups = settings.securityGroups();
        check(ClassicSettings.usualCheck(settings.listeners().get(0)));
        attributes(ClassicSettings.usualAttributes());
        settings.listeners().forEach(listener -> ClassicListeners.add(this, listener));
        settings.tags().forEach(tag -> resource.tags.put(tag.key(), tag.value()));
    }

    SimulatedClassic(World world, ClassicLoadBalancerSpec spec) {
        this(world, ClassicSettings.of(world, spec));
        check(healthCheck.toBuilder()
                .interval((int) spec.check().interval().toSeconds())
                .healthyThreshold(spec.check().healthy())
                .unhealthyThreshold(spec.check().unhealthy())
                .build());
        attributes(attributes.toBuilder()
                .connectionDraining(
                        draining -> draining.enabled(!spec.connectionDraining().isZero())
                                .timeout((int) spec.connectionDraining().toSeconds()))
                .build());
    }

    /** Whether it was created with exactly that. */
    boolean createdWith(CreateLoadBalancerRequest request) {
        return settings.equals(request);
    }

    void check(HealthCheck next) {
        healthCheck = next;
        check = new BalancerCheck(
                Duration.ofSeconds(next.interval()), next.healthyThreshold(), next.unhealthyThreshold());
        registrations.values().forEach(Registration::reschedule);
    }

    void attributes(LoadBalancerAttributes next) {
        attributes = next;
        deregistrationDelay = next.connectionDraining().enabled()
                ? Duration.ofSeconds(next.connectionDraining().timeout())
                : Duration.ZERO;
    }

    String dnsName() {
        String number = Long.toString(Integer.toUnsignedLong((name + resource.created).hashCode()) + 1_000_000_000L);
        return ("internal".equals(settings.scheme()) ? "internal-" : "") + name + "-" + number + "." + world.region
                + ".elb.amazonaws.com";
    }

    List<Instance> instances() {
        return registrations.values().stream()
                .filter(registration -> !registration.draining())
                .map(registration ->
                        Instance.builder().instanceId(registration.instance.id).build())
                .toList();
    }

    /** What an account may see of it; its instances are seen at once. */
    Optional<LoadBalancerDescription> shown() {
        return resource.seen()
                .map(shown -> shown.toBuilder().instances(instances()).build());
    }

    private LoadBalancerDescription describe() {
        return LoadBalancerDescription.builder()
                .loadBalancerName(name)
                .dnsName(dnsName())
                .canonicalHostedZoneName(dnsName())
                .canonicalHostedZoneNameID("Z32O12XQLNTSW2")
                .createdTime(resource.created)
                .scheme(settings.scheme())
                .vpcId(Subnets.VPC)
                .subnets(subnets)
                .availabilityZones(subnets.stream()
                        .map(subnet -> Subnets.zoneOf(world.region, subnet).orElseThrow())
                        .toList())
                .securityGroups(securityGroups)
                .listenerDescriptions(listeners.values().stream()
                        .map(listener -> ListenerDescription.builder()
                                .listener(listener.listener)
                                .policyNames(listener.policies)
                                .build())
                        .toList())
                .policies(policies())
                .backendServerDescriptions(ClassicPolicies.backends(this))
                .healthCheck(healthCheck)
                .build();
    }

    private Policies policies() {
        return ClassicPolicies.overview(policies.values());
    }

    /** A new instance is out of service until it has passed the threshold: Classic Load Balancers, "Health checks". */
    @Override
    int initialChecks() {
        return check.healthy();
    }

    @Override
    boolean inUse() {
        return resource.exists();
    }

    @Override
    boolean full() {
        return registrations.size() >= world.quota(Quota.INSTANCES_PER_CLASSIC_LOAD_BALANCER);
    }

    @Override
    String identifier() {
        return name;
    }

    @Override
    String trafficSourceType() {
        return "elb";
    }
}
