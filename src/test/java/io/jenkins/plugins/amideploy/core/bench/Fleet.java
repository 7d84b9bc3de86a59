package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.DeploymentHost;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Many groups of the same kind in one account and region, each behind a target group of its own, each deployed to. */
final class Fleet {
    private final SimulatedAws aws;
    private final String ami;
    private final Map<String, String> parameters;
    private final List<String> groups;

    Fleet(SimulatedAws aws, int deployments, int instances, Map<String, String> parameters) {
        this.aws = aws;
        this.parameters = parameters;
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        ami = aws.registerImage("web 2", "x86_64", Application.healthy());
        groups = IntStream.range(0, deployments).mapToObj(i -> "web-" + i).toList();
        groups.forEach(group -> {
            aws.createGroup(GroupSpec.of(group, old)
                    .sizes(1, instances, instances)
                    .zones("eu-west-1a", "eu-west-1b", "eu-west-1c")
                    .targetGroup(aws.createTargetGroup(TargetGroupSpec.named(group))));
            aws.watch(group).reset();
        });
    }

    SimulatedAws aws() {
        return aws;
    }

    /** What all the deployments share. */
    AwsSession session() {
        return new AwsSession(Rehearsal.clients(aws), aws.clock());
    }

    /** One deployment for each group, each with what it needs of its host. */
    List<Hosted> deployments(AwsSession session) {
        List<Hosted> all = new ArrayList<>();
        groups.forEach(group -> all.add(new Hosted(group, session)));
        return all;
    }

    long floorViolations(int instances) {
        return groups.stream()
                .filter(group -> new Floor(aws).broken(group, instances))
                .count();
    }

    /** How many groups made their zones even afterwards. */
    long rebalanced() {
        return groups.stream().filter(group -> new Floor(aws).rebalanced(group)).count();
    }

    /** A deployment between its ticks, as the host keeps it. */
    final class Hosted implements DeploymentHost {
        final Deployment deployment;
        private Map<String, String> saved = Map.of();

        private Hosted(String group, AwsSession session) {
            Map<String, String> all = new HashMap<>(parameters);
            all.put("group", group);
            all.put("ami", ami);
            deployment = new Deployment(
                    new RollingDeploy(all, false),
                    new Owner("https://ci.example.org/", group + "/deploy 1", "d-" + group),
                    SavedState.empty(),
                    () -> session,
                    aws.clock(),
                    this);
        }

        Map<String, String> saved() {
            return saved;
        }

        @Override
        public void save(Map<String, String> state) {
            saved = state;
        }

        @Override
        public void say(Event event) {
            // nobody reads it
        }

        @Override
        public boolean isOver(Owner owner) {
            return false;
        }
    }
}
