package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateListenerException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * Listeners: Elastic Load Balancing API Reference (2015-12-01), "CreateListener" (which succeeds again with the same
 * settings), "ModifyListener", "DeleteListener", "DescribeListeners" and the attributes of listeners.
 */
final class ListenerOperations {
    private final World world;

    ListenerOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, CreateListenerRequest.class, this::create);
        operations.on(Service.ELB_V2, ModifyListenerRequest.class, this::modify);
        operations.on(Service.ELB_V2, DeleteListenerRequest.class, this::delete);
        operations.on(Service.ELB_V2, DescribeListenersRequest.class, this::describe);
        operations.on(Service.ELB_V2, DescribeListenerAttributesRequest.class, this::attributes);
        operations.on(Service.ELB_V2, ModifyListenerAttributesRequest.class, this::modifyAttributes);
    }

    /** The load balancer's listener on port 80 forwards to this target group, too, with weight 1. */
    static void setUp(World world, SimulatedLoadBalancer balancer, SimulatedTargetGroup group) {
        SimulatedListener listener = balancer.listeners().stream().findFirst().orElseGet(() -> {
            SimulatedListener made = new SimulatedListener(
                    world,
                    balancer,
                    CreateListenerRequest.builder()
                            .loadBalancerArn(balancer.id)
                            .protocol("HTTP")
                            .port(80)
                            .build());
            world.listeners.put(made.id, made);
            return made;
        });
        List<TargetGroupTuple> targets = listener.actions()
                .flatMap(action -> Actions.targets(action).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        targets.add(
                TargetGroupTuple.builder().targetGroupArn(group.arn).weight(1).build());
        listener.settings = listener.settings.toBuilder()
                .defaultActions(Actions.described(
                        world,
                        balancer,
                        List.of(Action.builder()
                                .type("forward")
                                .forwardConfig(forward -> forward.targetGroups(targets))
                                .build())))
                .build();
        group.usedBy(balancer);
    }

    private CreateListenerResponse create(CreateListenerRequest request) {
        SimulatedLoadBalancer balancer = SimulatedLoadBalancer.find(world, request.loadBalancerArn());
        CreateListenerRequest complete = complete(balancer, request);
        Optional<SimulatedListener> present = balancer.listeners().stream()
                .filter(listener -> listener.settings.port().equals(request.port()))
                .findFirst();
        if (present.isPresent()) {
            if (!present.get().settings.equals(complete)) {
                throw new Rejection(
                        DuplicateListenerException.builder(),
                        400,
                        "DuplicateListener",
                        "A listener already exists on this port for this load balancer '" + balancer.id + "'");
            }
            return CreateListenerResponse.builder()
                    .listeners(present.get().describe())
                    .build();
        }
        SimulatedListener listener = new SimulatedListener(world, balancer, complete);
        world.listeners.put(listener.id, listener);
        Actions.changed(world);
        return CreateListenerResponse.builder().listeners(listener.describe()).build();
    }

    private CreateListenerRequest complete(SimulatedLoadBalancer balancer, CreateListenerRequest asked) {
        boolean secure = asked.protocolAsString().equals("HTTPS")
                || asked.protocolAsString().equals("TLS");
        if (secure != (asked.certificates().size() == 1)) {
            throw Service.ELB_V2.rejection(
                    "ValidationError",
                    secure
                            ? "Exactly one certificate must be specified for a listener of protocol '"
                                    + asked.protocolAsString() + "'"
                            : "A certificate cannot be specified for a listener of protocol '"
                                    + asked.protocolAsString() + "'");
        }
        CreateListenerRequest.Builder complete =
                asked.toBuilder().defaultActions(Actions.described(world, balancer, asked.defaultActions()));
        if (secure && asked.sslPolicy() == null) {
            complete.sslPolicy("ELBSecurityPolicy-2016-08");
        }
        if (asked.protocolAsString().equals("HTTPS") && asked.mutualAuthentication() == null) {
            complete.mutualAuthentication(mutual -> mutual.mode("off"));
        }
        return complete.build();
    }

    private ModifyListenerResponse modify(ModifyListenerRequest request) {
        SimulatedListener listener = SimulatedListener.find(world, request.listenerArn());
        CreateListenerRequest changed = complete(
                listener.balancer,
                Pojos.copy(request, listener.settings.toBuilder()).build());
        listener.write(() -> listener.settings = changed);
        Actions.changed(world);
        return ModifyListenerResponse.builder().listeners(listener.describe()).build();
    }

    private DeleteListenerResponse delete(DeleteListenerRequest request) {
        SimulatedListener.find(world, request.listenerArn()).remove();
        return DeleteListenerResponse.builder().build();
    }

    private DescribeListenersResponse describe(DescribeListenersRequest request) {
        List<Listener> found = world.listeners.values().stream()
                .flatMap(listener -> listener.seen().stream())
                .filter(listener -> !request.listenerArns().isEmpty()
                        ? request.listenerArns().contains(listener.listenerArn())
                        : listener.loadBalancerArn().equals(request.loadBalancerArn()))
                .toList();
        if (found.size() < request.listenerArns().size()) {
            throw SimulatedListener.notFound();
        }
        if (request.loadBalancerArn() != null) {
            SimulatedLoadBalancer.find(world, request.loadBalancerArn());
        }
        Pages<Listener> page =
                Pages.of(found, request.marker(), request.pageSize(), 400, TargetGroupOperations.badMarker());
        return DescribeListenersResponse.builder()
                .listeners(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    private DescribeListenerAttributesResponse attributes(DescribeListenerAttributesRequest request) {
        return DescribeListenerAttributesResponse.builder()
                .attributes(list(SimulatedListener.find(world, request.listenerArn()).attributes))
                .build();
    }

    private static List<ListenerAttribute> list(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> ListenerAttribute.builder()
                        .key(attribute.getKey())
                        .value(attribute.getValue())
                        .build())
                .toList();
    }

    private ModifyListenerAttributesResponse modifyAttributes(ModifyListenerAttributesRequest request) {
        SimulatedListener listener = SimulatedListener.find(world, request.listenerArn());
        BalancerAttributes.put(
                listener.attributes,
                request.attributes().stream()
                        .collect(Collectors.toMap(
                                ListenerAttribute::key,
                                ListenerAttribute::value,
                                (one, other) -> other,
                                LinkedHashMap::new)));
        return ModifyListenerAttributesResponse.builder()
                .attributes(list(listener.attributes))
                .build();
    }
}
