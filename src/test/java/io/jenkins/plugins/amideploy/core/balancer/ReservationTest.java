package io.jenkins.plugins.amideploy.core.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.balancer.Reservation.Status;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReservationTest {
    private static final int UNITS = 600;

    private final AtomicReference<Reservation.State> last = new AtomicReference<>();

    /** One Application Load Balancer on a stage of its own. */
    private static final class Scene {
        final BalancerStage stage = new BalancerStage(23);
        final LiveBalancer balancer;

        Scene() {
            stage.aws.createTargetGroup(TargetGroupSpec.named("web"));
            balancer =
                    LiveBalancer.named(Rehearsal.session(stage.aws), "web-alb").orElseThrow();
        }

        int reserved() {
            var capacity = stage.aws
                    .operator()
                    .elbv2()
                    .describeCapacityReservation(r -> r.loadBalancerArn(balancer.arn()))
                    .minimumLoadBalancerCapacity();
            return capacity == null ? 0 : capacity.capacityUnits();
        }
    }

    private final Scene scene = new Scene();

    private Optional<Tick> asking(TickContext at) {
        return asking(scene, at);
    }

    private Optional<Tick> asking(Scene where, TickContext at) {
        Reservation.State state = new Reservation(at, where.balancer.arn()).ask(UNITS);
        last.set(state);
        return state.status() == Status.PROVISIONED || state.status() == Status.FAILED
                ? Optional.empty()
                : Optional.of(new Tick.LookAgain(at.now().plusSeconds(30)));
    }

    private Optional<Tick> askedAndGivenBack(Scene where, TickContext at) {
        if (!at.state().has("there")) {
            Optional<Tick> tick = asking(where, at);
            if (tick.isPresent()) {
                return tick;
            }
            at.state().put("there", "yes");
            at.save();
        }
        return new Reservation(at, where.balancer.arn()).giveBack();
    }

    @Test
    void capacityIsAskedForOnceAndAwaited() {
        assertTrue(scene.stage.play(this::asking) instanceof Outcome.Succeeded);
        assertEquals(Status.PROVISIONED, last.get().status());
        assertEquals(UNITS, scene.reserved());
        assertEquals(2, last.get().decreasesLeft());
        assertEquals(1, scene.stage.aws.calls().count("ModifyCapacityReservation"));
    }

    @Test
    void awssReasonIsToldWhereItHasNone() {
        scene.stage.aws.faults().failReservation("Insufficient capacity in eu-west-1b");
        scene.stage.play(this::asking);
        assertEquals(Status.FAILED, last.get().status());
        assertEquals("Insufficient capacity in eu-west-1b", last.get().reason());
    }

    @Test
    void whatWasNeverAskedForNeedsNotBeGivenBack() {
        scene.stage.play(at -> new Reservation(at, scene.balancer.arn()).giveBack());
        assertEquals(0, scene.stage.aws.calls().count("ModifyCapacityReservation"));
        assertFalse(Reservation.asked(SavedState.of(scene.stage.saved)));
    }

    @Test
    void aPendingReservationIsGivenBackAsSoonAsAwsLetsUs() {
        scene.stage.play(at -> {
            if (!at.state().has("asked")) {
                new Reservation(at, scene.balancer.arn()).ask(UNITS);
                at.state().put("asked", "yes");
            }
            return new Reservation(at, scene.balancer.arn()).giveBack();
        });
        assertEquals(0, scene.reserved());
        assertTrue(scene.stage.story().contains("still pending"), scene.stage::story);
        assertTrue(scene.stage.story().contains("600 capacity units given back"), scene.stage::story);
    }

    @Test
    void whereItWasLoweredTwiceTodayItIsGivenBackTomorrow() {
        var operator = scene.stage.aws.operator().elbv2();
        for (int units : new int[] {900, 700, 500}) {
            operator.modifyCapacityReservation(r ->
                    r.loadBalancerArn(scene.balancer.arn()).minimumLoadBalancerCapacity(c -> c.capacityUnits(units)));
            scene.stage.aws.clock().advance(Duration.ofHours(3));
        }
        assertEquals(500, scene.reserved());
        scene.stage.play(at -> askedAndGivenBack(scene, at));
        assertEquals(0, scene.reserved());
        assertTrue(scene.stage.story().contains("stay reserved, and cost, until tomorrow"), scene.stage::story);
    }

    @Test
    void whatIsReservedGoesWithTheBalancer() {
        scene.stage.play(at -> {
            if (!at.state().has("gone")) {
                new Reservation(at, scene.balancer.arn()).ask(UNITS);
                scene.stage.aws.operator().elbv2().deleteLoadBalancer(r -> r.loadBalancerArn(scene.balancer.arn()));
                at.state().put("gone", "yes");
            }
            return new Reservation(at, scene.balancer.arn()).giveBack();
        });
        assertFalse(Reservation.asked(SavedState.of(scene.stage.saved)));
    }

    @Test
    void aClassicLoadBalancerAndTlsHaveNoReservation() {
        BalancerStage stage = new BalancerStage(5);
        Maximal maximal = new Maximal(stage.aws);
        List<String> names = List.of(maximal.classic(), maximal.network());
        stage.aws.clock().advance(Duration.ofMinutes(1));
        var session = Rehearsal.session(stage.aws);
        for (String name : names) {
            assertEquals(
                    1,
                    Reservation.problems(
                                    session, LiveBalancer.named(session, name).orElseThrow())
                            .size());
        }
        assertEquals(List.of(), Reservation.problems(Rehearsal.session(scene.stage.aws), scene.balancer));
    }

    @TestFactory
    Stream<DynamicTest> itIsAlwaysGivenBackAlsoAfterACrashAtAnyCall() {
        Scene undisturbed = new Scene();
        int from = undisturbed.stage.aws.calls().total() + 1;
        undisturbed.stage.play(at -> askedAndGivenBack(undisturbed, at));
        return IntStream.rangeClosed(from, undisturbed.stage.aws.calls().total())
                .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> {
                    Scene disturbed = new Scene();
                    disturbed.stage.aws.faults().crashAfterCall(call);
                    disturbed.stage.play(at -> askedAndGivenBack(disturbed, at));
                    assertEquals(0, disturbed.reserved(), disturbed.stage::story);
                    assertEquals(1, disturbed.stage.crashes);
                }));
    }
}
