package io.jenkins.plugins.amideploy.core.docs;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A simulated AWS in which something happens, and what the console of a build says of it. */
final class Story {
    private static final String CONTROLLER = "https://ci.example.org/";

    final SimulatedAws aws = new SimulatedAws(2026, Behaviour.typical());
    final String former = aws.registerImage("web 1", "x86_64", Application.healthy());
    private final List<String> console = new ArrayList<>();

    String image(Application application) {
        return aws.registerImage("web 2", "x86_64", application);
    }

    /** A group in three zones behind a target group, with room for four more. */
    Story group(String name, int size) {
        String targets =
                aws.createTargetGroup(TargetGroupSpec.named(name).withDeregistrationDelay(Duration.ofSeconds(60)));
        aws.createGroup(GroupSpec.of(name, former)
                .sizes(size / 2, size, size + 4)
                .zones("eu-west-1a", "eu-west-1b", "eu-west-1c")
                .targetGroup(targets));
        return this;
    }

    /** Lets a name lead to the load balancer that there is, and people use it. */
    Story visited(String name) {
        LoadBalancer balancer = aws.operator()
                .elbv2()
                .describeLoadBalancers(r -> {})
                .loadBalancers()
                .get(0);
        String zone = aws.dns().zone(name.substring(name.indexOf('.') + 1));
        aws.dns()
                .record(
                        zone,
                        ResourceRecordSet.builder()
                                .name(name)
                                .type(RRType.A)
                                .aliasTarget(a -> a.dnsName(balancer.dnsName())
                                        .hostedZoneId(balancer.canonicalHostedZoneId())
                                        .evaluateTargetHealth(true))
                                .build());
        aws.dns().visitors(VisitorSpec.of(name));
        aws.clock().advance(Duration.ofMinutes(5));
        return this;
    }

    /** Five minutes into the story. */
    static Instant midway() {
        return SimulatedClock.START.plus(Duration.ofMinutes(5));
    }

    Rehearsal rehearsal(Procedure procedure, int build) {
        return new Rehearsal(
                aws,
                procedure,
                new Owner(CONTROLLER, "web/deploy " + build, "d" + build),
                event -> console.addAll(event.format(ZoneOffset.UTC).lines().toList()));
    }

    /** Runs it to its end, and prints how it ended as Jenkins does. */
    Story play(Procedure procedure) {
        ended(rehearsal(procedure, 1).play());
        return this;
    }

    /** As {@link #play}; somebody aborts the build midway. */
    Story aborted(Procedure procedure) {
        Rehearsal rehearsal = rehearsal(procedure, 1);
        Deployment deployment = rehearsal.deployment();
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty() && aws.clock().instant().isBefore(midway())) {
            outcome = rehearsal.step(deployment);
        }
        deployment.abort("Aborted by alice");
        ended(rehearsal.play(deployment));
        return this;
    }

    void ended(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            console.addAll(("ERROR: " + failed.message()).lines().toList());
        }
    }

    List<String> console() {
        return console;
    }
}
