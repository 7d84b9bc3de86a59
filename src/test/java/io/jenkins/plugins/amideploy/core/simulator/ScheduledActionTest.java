package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupActionRequest;

class ScheduledActionTest {
    private final TestWorld world = new TestWorld();

    private void put(String name, Consumer<PutScheduledUpdateGroupActionRequest.Builder> action) {
        world.aws.autoScaling().putScheduledUpdateGroupAction(request -> {
            request.autoScalingGroupName(TestWorld.GROUP).scheduledActionName(name);
            action.accept(request);
        });
    }

    private List<ScheduledUpdateGroupAction> actions() {
        return world.aws
                .autoScaling()
                .describeScheduledActions(request -> request.autoScalingGroupName(TestWorld.GROUP))
                .scheduledUpdateGroupActions();
    }

    private Instant in(int minutes) {
        return SimulatedClock.START.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void anActionHappensOnceAtItsTimeAndIsGone() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        put("peak", action -> action.startTime(in(10)).minSize(3).maxSize(8).desiredCapacity(5));
        assertEquals(in(10), actions().get(0).startTime());
        world.advance(Duration.ofMinutes(9));
        assertEquals(2, world.group().desiredCapacity());
        world.advance(Duration.ofMinutes(1));
        assertEquals(5, world.group().desiredCapacity());
        assertEquals(3, world.group().minSize());
        assertTrue(actions().isEmpty());
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 5);
        assertTrue(world.activities().get(0).cause().contains("a scheduled action update"));
    }

    @Test
    void aRecurringActionHappensAgain() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        put("hourly", action -> action.recurrence("30 * * * *").desiredCapacity(4));
        assertEquals(in(30), actions().get(0).startTime());
        world.advance(Duration.ofMinutes(31));
        assertEquals(4, world.group().desiredCapacity());
        world.desired(2);
        assertEquals(in(90), actions().get(0).startTime());
        world.advance(Duration.ofMinutes(60));
        assertEquals(4, world.group().desiredCapacity());
    }

    @Test
    void whatIsReplacedDeletedOrSuspendedDoesNotHappen() {
        world.aws.createGroup(world.spec().sizes(1, 2, 4));
        put("replaced", action -> action.startTime(in(10)).desiredCapacity(4));
        put("replaced", action -> action.startTime(in(20)).desiredCapacity(3));
        put("deleted", action -> action.startTime(in(11)).desiredCapacity(1));
        world.aws
                .autoScaling()
                .deleteScheduledAction(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scheduledActionName("deleted"));
        world.advance(Duration.ofMinutes(15));
        assertEquals(2, world.group().desiredCapacity());
        world.aws
                .autoScaling()
                .suspendProcesses(
                        request -> request.autoScalingGroupName(TestWorld.GROUP).scalingProcesses("ScheduledActions"));
        world.advance(Duration.ofMinutes(15));
        assertEquals(2, world.group().desiredCapacity());
    }

    @Test
    void twoActionsAtTheSameTimeOrOneInThePastAreRefused() {
        world.aws.createGroup(world.spec());
        put("first", action -> action.startTime(in(10)).desiredCapacity(3));
        assertThrows(
                AlreadyExistsException.class,
                () -> put("second", action -> action.startTime(in(10)).desiredCapacity(1)));
        AutoScalingException past = assertThrows(
                AutoScalingException.class,
                () -> put("past", action -> action.startTime(in(-1)).desiredCapacity(1)));
        assertTrue(past.getMessage().startsWith("Given start time is in the past"));
        assertThrows(AutoScalingException.class, () -> put("none", action -> action.startTime(in(20))));
        assertThrows(
                AutoScalingException.class,
                () -> put("cron", action -> action.recurrence("61 * * * *").desiredCapacity(1)));
        assertEquals(1, actions().size());
    }

    @Test
    void aBatchNamesWhatFailed() {
        world.aws.createGroup(world.spec());
        var response = world.aws
                .autoScaling()
                .batchPutScheduledUpdateGroupAction(request -> request.autoScalingGroupName(TestWorld.GROUP)
                        .scheduledUpdateGroupActions(
                                ScheduledUpdateGroupActionRequest.builder()
                                        .scheduledActionName("good")
                                        .recurrence("0 8 * * 1-5")
                                        .timeZone("Europe/Berlin")
                                        .minSize(3)
                                        .build(),
                                ScheduledUpdateGroupActionRequest.builder()
                                        .scheduledActionName("bad")
                                        .startTime(in(-5))
                                        .minSize(3)
                                        .build()));
        assertEquals(
                List.of("bad"),
                response.failedScheduledUpdateGroupActions().stream()
                        .map(failed -> failed.scheduledActionName())
                        .toList());
        assertEquals(
                List.of("good"),
                actions().stream().map(action -> action.scheduledActionName()).toList());
        assertEquals(
                List.of("web/good"),
                world.aws.leftovers().stream()
                        .filter(left -> left.kind().equals("scheduled-action"))
                        .map(Leftover::id)
                        .toList());
    }

    /** The world begins on a Monday at nine. */
    @ParameterizedTest
    @CsvSource({
        "'30 6 * * *',         UTC,           2026-01-06T06:30:00Z",
        "'*/20 9 * * *',       UTC,           2026-01-05T09:20:00Z",
        "'0 9 * * 1-5',        Europe/Berlin, 2026-01-06T08:00:00Z",
        "'0 0 1 * *',          UTC,           2026-02-01T00:00:00Z",
        "'15 10,22 * * 0',     UTC,           2026-01-11T10:15:00Z",
        "'0 0 13 * 7',         UTC,           2026-01-11T00:00:00Z",
        "'0 12 29 2 *',        UTC,           2028-02-29T12:00:00Z"
    })
    void recurrencesAreReadAsCronDoes(String recurrence, String zone, Instant next) {
        assertEquals(
                next,
                Cron.of(recurrence).next(SimulatedClock.START, ZoneId.of(zone)).orElseThrow());
    }
}
