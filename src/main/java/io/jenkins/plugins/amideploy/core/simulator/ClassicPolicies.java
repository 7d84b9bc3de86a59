package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancing.model.AppCookieStickinessPolicy;
import software.amazon.awssdk.services.elasticloadbalancing.model.BackendServerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerPolicyRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerPolicyResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancerPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancerPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DuplicatePolicyNameException;
import software.amazon.awssdk.services.elasticloadbalancing.model.LBCookieStickinessPolicy;
import software.amazon.awssdk.services.elasticloadbalancing.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancing.model.Policies;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyAttributeDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancing.model.SetLoadBalancerPoliciesForBackendServerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.SetLoadBalancerPoliciesForBackendServerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.SetLoadBalancerPoliciesOfListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.SetLoadBalancerPoliciesOfListenerResponse;

/**
 * Policies of Classic Load Balancers: Elastic Load Balancing API Reference (2012-06-01), "CreateLoadBalancerPolicy",
 * "DescribeLoadBalancerPolicies", "SetLoadBalancerPoliciesOfListener", "SetLoadBalancerPoliciesForBackendServer". One
 * that refers to a predefined security policy is described with all that this implies.
 */
final class ClassicPolicies {
    private static final String REFERENCE = "Reference-Security-Policy";
    private static final String SSL = "SSLNegotiationPolicyType";

    private final World world;

    ClassicPolicies(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB, CreateLoadBalancerPolicyRequest.class, this::create);
        operations.on(Service.ELB, DescribeLoadBalancerPoliciesRequest.class, this::describe);
        operations.on(Service.ELB, SetLoadBalancerPoliciesOfListenerRequest.class, this::ofListener);
        operations.on(Service.ELB, SetLoadBalancerPoliciesForBackendServerRequest.class, this::ofBackend);
    }

    static PolicyDescription predefined(String name) {
        return PolicyDescription.builder()
                .policyName(name)
                .policyTypeName(SSL)
                .policyAttributeDescriptions(implied(name))
                .build();
    }

    private static List<PolicyAttributeDescription> implied(String predefined) {
        return List.of(
                attribute(REFERENCE, predefined),
                attribute("Protocol-TLSv1.2", "true"),
                attribute("Server-Defined-Cipher-Order", "true"),
                attribute("ECDHE-RSA-AES128-GCM-SHA256", "true"));
    }

    private static PolicyAttributeDescription attribute(String name, String value) {
        return PolicyAttributeDescription.builder()
                .attributeName(name)
                .attributeValue(value)
                .build();
    }

    private CreateLoadBalancerPolicyResponse create(CreateLoadBalancerPolicyRequest request) {
        SimulatedClassic balancer = ClassicOperations.find(world, request.loadBalancerName());
        if (balancer.policies.containsKey(request.policyName())) {
            throw new Rejection(
                    DuplicatePolicyNameException.builder(),
                    400,
                    "DuplicatePolicyName",
                    "Policy Name already exists: " + request.policyName());
        }
        List<PolicyAttributeDescription> attributes = new ArrayList<>();
        request.policyAttributes().forEach(asked -> {
            if (asked.attributeName().equals(REFERENCE)) {
                if (request.policyAttributes().size() > 1) {
                    throw Service.ELB.rejection(
                            "InvalidConfigurationRequest",
                            "A reference to a security policy cannot be combined with other attributes");
                }
                attributes.addAll(implied(asked.attributeValue()));
            } else {
                attributes.add(attribute(asked.attributeName(), asked.attributeValue()));
            }
        });
        PolicyDescription policy = PolicyDescription.builder()
                .policyName(request.policyName())
                .policyTypeName(request.policyTypeName())
                .policyAttributeDescriptions(attributes)
                .build();
        balancer.resource.write(() -> balancer.policies.put(policy.policyName(), policy));
        return CreateLoadBalancerPolicyResponse.builder().build();
    }

    private DescribeLoadBalancerPoliciesResponse describe(DescribeLoadBalancerPoliciesRequest request) {
        SimulatedClassic balancer = ClassicOperations.find(world, request.loadBalancerName());
        check(balancer, request.policyNames());
        return DescribeLoadBalancerPoliciesResponse.builder()
                .policyDescriptions(balancer.policies.values().stream()
                        .filter(policy -> request.policyNames().isEmpty()
                                || request.policyNames().contains(policy.policyName()))
                        .toList())
                .build();
    }

    private static void check(SimulatedClassic balancer, List<String> names) {
        for (String name : names) {
            if (!balancer.policies.containsKey(name)) {
                throw new Rejection(
                        PolicyNotFoundException.builder(),
                        400,
                        "PolicyNotFound",
                        "There is no policy with name " + name + " for load balancer " + balancer.name);
            }
        }
    }

    private SetLoadBalancerPoliciesOfListenerResponse ofListener(SetLoadBalancerPoliciesOfListenerRequest request) {
        SimulatedClassic balancer = ClassicOperations.find(world, request.loadBalancerName());
        check(balancer, request.policyNames());
        SimulatedClassic.ClassicListener listener = balancer.listeners.get(request.loadBalancerPort());
        if (listener == null) {
            throw new Rejection(
                    ListenerNotFoundException.builder(),
                    400,
                    "ListenerNotFound",
                    "Could not find listener for port " + request.loadBalancerPort());
        }
        balancer.resource.write(() -> {
            listener.policies.clear();
            listener.policies.addAll(request.policyNames());
        });
        return SetLoadBalancerPoliciesOfListenerResponse.builder().build();
    }

    private SetLoadBalancerPoliciesForBackendServerResponse ofBackend(
            SetLoadBalancerPoliciesForBackendServerRequest request) {
        SimulatedClassic balancer = ClassicOperations.find(world, request.loadBalancerName());
        check(balancer, request.policyNames());
        balancer.resource.write(() -> {
            if (request.policyNames().isEmpty()) {
                balancer.backends.remove(request.instancePort());
            } else {
                balancer.backends.put(request.instancePort(), request.policyNames());
            }
        });
        return SetLoadBalancerPoliciesForBackendServerResponse.builder().build();
    }

    static List<BackendServerDescription> backends(SimulatedClassic balancer) {
        return balancer.backends.entrySet().stream()
                .map(backend -> BackendServerDescription.builder()
                        .instancePort(backend.getKey())
                        .policyNames(backend.getValue())
                        .build())
                .toList();
    }

    /** The policies as the description of a load balancer lists them. */
    static Policies overview(Collection<PolicyDescription> policies) {
        return Policies.builder()
                .lbCookieStickinessPolicies(of(policies, "LBCookieStickinessPolicyType").stream()
                        .map(policy -> LBCookieStickinessPolicy.builder()
                                .policyName(policy.policyName())
                                .cookieExpirationPeriod(Long.valueOf(value(policy)))
                                .build())
                        .toList())
                .appCookieStickinessPolicies(of(policies, "AppCookieStickinessPolicyType").stream()
                        .map(policy -> AppCookieStickinessPolicy.builder()
                                .policyName(policy.policyName())
                                .cookieName(value(policy))
                                .build())
                        .toList())
                .otherPolicies(policies.stream()
                        .filter(policy -> !policy.policyTypeName().contains("CookieStickiness"))
                        .map(PolicyDescription::policyName)
                        .toList())
                .build();
    }

    private static List<PolicyDescription> of(Collection<PolicyDescription> policies, String type) {
        return policies.stream()
                .filter(policy -> policy.policyTypeName().equals(type))
                .toList();
    }

    private static String value(PolicyDescription policy) {
        return policy.policyAttributeDescriptions().get(0).attributeValue();
    }
}
