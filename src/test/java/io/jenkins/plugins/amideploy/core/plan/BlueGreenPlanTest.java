package io.jenkins.plugins.amideploy.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class BlueGreenPlanTest {
    private final SimulatedAws aws = new SimulatedAws(7, Behaviour.typical());
    private final List<Event> console = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();

    BlueGreenPlanTest() {
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        parameters.put("group", "web");
        parameters.put("ami", aws.registerImage("web 2", "x86_64", Application.healthy()));
        parameters.put("warmup", "60");
        parameters.put("interval", "300");
        parameters.put("recordName", "www.example.org");
        aws.createGroup(GroupSpec.of("web", old)
                .sizes(2, 6, 8)
                .zones("eu-west-1a", "eu-west-1b")
                .targetGroup(aws.createTargetGroup(
                        TargetGroupSpec.named("web").withDeregistrationDelay(Duration.ofSeconds(90)))));
        LoadBalancer balancer = aws.operator()
                .elbv2()
                .describeLoadBalancers(r -> {})
                .loadBalancers()
                .get(0);
        String zone = aws.dns().zone("example.org");
        parameters.put("hostedZone", zone);
        aws.dns()
                .record(
                        zone,
                        ResourceRecordSet.builder()
                                .name("www.example.org")
                                .type(RRType.A)
                                .aliasTarget(AliasTarget.builder()
                                        .dnsName(balancer.dnsName())
                                        .hostedZoneId(balancer.canonicalHostedZoneId())
                                        .evaluateTargetHealth(false)
                                        .build())
                                .build());
    }

    private Outcome plan() {
        return new Rehearsal(aws, new BlueGreenPlan(parameters, false), new Owner("c", "b", "d"), console::add).play();
    }

    private String told() {
        return console.stream().map(Event::text).collect(Collectors.joining("\n"));
    }

    private void assertNothingChanged() {
        List<String> writes = aws.calls().counts().keySet().stream()
                .filter(call -> !call.matches("(Describe|List|Get).*"))
                .toList();
        assertEquals(List.of(), writes);
    }

    @Test
    void tellsWhatToExpectAndChangesNothing() {
        Outcome outcome = plan();
        Map<String, Object> result = assertInstanceOf(Outcome.Succeeded.class, outcome, outcome::toString)
                .result();

        assertEquals("web-blue", result.get("group"));
        assertEquals("web", result.get("retired"));
        assertEquals("web-alb", result.get("loadBalancer"));
        assertEquals(6, result.get("floor"));
        assertEquals(12, result.get("peak"));
        long seconds = (long) result.get("seconds");
        assertTrue(seconds > 60 + 60 + 3 * 300 + 300 && seconds < 5400, () -> "" + result);
        for (String line : List.of(
                "web is live behind the Application Load Balancer web-alb",
                "draining 1 min 30 s",
                "Traffic: 50 % → 100 % to web-blue",
                "nobody has come for",
                "visitors turned away: 0")) {
            assertTrue(told().contains(line), () -> line + " is not in\n" + told());
        }
        assertNothingChanged();
    }

    @Test
    void listenersArePlayedToo() {
        parameters.remove("recordName");
        parameters.remove("hostedZone");
        parameters.put("mode", "listener");

        assertInstanceOf(Outcome.Succeeded.class, plan());

        assertTrue(told().contains("of all visitors are sent to the new target groups"), this::told);
        assertNothingChanged();
    }

    @Test
    void saysWhatWouldBeInTheWay() {
        parameters.put("alarms", "no-such-alarm");
        parameters.put("recordName", "shop.example.org");

        String text = assertInstanceOf(Outcome.Failed.class, plan()).trouble().text();

        assertTrue(text.contains("no-such-alarm") && text.contains("recordName:"), text);
        assertNothingChanged();
    }
}
