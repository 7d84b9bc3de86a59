package io.jenkins.plugins.amideploy.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
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

class RollingPlanTest {
    private final SimulatedAws aws = new SimulatedAws(7, Behaviour.typical());
    private final List<Event> console = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();

    RollingPlanTest() {
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        parameters.put("group", "web");
        parameters.put("ami", aws.registerImage("web 2", "x86_64", Application.healthy()));
        parameters.put("batchSize", "2");
        aws.createGroup(GroupSpec.of("web", old)
                .sizes(2, 6, 8)
                .zones("eu-west-1a", "eu-west-1b")
                .targetGroup(aws.createTargetGroup(
                        TargetGroupSpec.named("web").withDeregistrationDelay(Duration.ofSeconds(90)))));
    }

    private Outcome plan() {
        return new Rehearsal(aws, new RollingPlan(parameters, false), new Owner("c", "b", "d"), console::add).play();
    }

    private String told() {
        return console.stream().map(Event::text).collect(Collectors.joining("\n"));
    }

    @Test
    void tellsWhatToExpectAndChangesNothing() {
        Map<String, Object> result =
                assertInstanceOf(Outcome.Succeeded.class, plan()).result();
        assertEquals(6, result.get("toReplace"));
        assertEquals(6, result.get("floor"));
        assertTrue((int) result.get("peak") > 8, () -> "" + result);
        long seconds = (long) result.get("seconds");
        assertTrue(seconds > 6 / 2 * 90 && seconds < 6 / 2 * 240, () -> "" + result);
        assertTrue(told().contains("draining 1 min 30 s"), this::told);
        assertTrue(told().contains("6/6 replaced"), this::told);
        List<String> writes = aws.calls().counts().keySet().stream()
                .filter(call -> !call.startsWith("Describe"))
                .toList();
        assertEquals(List.of(), writes);
    }

    @Test
    void isCloseToWhatTheDeploymentThenTakes() {
        long planned = (long)
                assertInstanceOf(Outcome.Succeeded.class, plan()).result().get("seconds");
        Outcome deployed = new Rehearsal(
                        aws, new RollingDeploy(parameters, false), new Owner("c", "b", "d2"), console::add)
                .play();
        long taken = (long)
                assertInstanceOf(Outcome.Succeeded.class, deployed).result().get("seconds");
        assertTrue(Math.abs(planned - taken) < 0.35 * taken, () -> "planned " + planned + " s, took " + taken + " s");
    }

    @Test
    void fromThenOnItKnowsTheGroupsOwnBootTimes() {
        new Rehearsal(aws, new RollingDeploy(parameters, false), new Owner("c", "b", "d2"), console::add).play();
        parameters.put("replaceMatching", "true");
        plan();
        assertTrue(told().contains("from its last 6 launches"), this::told);
    }

    @Test
    void tellsWhatIsInTheWayAsTheDeploymentWould() {
        parameters.put("ami", "ami-0000000000000dead");
        assertTrue(assertInstanceOf(Outcome.Failed.class, plan()).message().contains("ami-0000000000000dead"));
    }

    @Test
    void tellsThatTheTimeWouldNotSuffice() {
        parameters.put("timeout", "60");
        String message = assertInstanceOf(Outcome.Failed.class, plan()).message();
        assertTrue(message.contains("would fail: Not done within the timeout of 1 min"), message);
        assertTrue(message.endsWith("Nothing was changed."), message);
    }
}
