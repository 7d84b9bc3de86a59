package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancing.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DuplicateLoadBalancerNameException;
import software.amazon.awssdk.services.elasticloadbalancing.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancing.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.TagKeyOnly;
import software.amazon.awssdk.services.elasticloadbalancing.model.TooManyLoadBalancersException;

/**
 * Classic Load Balancers come and go, and their tags: Elastic Load Balancing API Reference (2012-06-01),
 * "CreateLoadBalancer" (which succeeds again with the same settings), "DeleteLoadBalancer" (which succeeds where there is
 * none), "DescribeTags" (at most twenty load balancers in a call).
 */
final class ClassicCreation {
    private final World world;

    ClassicCreation(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB, CreateLoadBalancerRequest.class, this::create);
        operations.on(Service.ELB, DeleteLoadBalancerRequest.class, this::delete);
        operations.on(Service.ELB, DescribeTagsRequest.class, this::tags);
        operations.on(Service.ELB, AddTagsRequest.class, this::addTags);
        operations.on(Service.ELB, RemoveTagsRequest.class, this::removeTags);
    }

    static CreateLoadBalancerRequest complete(CreateLoadBalancerRequest asked) {
        CreateLoadBalancerRequest.Builder complete = asked.toBuilder()
                .scheme(asked.scheme() == null ? "internet-facing" : asked.scheme())
                .listeners(asked.listeners().stream()
                        .map(ClassicListeners::complete)
                        .toList());
        if (asked.securityGroups().isEmpty()) {
            complete.securityGroups(SimulatedSecurityGroup.DEFAULT);
        }
        return complete.build();
    }

    private CreateLoadBalancerResponse create(CreateLoadBalancerRequest request) {
        Members.only(request, "LoadBalancerName", "Listeners", "Subnets", "SecurityGroups", "Scheme", "Tags");
        BalancerNames.check(request.loadBalancerName(), "Load balancer");
        CreateLoadBalancerRequest complete = complete(request);
        SimulatedClassic present = world.classics.get(request.loadBalancerName());
        if (present != null) {
            if (!present.createdWith(complete)) {
                throw new Rejection(
                        DuplicateLoadBalancerNameException.builder(),
                        400,
                        "DuplicateLoadBalancerName",
                        "Load Balancer named '" + request.loadBalancerName()
                                + "' already exists and it is configured with different parameters.");
            }
            return created(present);
        }
        if (world.classics.size() >= world.quota(Quota.CLASSIC_LOAD_BALANCERS)) {
            throw new Rejection(
                    TooManyLoadBalancersException.builder(),
                    400,
                    "TooManyLoadBalancers",
                    "Exceeded quota of account " + Service.ACCOUNT);
        }
        SimulatedClassic balancer = new SimulatedClassic(world, complete);
        world.classics.put(balancer.name, balancer);
        return created(balancer);
    }

    private static CreateLoadBalancerResponse created(SimulatedClassic balancer) {
        return CreateLoadBalancerResponse.builder().dnsName(balancer.dnsName()).build();
    }

    private DeleteLoadBalancerResponse delete(DeleteLoadBalancerRequest request) {
        SimulatedClassic balancer = world.classics.remove(request.loadBalancerName());
        if (balancer != null) {
            balancer.resource.delete();
            List.copyOf(balancer.registrations.values()).forEach(Registration::gone);
        }
        return DeleteLoadBalancerResponse.builder().build();
    }

    private DescribeTagsResponse tags(DescribeTagsRequest request) {
        return DescribeTagsResponse.builder()
                .tagDescriptions(request.loadBalancerNames().stream()
                        .map(name -> ClassicOperations.find(world, name))
                        .map(balancer -> TagDescription.builder()
                                .loadBalancerName(balancer.name)
                                .tags(balancer.resource.tags.entrySet().stream()
                                        .map(tag -> Tag.builder()
                                                .key(tag.getKey())
                                                .value(tag.getValue())
                                                .build())
                                        .toList())
                                .build())
                        .toList())
                .build();
    }

    private AddTagsResponse addTags(AddTagsRequest request) {
        request.loadBalancerNames()
                .forEach(name -> request.tags()
                        .forEach(tag -> ClassicOperations.find(world, name)
                                .resource
                                .tags
                                .put(tag.key(), tag.value())));
        return AddTagsResponse.builder().build();
    }

    private RemoveTagsResponse removeTags(RemoveTagsRequest request) {
        request.loadBalancerNames()
                .forEach(name -> ClassicOperations.find(world, name)
                        .resource
                        .tags
                        .keySet()
                        .removeAll(request.tags().stream().map(TagKeyOnly::key).toList()));
        return RemoveTagsResponse.builder().build();
    }
}
