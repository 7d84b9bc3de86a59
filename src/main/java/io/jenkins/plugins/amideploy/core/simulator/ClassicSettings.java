package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancing.model.AdditionalAttribute;
import software.amazon.awssdk.services.elasticloadbalancing.model.ApplySecurityGroupsToLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.ApplySecurityGroupsToLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.AttachLoadBalancerToSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.AttachLoadBalancerToSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.ConfigureHealthCheckRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.ConfigureHealthCheckResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DetachLoadBalancerFromSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DetachLoadBalancerFromSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.HealthCheck;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerAttributes;
import software.amazon.awssdk.services.elasticloadbalancing.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.ModifyLoadBalancerAttributesResponse;

/**
 * What a Classic Load Balancer is set to: Elastic Load Balancing API Reference (2012-06-01), "ConfigureHealthCheck",
 * "ModifyLoadBalancerAttributes" and "LoadBalancerAttributes"; Classic Load Balancers, "Configure health checks".
 */
final class ClassicSettings {
    private final World world;

    ClassicSettings(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB, ConfigureHealthCheckRequest.class, this::healthCheck);
        operations.on(Service.ELB, DescribeLoadBalancerAttributesRequest.class, this::attributes);
        operations.on(Service.ELB, ModifyLoadBalancerAttributesRequest.class, this::modify);
        operations.on(Service.ELB, ApplySecurityGroupsToLoadBalancerRequest.class, this::securityGroups);
        operations.on(Service.ELB, AttachLoadBalancerToSubnetsRequest.class, this::attach);
        operations.on(Service.ELB, DetachLoadBalancerFromSubnetsRequest.class, this::detach);
    }

    static CreateLoadBalancerRequest of(World world, ClassicLoadBalancerSpec spec) {
        return ClassicCreation.complete(CreateLoadBalancerRequest.builder()
                .loadBalancerName(spec.name())
                .listeners(Listener.builder()
                        .protocol("HTTP")
                        .loadBalancerPort(80)
                        .instanceProtocol("HTTP")
                        .instancePort(80)
                        .build())
                .subnets(Stream.of("a", "b", "c")
                        .map(zone -> Subnets.of(world.region + zone))
                        .toList())
                .build());
    }

    static HealthCheck usualCheck(Listener first) {
        boolean web = "HTTP".equals(first.instanceProtocol());
        return HealthCheck.builder()
                .target((web ? "HTTP:" : "TCP:") + first.instancePort() + (web ? "/" : ""))
                .interval(30)
                .timeout(5)
                .healthyThreshold(10)
                .unhealthyThreshold(2)
                .build();
    }

    static LoadBalancerAttributes usualAttributes() {
        return LoadBalancerAttributes.builder()
                .crossZoneLoadBalancing(cross -> cross.enabled(false))
                .accessLog(log -> log.enabled(false))
                .connectionDraining(draining -> draining.enabled(false).timeout(300))
                .connectionSettings(settings -> settings.idleTimeout(60))
                .additionalAttributes(AdditionalAttribute.builder()
                        .key("elb.http.desyncmitigationmode")
                        .value("defensive")
                        .build())
                .build();
    }

    private SimulatedClassic find(String name) {
        return ClassicOperations.find(world, name);
    }

    private ConfigureHealthCheckResponse healthCheck(ConfigureHealthCheckRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        balancer.resource.write(() -> balancer.check(request.healthCheck()));
        return ConfigureHealthCheckResponse.builder()
                .healthCheck(request.healthCheck())
                .build();
    }

    private DescribeLoadBalancerAttributesResponse attributes(DescribeLoadBalancerAttributesRequest request) {
        return DescribeLoadBalancerAttributesResponse.builder()
                .loadBalancerAttributes(find(request.loadBalancerName()).attributes)
                .build();
    }

    private ModifyLoadBalancerAttributesResponse modify(ModifyLoadBalancerAttributesRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        LoadBalancerAttributes changes = request.loadBalancerAttributes();
        if (changes.accessLog() != null
                && changes.accessLog().enabled()
                && changes.accessLog().s3BucketName() == null) {
            throw Service.ELB.rejection("InvalidConfigurationRequest", "A bucket must be named for access logs");
        }
        Map<String, AdditionalAttribute> additional = new LinkedHashMap<>();
        balancer.attributes.additionalAttributes().forEach(attribute -> additional.put(attribute.key(), attribute));
        changes.additionalAttributes().forEach(attribute -> additional.put(attribute.key(), attribute));
        balancer.attributes(Pojos.copy(changes, balancer.attributes.toBuilder())
                .additionalAttributes(additional.values())
                .build());
        return ModifyLoadBalancerAttributesResponse.builder()
                .loadBalancerName(balancer.name)
                .loadBalancerAttributes(balancer.attributes)
                .build();
    }

    private ApplySecurityGroupsToLoadBalancerResponse securityGroups(ApplySecurityGroupsToLoadBalancerRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        balancer.resource.write(() -> balancer.securityGroups = request.securityGroups());
        return ApplySecurityGroupsToLoadBalancerResponse.builder()
                .securityGroups(balancer.securityGroups)
                .build();
    }

    private AttachLoadBalancerToSubnetsResponse attach(AttachLoadBalancerToSubnetsRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        balancer.resource.write(() -> balancer.subnets.addAll(request.subnets()));
        return AttachLoadBalancerToSubnetsResponse.builder()
                .subnets(balancer.subnets)
                .build();
    }

    private DetachLoadBalancerFromSubnetsResponse detach(DetachLoadBalancerFromSubnetsRequest request) {
        SimulatedClassic balancer = find(request.loadBalancerName());
        balancer.resource.write(() -> balancer.subnets.removeAll(request.subnets()));
        return DetachLoadBalancerFromSubnetsResponse.builder()
                .subnets(balancer.subnets)
                .build();
    }
}
