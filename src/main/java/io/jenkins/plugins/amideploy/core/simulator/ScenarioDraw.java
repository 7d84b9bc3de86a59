package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Draws the world of a {@link Scenario}. */
final class ScenarioDraw {
    private static final String GROUP = "web";
    private static final String ALARM = "web-errors";
    private static final List<String> ZONES = List.of("eu-west-1a", "eu-west-1b", "eu-west-1c");
    private static final List<String> POLICIES = List.of(
            "Default",
            "OldestInstance",
            "NewestInstance",
            "OldestLaunchTemplate",
            "OldestLaunchConfiguration",
            "ClosestToNextInstanceHour");

    private final long seed;
    private final FaultClass faultClass;
    private final SplittableRandom random;
    private final SimulatedAws aws;
    private final List<String> story = new ArrayList<>();
    private final List<String> targetGroups = new ArrayList<>();
    private final List<String> classics = new ArrayList<>();

    ScenarioDraw(long seed, FaultClass faultClass, Behaviour behaviour) {
        this.seed = seed;
        this.faultClass = faultClass;
        this.random = new SplittableRandom(Draws.mix(seed * 31 + faultClass.ordinal()));
        this.aws = new SimulatedAws(seed, behaviour);
    }

    Scenario draw() {
        String old = aws.registerImage("web v1", "x86_64", Application.healthy());
        String image = aws.registerImage("web v2", "x86_64", application());
        aws.faults().alarm(ALARM, StateValue.OK, "Threshold not crossed");
        GroupSpec spec = GroupSpec.of(GROUP, old);
        sizes(spec);
        spec.zones(ZONES.subList(0, 1 + random.nextInt(3)).toArray(String[]::new));
        source(spec);
        balancers(spec);
        hooks(spec);
        extras(spec);
        story.add(spec.toString());
        aws.createGroup(spec);
        story.add(new FaultDraw(aws, spec, random).draw(faultClass, ALARM));
        return new Scenario(
                seed,
                faultClass,
                aws,
                GROUP,
                spec.source,
                spec.source == GroupSpec.Source.LAUNCH_CONFIGURATION ? null : GROUP + "-template",
                old,
                image,
                List.copyOf(targetGroups),
                List.copyOf(classics),
                ALARM,
                String.join("; ", story));
    }

    private Application application() {
        return switch (faultClass) {
            case NEVER_HEALTHY -> Application.neverHealthy();
            case CRASHING -> Application.crashesAfter(Duration.ofSeconds(30 + random.nextInt(600)));
            case DYING_DURING_BOOT -> Application.dyingDuringBoot();
            case SLOW_BOOT -> Application.bootsSlowly(Duration.ofSeconds(300 + random.nextInt(600)));
            default -> Application.healthy();
        };
    }

    private void sizes(GroupSpec spec) {
        int desired = 1 + random.nextInt(30);
        int min = random.nextInt(desired + 1);
        int max = desired + (chance(4) ? 0 : random.nextInt(desired + 5));
        spec.sizes(min, desired, max);
    }

    private void source(GroupSpec spec) {
        GroupSpec.Source[] sources = GroupSpec.Source.values();
        spec.source(sources[random.nextInt(sources.length)]);
        spec.version(List.of("1", "$Latest", "$Default").get(random.nextInt(3)));
        if (spec.source == GroupSpec.Source.MIXED_INSTANCES) {
            spec.instanceTypes("t3.small", "t3a.small", "m5.large").onDemandPercent(random.nextInt(101));
        }
    }

    private void balancers(GroupSpec spec) {
        int count = faultClass == FaultClass.NEVER_HEALTHY ? 1 + random.nextInt(2) : random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String arn = aws.createTargetGroup(TargetGroupSpec.named(GROUP + "-" + i)
                    .withDeregistrationDelay(Duration.ofSeconds(random.nextInt(301))));
            targetGroups.add(arn);
            spec.targetGroup(arn);
        }
        if (chance(4)) {
            aws.createClassicLoadBalancer(ClassicLoadBalancerSpec.named(GROUP + "-classic"));
            classics.add(GROUP + "-classic");
            spec.classicLoadBalancer(GROUP + "-classic");
        }
        boolean balanced = count > 0 || !classics.isEmpty();
        spec.healthCheck(balanced && !chance(3) ? "ELB" : "EC2", Duration.ofSeconds(60L * random.nextInt(6)));
    }

    private void hooks(GroupSpec spec) {
        Duration answer = Duration.ofSeconds(random.nextInt(120));
        if (faultClass == FaultClass.STUCK_HOOK) {
            spec.hook(HookSpec.launching("bootstrap", answer)
                    .neverAnswered()
                    .withHeartbeat(Duration.ofMinutes(60), chance(2) ? "CONTINUE" : "ABANDON"));
        } else if (chance(4)) {
            spec.hook(HookSpec.launching("bootstrap", answer));
        }
        if (chance(4)) {
            spec.hook(HookSpec.terminating("drain", answer));
        }
    }

    private void extras(GroupSpec spec) {
        spec.terminationPolicies(POLICIES.get(random.nextInt(POLICIES.size())));
        spec.tag("team", "shop");
        if (chance(6)) {
            spec.protectedFromScaleIn();
        }
        if (faultClass == FaultClass.SCALING_POLICY || chance(4)) {
            spec.targetTrackingPolicy("cpu50");
        }
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
