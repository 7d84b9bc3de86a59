package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenDeploy;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenSurvey;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.ClassicLoadBalancerSpec;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import io.jenkins.plugins.amideploy.core.simulator.Visitors;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A cutover of a group like the live one, with visitors, played on the simulator.
 *
 * @param steps how long it took until each stage of the way
 * @param floor the fewest instances of both groups that were in service at any moment
 * @param peak the most instances of both groups that there were at once
 * @param refused how many times visitors met no healthy instance
 * @param history the text of its history
 */
record PlayedCutover(
        Duration took, Map<String, Duration> steps, int floor, int peak, int calls, int refused, String history)
        implements Plan.Played {
    /** Where there is a record, its name matters to nobody else. */
    private static final String NAME = "recordName";

    static PlayedCutover play(
            long seed, BlueGreenSurvey survey, LiveTimes times, Map<String, String> parameters, boolean gated) {
        SimulatedAws aws = new SimulatedAws(seed, Behaviour.typical().withBoot(times.boot(), times.bootDeviation()));
        String live = survey.live().autoScalingGroupName();
        String old = aws.registerImage("live", "x86_64", Application.healthy());
        String ami = aws.registerImage("planned", "x86_64", Application.healthy());
        GroupSpec spec = Replica.withoutBalancers(survey.live(), old);
        ResourceRecordSet target = behind(aws, survey.balancer(), spec, times);
        aws.createGroup(spec);

        Map<String, String> played = new HashMap<>(parameters);
        played.put("group", live);
        played.put("ami", ami);
        List.of("alarms", "dnsRoleArn", "listener", "loadBalancer").forEach(played::remove);
        Optional<Visitors> visitors = Optional.ofNullable(parameters.get(NAME)).map(name -> {
            String zone = aws.dns().zone(name);
            aws.dns().record(zone, target.toBuilder().name(name).build());
            played.put("hostedZone", zone);
            return aws.dns().visitors(VisitorSpec.of(name));
        });
        aws.clock().advance(Duration.ofMinutes(5));
        Instant start = aws.clock().instant();
        Map<String, Duration> steps = new LinkedHashMap<>();
        BothGroups both = new BothGroups(aws, List.of(live, survey.fresh()));
        Rehearsal rehearsal = new Rehearsal(
                        aws,
                        new BlueGreenDeploy(played, gated),
                        new Owner("", "", "plan"),
                        event -> note(event, start, steps))
                .noting();
        Outcome outcome = rehearsal.play();
        Plan.refuseFailed(outcome);
        return new PlayedCutover(
                Duration.between(start, aws.clock().instant()),
                steps,
                both.floor(),
                both.peak(),
                aws.calls().total(),
                visitors.map(v -> v.refused().size()).orElse(0),
                rehearsal.history());
    }

    /** Gives back an alias record that leads to the balancer. */
    private static ResourceRecordSet behind(SimulatedAws aws, LiveBalancer live, GroupSpec spec, LiveTimes times) {
        if (live.classic()) {
            aws.createClassicLoadBalancer(
                    ClassicLoadBalancerSpec.named(live.name()).withConnectionDraining(times.drain()));
            spec.classicLoadBalancer(live.name());
            var shown = aws.operator()
                    .elb()
                    .describeLoadBalancers(r -> r.loadBalancerNames(live.name()))
                    .loadBalancerDescriptions()
                    .get(0);
            return alias(shown.dnsName(), shown.canonicalHostedZoneNameID());
        }
        spec.targetGroup(aws.createTargetGroup(
                TargetGroupSpec.named("targets").withLoadBalancer(live.name()).withDeregistrationDelay(times.drain())));
        LoadBalancer shown = aws.operator()
                .elbv2()
                .describeLoadBalancers(r -> r.names(live.name()))
                .loadBalancers()
                .get(0);
        return alias(shown.dnsName(), shown.canonicalHostedZoneId());
    }

    private static ResourceRecordSet alias(String dnsName, String zone) {
        return ResourceRecordSet.builder()
                .name("")
                .type(RRType.A)
                .aliasTarget(AliasTarget.builder()
                        .dnsName(dnsName)
                        .hostedZoneId(zone)
                        .evaluateTargetHealth(true)
                        .build())
                .build();
    }

    /** The lines that are about no single instance and no single minute are the stages. */
    private static void note(Event event, Instant start, Map<String, Duration> steps) {
        boolean stage = !event.progress().contains("/") && !event.text().contains("\n");
        if (stage && !event.text().contains(" in the minute to ")) {
            steps.putIfAbsent(event.text(), Duration.between(start, event.at()));
        }
    }
}
