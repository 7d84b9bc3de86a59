package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Likeness;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateLoadBalancerNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;

/**
 * The copy of an Application or Network Load Balancer: target groups first, then the balancer, whose provisioning takes
 * minutes, then its listeners and rules meanwhile. Creating is idempotent but for rules (Elastic Load Balancing API
 * Reference, "CreateLoadBalancer").
 */
final class ElbCopy implements BalancerCopy {
    static final String DONE = "copy.done";
    private static final String ARN = "copy.arn";
    private static final String NAME = "copy.name";
    private static final String DNS_NAME = "copy.dns-name";
    private static final String ZONE = "copy.hosted-zone";
    private static final String COMPLETE = "copy.complete";
    private static final String ACTIVE = "copy.active";
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final TickContext at;
    private final AwsSession aws;
    private final SavedState saved;
    private final LiveBalancer original;
    private final CopyNames names;

    ElbCopy(TickContext at, LiveBalancer original) {
        this.at = at;
        this.aws = at.aws();
        this.saved = at.state();
        this.original = original;
        this.names = new CopyNames(at.owner());
    }

    @Override
    public Optional<Tick> make() {
        if (saved.has(ACTIVE)) {
            return Optional.empty();
        }
        if (!saved.has(COMPLETE)) {
            saved.put(BEGUN, "yes");
            BalancerParts parts = BalancerParts.read(aws, original.arn());
            Optional<Tick> more = pieces(parts).work();
            if (more.isPresent()) {
                return more;
            }
            saved.put(COMPLETE, "yes");
            at.save();
        }
        return active();
    }

    private Pieces pieces(BalancerParts parts) {
        Pieces pieces = new Pieces(at, DONE);
        TargetGroupCopies targetGroups = new TargetGroupCopies(at);
        targetGroups.add(pieces, parts.targetGroups(), parts.tags());
        pieces.add("balancer", () -> create(parts));
        pieces.add("balancer.attributes", () -> attributes(parts));
        if ("off".equals(parts.balancer().enforceSecurityGroupInboundRulesOnPrivateLinkTraffic())) {
            pieces.add("balancer.private-link", () -> privateLink(parts));
        }
        new ListenerCopies(at, names).add(pieces, parts, this::arn);
        return pieces;
    }

    private String arn() {
        return saved.get(ARN).orElseThrow();
    }

    private void create(BalancerParts parts) {
        LoadBalancer shown = parts.balancer();
        Map<String, String> tags = parts.tags().getOrDefault(shown.loadBalancerArn(), Map.of());
        CreateLoadBalancerRequest request = Likeness.exact()
                .copy(shown, CreateLoadBalancerRequest.builder())
                .name(names.of(CopyNames.base(tags, shown.loadBalancerName())))
                .subnets(shown.availabilityZones().stream()
                        .map(AvailabilityZone::subnetId)
                        .toList())
                .tags(ElbTags.list(names.tags(tags, shown.loadBalancerName())))
                .build();
        LoadBalancer made = created(request);
        saved.put(ARN, made.loadBalancerArn());
        saved.put(NAME, made.loadBalancerName());
        saved.put(DNS_NAME, made.dnsName());
        saved.put(ZONE, made.canonicalHostedZoneId());
        at.save();
        at.say(
                "",
                original.kind() + " " + made.loadBalancerName() + " made as a copy of " + original.name()
                        + "; AWS provisions it");
    }

    private LoadBalancer created(CreateLoadBalancerRequest request) {
        try {
            return aws.elbv2().createLoadBalancer(request).loadBalancers().get(0);
        } catch (DuplicateLoadBalancerNameException e) {
            LoadBalancer present = aws.elbv2()
                    .describeLoadBalancers(r -> r.names(request.name()))
                    .loadBalancers()
                    .get(0);
            ElbTags.requireMine(aws, names, present.loadBalancerArn(), "load balancer " + request.name());
            return present;
        }
    }

    private void attributes(BalancerParts parts) {
        List<LoadBalancerAttribute> changes =
                Differences.between(parts.attributes(), BalancerParts.attributes(aws, arn())).entrySet().stream()
                        .map(change -> LoadBalancerAttribute.builder()
                                .key(change.getKey())
                                .value(change.getValue())
                                .build())
                        .toList();
        if (!changes.isEmpty()) {
            aws.elbv2()
                    .modifyLoadBalancerAttributes(r -> r.loadBalancerArn(arn()).attributes(changes));
        }
    }

    private void privateLink(BalancerParts parts) {
        aws.elbv2()
                .setSecurityGroups(r -> r.loadBalancerArn(arn())
                        .securityGroups(parts.balancer().securityGroups())
                        .enforceSecurityGroupInboundRulesOnPrivateLinkTraffic("off"));
    }

    private Optional<Tick> active() {
        LoadBalancerState state = state();
        if (state.code() == LoadBalancerStateEnum.FAILED) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "AWS could not provision the load balancer " + saved.get(NAME, "") + ": " + state.reason());
        }
        if (state.code() == LoadBalancerStateEnum.PROVISIONING) {
            return Optional.of(new Tick.LookAgain(at.now().plus(LOOK)));
        }
        saved.put(ACTIVE, "yes");
        at.save();
        return Optional.empty();
    }

    /** One that AWS does not show yet is being provisioned. */
    private LoadBalancerState state() {
        try {
            return aws.elbv2()
                    .describeLoadBalancers(r -> r.loadBalancerArns(arn()))
                    .loadBalancers()
                    .get(0)
                    .state();
        } catch (LoadBalancerNotFoundException e) {
            if (at.settled()) {
                throw new Stop(
                        Trouble.Kind.GROUP_CHANGED,
                        "The load balancer " + saved.get(NAME, "") + " is gone: someone has deleted it");
            }
            return LoadBalancerState.builder()
                    .code(LoadBalancerStateEnum.PROVISIONING)
                    .build();
        }
    }

    @Override
    public Optional<Copied> copied() {
        return !saved.has(ACTIVE)
                ? Optional.empty()
                : Optional.of(new Copied(
                        original.kind(),
                        saved.get(NAME, ""),
                        arn(),
                        saved.get(DNS_NAME, ""),
                        saved.get(ZONE, ""),
                        new TargetGroupCopies(at).copies(),
                        ListenerCopies.copies(saved)));
    }

    static void forget(SavedState saved) {
        saved.remove(DONE, ARN, NAME, DNS_NAME, ZONE, COMPLETE, ACTIVE, BEGUN);
        TargetGroupCopies.forget(saved);
        ListenerCopies.forget(saved);
    }
}
