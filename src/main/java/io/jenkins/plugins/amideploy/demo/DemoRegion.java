package io.jenkins.plugins.amideploy.demo;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.amideploy.config.AwsSessionSource;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.Guest;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.ScriptRun;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.VisitorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The region {@value #NAME}: a simulated AWS in the memory of this controller, whose minutes pass in seconds. It begins
 * anew with each start of the controller.
 */
@Extension
public final class DemoRegion implements AwsSessionSource {
    static final String NAME = "simulated-1";

    private static final int SPEED = 30;

    /** Null unless this is a demo. */
    private final SimulatedAws aws;

    private final AwsSession session;
    private final Map<String, String> images = new TreeMap<>();

    public DemoRegion() {
        this.aws =
                Demo.on() ? new SimulatedAws(2026, Behaviour.typical(), SimulatedClock.followingRealTime(SPEED)) : null;
        this.session = aws == null ? null : Rehearsal.session(aws);
        if (aws != null) {
            image("former", Application.healthy());
            image("good", Application.healthy());
            image("bad", Application.neverHealthy());
            aws.instanceProfile("builder");
            Guest guest = Guest.working().withCommands(DemoRegion::run);
            images.put(
                    "source",
                    aws.registerImage(
                            ImageSpec.of("al2023-ami-2023", "x86_64").amazon().guest(guest)));
        }
    }

    /** Says that it did what it was told. */
    private static ScriptRun run(String script) {
        String output = script.lines()
                .filter(line -> !line.startsWith("set "))
                .map(line -> "Done: " + line + "\n")
                .collect(Collectors.joining());
        return ScriptRun.succeeds(Duration.ofSeconds(40), output);
    }

    static DemoRegion get() {
        return ExtensionList.lookupSingleton(DemoRegion.class);
    }

    private void image(String name, Application application) {
        images.put(name, aws.registerImage("web " + name, "x86_64", application));
    }

    /**
     * The id of an image: {@code former} is what groups run, {@code good} works, {@code bad} never becomes healthy,
     * {@code source} is Amazon's to build others from.
     */
    String image(String name) {
        return images.get(name);
    }

    /** A group of that name, in three zones behind a target group. */
    void createGroup(String name, int size) {
        String targets = aws.createTargetGroup(TargetGroupSpec.named(name));
        aws.createGroup(GroupSpec.of(name, image("former"))
                .sizes(size / 2, size, size + 4)
                .zones("eu-west-1a", "eu-west-1b", "eu-west-1c")
                .targetGroup(targets));
    }

    /** The same, where people come by the name of the group in the zone {@code example.org}. */
    void createNamedGroup(String name, int size) {
        createGroup(name, size);
        LoadBalancer balancer = aws.operator()
                .elbv2()
                .describeLoadBalancers(r -> r.names(TargetGroupSpec.named(name).loadBalancer()))
                .loadBalancers()
                .get(0);
        String host = name + ".example.org";
        AliasTarget target = AliasTarget.builder()
                .dnsName(balancer.dnsName())
                .hostedZoneId(balancer.canonicalHostedZoneId())
                .evaluateTargetHealth(true)
                .build();
        aws.dns()
                .record(
                        aws.dns().zone("example.org"),
                        ResourceRecordSet.builder()
                                .name(host)
                                .type(RRType.A)
                                .aliasTarget(target)
                                .build());
        aws.dns().visitors(VisitorSpec.of(host));
    }

    /** A stack of that name, whose group is there minutes later, which here are seconds. */
    void createStack(String name) {
        try (InputStream template = DemoRegion.class.getResourceAsStream("stack.yaml")) {
            String body = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            aws.operator()
                    .cloudFormation()
                    .createStack(r -> r.stackName(name)
                            .templateBody(body)
                            .parameters(p -> p.parameterKey("Image").parameterValue(image("former"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean answersFor(String region) {
        return aws != null && region.equals(NAME);
    }

    @Override
    public AwsSession session(String region) {
        return session;
    }

    @Override
    public InstantSource clock() {
        return aws.clock();
    }

    @Override
    public Duration waitUntil(Instant at) {
        return Duration.between(clock().instant(), at).dividedBy(SPEED);
    }
}
