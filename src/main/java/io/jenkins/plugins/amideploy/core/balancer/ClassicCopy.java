package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancing.model.BackendServerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DuplicateLoadBalancerNameException;
import software.amazon.awssdk.services.elasticloadbalancing.model.DuplicatePolicyNameException;
import software.amazon.awssdk.services.elasticloadbalancing.model.ListenerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyAttribute;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyAttributeDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.Tag;

/**
 * The copy of a Classic Load Balancer, which takes connections as soon as it is made. CreateLoadBalancer is idempotent
 * where the settings are the same (Elastic Load Balancing API Reference, 2012-06-01).
 */
final class ClassicCopy implements BalancerCopy {
    static final String DONE = "copy.classic.done";
    private static final String NAME = "copy.classic.name";
    private static final String DNS_NAME = "copy.classic.dns-name";
    private static final String ZONE = "copy.classic.hosted-zone";
    private static final String REFERENCE = "Reference-Security-Policy";
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final TickContext at;
    private final AwsSession aws;
    private final SavedState saved;
    private final LiveBalancer original;
    private final CopyNames names;

    ClassicCopy(TickContext at, LiveBalancer original) {
        this.at = at;
        this.aws = at.aws();
        this.saved = at.state();
        this.original = original;
        this.names = new CopyNames(at.owner());
    }

    @Override
    public Optional<Tick> make() {
        if (saved.has(ZONE)) {
            return Optional.empty();
        }
        saved.put(BEGUN, "yes");
        ClassicParts parts = ClassicParts.read(aws, original.name());
        Optional<Tick> more = pieces(parts).work();
        return more.isPresent() ? more : shown();
    }

    private Pieces pieces(ClassicParts parts) {
        Pieces pieces = new Pieces(at, DONE);
        LoadBalancerDescription shown = parts.balancer();
        pieces.add("balancer", () -> create(parts));
        pieces.add(
                "health-check",
                () -> aws.elb()
                        .configureHealthCheck(r -> r.loadBalancerName(name()).healthCheck(shown.healthCheck())));
        pieces.add(
                "attributes",
                () -> aws.elb()
                        .modifyLoadBalancerAttributes(
                                r -> r.loadBalancerName(name()).loadBalancerAttributes(parts.attributes())));
        parts.policies().forEach(policy -> pieces.add("policy." + policy.policyName(), () -> policy(policy)));
        for (ListenerDescription listener : shown.listenerDescriptions()) {
            int port = listener.listener().loadBalancerPort();
            if (!listener.policyNames().isEmpty()) {
                pieces.add(
                        "listener." + port,
                        () -> aws.elb()
                                .setLoadBalancerPoliciesOfListener(r -> r.loadBalancerName(name())
                                        .loadBalancerPort(port)
                                        .policyNames(listener.policyNames())));
            }
        }
        for (BackendServerDescription backend : shown.backendServerDescriptions()) {
            pieces.add(
                    "backend." + backend.instancePort(),
                    () -> aws.elb()
                            .setLoadBalancerPoliciesForBackendServer(r -> r.loadBalancerName(name())
                                    .instancePort(backend.instancePort())
                                    .policyNames(backend.policyNames())));
        }
        return pieces;
    }

    private String name() {
        return saved.get(NAME).orElseThrow();
    }

    private void create(ClassicParts parts) {
        LoadBalancerDescription shown = parts.balancer();
        String name = names.of(CopyNames.base(parts.tags(), shown.loadBalancerName()));
        CreateLoadBalancerRequest.Builder request = CreateLoadBalancerRequest.builder()
                .loadBalancerName(name)
                .listeners(shown.listenerDescriptions().stream()
                        .map(ListenerDescription::listener)
                        .toList())
                .securityGroups(shown.securityGroups())
                .scheme("internal".equals(shown.scheme()) ? "internal" : null)
                .tags(tags(names.tags(parts.tags(), shown.loadBalancerName())));
        if (shown.subnets().isEmpty()) {
            request.availabilityZones(shown.availabilityZones());
        } else {
            request.subnets(shown.subnets());
        }
        saved.put(DNS_NAME, created(request.build()));
        saved.put(NAME, name);
        at.save();
        at.say("", original.kind() + " " + name + " made as a copy of " + original.name());
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private String created(CreateLoadBalancerRequest request) {
        try {
            return aws.elb().createLoadBalancer(request).dnsName();
        } catch (DuplicateLoadBalancerNameException e) {
            String name = request.loadBalancerName();
            if (!names.mine(ClassicParts.tags(aws, List.of(name)).getOrDefault(name, Map.of()))) {
                throw new Stop(
                        Trouble.Kind.REFUSED,
                        "There is a load balancer " + name + " already that this deployment did not make. Nothing was"
                                + " done to it; delete it, then deploy again.");
            }
            return LiveBalancer.named(aws, name).orElseThrow(() -> e).dnsName();
        }
    }

    /** The predefined security policy of a secure listener is there from its beginning, under its own name. */
    private void policy(PolicyDescription original) {
        try {
            aws.elb()
                    .createLoadBalancerPolicy(r -> r.loadBalancerName(name())
                            .policyName(original.policyName())
                            .policyTypeName(original.policyTypeName())
                            .policyAttributes(attributes(original)));
        } catch (DuplicatePolicyNameException e) {
            PolicyDescription present = aws.elb()
                    .describeLoadBalancerPolicies(
                            r -> r.loadBalancerName(name()).policyNames(original.policyName()))
                    .policyDescriptions()
                    .get(0);
            if (!attributes(present).equals(attributes(original))) {
                throw e;
            }
        }
    }

    /** What refers to a predefined security policy is described with all that it implies, and taken without. */
    private static List<PolicyAttribute> attributes(PolicyDescription policy) {
        List<PolicyAttributeDescription> all = policy.policyAttributeDescriptions();
        List<PolicyAttributeDescription> reference = all.stream()
                .filter(attribute -> attribute.attributeName().equals(REFERENCE))
                .toList();
        return (reference.isEmpty() ? all : reference)
                .stream()
                        .map(attribute -> PolicyAttribute.builder()
                                .attributeName(attribute.attributeName())
                                .attributeValue(attribute.attributeValue())
                                .build())
                        .toList();
    }

    /** Which hosted zone it is in is known once AWS shows it. */
    private Optional<Tick> shown() {
        try {
            saved.put(
                    ZONE,
                    LiveBalancer.of(aws.elb()
                                    .describeLoadBalancers(r -> r.loadBalancerNames(name()))
                                    .loadBalancerDescriptions()
                                    .get(0))
                            .hostedZoneId());
            at.save();
            return Optional.empty();
        } catch (LoadBalancerNotFoundException e) {
            if (at.settled()) {
                throw new Stop(
                        Trouble.Kind.GROUP_CHANGED, "The load balancer " + name() + " is gone: someone has deleted it");
            }
            return Optional.of(new Tick.LookAgain(at.now().plus(LOOK)));
        }
    }

    @Override
    public Optional<Copied> copied() {
        return saved.get(ZONE)
                .map(zone ->
                        new Copied(original.kind(), name(), "", saved.get(DNS_NAME, ""), zone, Map.of(), Map.of()));
    }

    static void forget(SavedState saved) {
        saved.remove(DONE, NAME, DNS_NAME, ZONE);
    }
}
