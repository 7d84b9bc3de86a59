package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

class RelativeFaultTest {
    private static final String OLD = "web";
    private static final String NEW = "web-violet";

    /** Two groups of three behind one target group, the new one from the tenth minute on, for an hour and a half. */
    private static List<String> history(long seed, RelativeFault fault) {
        TestWorld world = new TestWorld(seed, Behaviour.typical());
        String targets = world.aws.createTargetGroup(TargetGroupSpec.named("web"));
        world.aws.createGroup(world.spec().sizes(1, 3, 9).targetGroup(targets).targetTrackingPolicy("cpu50"));
        List<String> history = new ArrayList<>();
        history.add(fault.draw(world.aws, seed, OLD, NEW));
        world.aws.listen(change -> {
            if (change.aspect().equals("instance") || change.aspect().equals("web")) {
                history.add(change.group() + " " + change.aspect() + " " + change.to());
            }
        });
        world.advance(Duration.ofMinutes(10));
        if (world.aws.exists(OLD)) {
            world.aws
                    .operator()
                    .autoScaling()
                    .createAutoScalingGroup(request -> request.autoScalingGroupName(NEW)
                            .minSize(1)
                            .maxSize(9)
                            .desiredCapacity(3)
                            .vpcZoneIdentifier(Subnets.of("eu-west-1a"))
                            .targetGroupARNs(targets)
                            .launchTemplate(template -> template.launchTemplateName("web-template")));
        }
        world.advance(Duration.ofMinutes(80));
        history.add("old " + world.aws.exists(OLD) + ", new " + world.aws.exists(NEW) + ", healthy "
                + world.aws.watchBalancer(targets).healthy());
        return history;
    }

    @ParameterizedTest
    @EnumSource(value = RelativeFault.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCESS_DENIED")
    void theSameSeedGivesTheSameHistoryAndEveryFaultHappens(RelativeFault fault) {
        List<String> quiet = history(5, RelativeFault.NONE);
        List<String> history = history(5, fault);
        assertEquals(history, history(5, fault));
        assertEquals("old true, new true, healthy 6", quiet.get(quiet.size() - 1));
        boolean happened = !history.subList(1, history.size()).equals(quiet.subList(1, quiet.size()));
        assertEquals(fault != RelativeFault.NONE, happened, history::toString);
    }

    @Test
    void oneOperationIsDeniedToTheCaller() {
        TestWorld world = new TestWorld();
        world.aws.createGroup(world.spec());
        String drawn = RelativeFault.ACCESS_DENIED.draw(world.aws, denyingDeletion(), OLD, NEW);
        assertEquals("ACCESS_DENIED: DeleteAutoScalingGroup is denied", drawn);
        AutoScalingException denied = assertThrows(
                AutoScalingException.class,
                () -> world.aws
                        .autoScaling()
                        .deleteAutoScalingGroup(
                                request -> request.autoScalingGroupName(OLD).forceDelete(true)));
        assertEquals("AccessDenied", denied.awsErrorDetails().errorCode());
    }

    private static long denyingDeletion() {
        return LongStream.range(0, 1000)
                .filter(seed -> RelativeFault.ACCESS_DENIED
                        .draw(new SimulatedAws(1, Behaviour.immediate()), seed, OLD, NEW)
                        .contains("DeleteAutoScalingGroup"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void faultsComeAtDifferentTimesWithDifferentSeeds() {
        SimulatedAws aws = new SimulatedAws(1, Behaviour.immediate());
        long drawn = LongStream.range(0, 20)
                .mapToObj(seed -> RelativeFault.NEW_DELETED.draw(aws, seed, OLD, NEW))
                .distinct()
                .count();
        assertEquals(20, drawn);
    }
}
