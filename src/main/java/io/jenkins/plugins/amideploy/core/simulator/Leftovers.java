package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists the world. */
final class Leftovers {
    private final List<Leftover> found = new ArrayList<>();

    private final World world;

    private Leftovers(World world) {
        this.world = world;
    }

    static List<Leftover> of(World world) {
        Leftovers all = new Leftovers(world);
        world.images.values().stream()
                .filter(image -> image.deregistered == null)
                .forEach(image -> all.add("image", image.id, image.by, image.created));
        all.resources("snapshot", world.snapshots);
        all.resources("volume", world.volumes);
        all.resources("key-pair", world.keyPairs);
        all.resources("security-group", world.securityGroups);
        world.templates.values().forEach(all::template);
        world.launchConfigurations.forEach((name, configuration) -> all.add(
                "launch-configuration",
                name,
                configuration.by(),
                configuration.resource().createdTime()));
        world.groups.values().forEach(group -> all.add("auto-scaling-group", group.name, group.by, group.created));
        world.groups.values().forEach(all::belongings);
        world.alarms.listed.forEach((name, alarm) -> all.add("alarm", name, alarm.by(), alarm.since()));
        world.targetGroups.values().stream()
                .map(group -> group.resource)
                .filter(Resource::exists)
                .forEach(group -> all.add("target-group", group.id, group.by, group.created));
        world.classics.values().stream()
                .map(balancer -> balancer.resource)
                .forEach(balancer -> all.add("load-balancer", balancer.id, balancer.by, balancer.created));
        all.resources("load-balancer", world.loadBalancers);
        all.resources("listener", world.listeners);
        all.resources("listener-rule", world.rules);
        world.instances.values().stream()
                .filter(instance -> !instance.ending())
                .forEach(instance -> all.found.add(
                        new Leftover("instance", instance.id, world.region, instance.creator, instance.launched)));
        return List.copyOf(all.found);
    }

    private void belongings(SimulatedGroup group) {
        if (group.pool != null) {
            add("warm-pool", group.name, group.pool.by, group.pool.created);
        }
        belongings("scaling-policy", group, group.policies);
        belongings("scheduled-action", group, group.scheduled);
        belongings("notification-configuration", group, group.notifications);
    }

    private void belongings(String kind, SimulatedGroup group, Listed<?> listed) {
        listed.forEach((name, entry) -> add(kind, group.name + "/" + name, entry.by(), entry.since()));
    }

    private void template(SimulatedTemplate template) {
        add("launch-template", template.id, template.by, template.created);
        template.versionsBy.forEach((version, by) ->
                add("launch-template-version", template.id + ":" + version, by, template.created(version)));
    }

    private void resources(String kind, Map<String, ? extends Resource<?>> resources) {
        resources.values().stream()
                .filter(Resource::exists)
                .forEach(resource -> add(kind, resource.id, resource.by, resource.created));
    }

    private void add(String kind, String id, Actor by, Instant created) {
        found.add(new Leftover(kind, id, world.region, by.call(), created));
    }
}
