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

class BlueVioletPlanTest {
    private final SimulatedAws aws = new SimulatedAws(7, Behaviour.typical());
    private final List<Event> console = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();

    BlueVioletPlanTest() {
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        parameters.put("group", "web");
        parameters.put("ami", aws.registerImage("web 2", "x86_64", Application.healthy()));
        parameters.put("warmup", "60");
        parameters.put("bake", "300");
        aws.createGroup(GroupSpec.of("web", old)
                .sizes(2, 6, 8)
                .zones("eu-west-1a", "eu-west-1b")
                .targetGroup(aws.createTargetGroup(
                        TargetGroupSpec.named("web").withDeregistrationDelay(Duration.ofSeconds(90)))));
    }

    private Outcome plan() {
        return new Rehearsal(aws, new BlueVioletPlan(parameters, false), new Owner("c", "b", "d"), console::add).play();
    }

    private String told() {
        return console.stream().map(Event::text).collect(Collectors.joining("\n"));
    }

    @Test
    void tellsWhatToExpectAndChangesNothing() {
        Map<String, Object> result =
                assertInstanceOf(Outcome.Succeeded.class, plan()).result();

        assertEquals("web-blue", result.get("group"));
        assertEquals("web", result.get("retired"));
        assertEquals(6, result.get("floor"));
        assertEquals(12, result.get("peak"));
        long seconds = (long) result.get("seconds");
        assertTrue(seconds > 60 + 60 + 300 + 90 && seconds < 240 + 60 + 300 + 90 + 30, () -> "" + result);
        assertTrue(told().contains("draining 1 min 30 s"), this::told);
        assertTrue(told().contains("web is taken out of service"), this::told);
        List<String> writes = aws.calls().counts().keySet().stream()
                .filter(call -> !call.startsWith("Describe") && !call.startsWith("Get"))
                .toList();
        assertEquals(List.of(), writes);
    }

    @Test
    void saysWhatWouldBeInTheWay() {
        parameters.put("alarms", "no-such-alarm");
        parameters.put("ami", "ami-0123");

        String text = assertInstanceOf(Outcome.Failed.class, plan()).trouble().text();

        assertTrue(text.contains("no-such-alarm") && text.contains("ami:"), text);
    }
}
