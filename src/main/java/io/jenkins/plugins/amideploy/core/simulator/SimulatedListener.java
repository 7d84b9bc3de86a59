package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** A listener of a load balancer, with its default action. Its id is its ARN. */
final class SimulatedListener extends Resource<Listener> {
    final SimulatedLoadBalancer balancer;
    /** Those beside the default one, of which there may be several (SNI). */
    final Set<String> certificates = new LinkedHashSet<>();

    final Map<String, String> attributes;
    /** What it was created with, with whatever was changed since; actions as AWS describes them. */
    CreateListenerRequest settings;

    SimulatedListener(World world, SimulatedLoadBalancer balancer, CreateListenerRequest settings) {
        super(world, Service.ELB_V2.arn(world.region, "listener/" + balancer.path + "/" + world.ids.hex()));
        this.balancer = balancer;
        this.settings = settings;
        this.attributes = BalancerAttributes.ofListener(settings.protocolAsString());
        BalancerTags.put(tags, settings.tags());
    }

    static SimulatedListener find(World world, String arn) {
        SimulatedListener listener = world.listeners.get(arn);
        if (listener == null || !listener.exists()) {
            throw notFound();
        }
        return listener;
    }

    static Rejection notFound() {
        return new Rejection(
                ListenerNotFoundException.builder(), 400, "ListenerNotFound", "One or more listeners not found");
    }

    /** In the order in which they are tried, without the default one. */
    List<SimulatedRule> rules() {
        return world.rules.values().stream()
                .filter(rule -> rule.exists() && rule.listener == this)
                .sorted(Comparator.comparingInt(rule -> rule.priority))
                .toList();
    }

    /** Every action, that of each rule and the default one. */
    Stream<Action> actions() {
        return Stream.concat(
                settings.defaultActions().stream(), rules().stream().flatMap(rule -> rule.actions.stream()));
    }

    List<TargetGroupTuple> forwarding(String host, String path) {
        List<Action> actions = rules().stream()
                .filter(rule -> rule.applies(host, path))
                .findFirst()
                .map(rule -> rule.actions)
                .orElse(settings.defaultActions());
        return actions.stream()
                .flatMap(action -> Actions.targets(action).stream())
                .toList();
    }

    /** The ARN of the rule that applies where no other does. */
    String defaultRule() {
        return id.replace(":listener/", ":listener-rule/") + "/" + id.substring(id.lastIndexOf('/') + 1);
    }

    @Override
    Listener describe() {
        return Pojos.copy(settings, Listener.builder())
                .listenerArn(id)
                .loadBalancerArn(balancer.id)
                .certificates(settings.certificates().stream()
                        .map(certificate -> Certificate.builder()
                                .certificateArn(certificate.certificateArn())
                                .build())
                        .toList())
                .build();
    }

    void remove() {
        rules().forEach(SimulatedRule::delete);
        delete();
        Actions.changed(world);
    }
}
