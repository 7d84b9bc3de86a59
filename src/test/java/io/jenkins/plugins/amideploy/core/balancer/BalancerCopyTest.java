package io.jenkins.plugins.amideploy.core.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Clients;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A load balancer that has everything, compared with its copy; and the copy is made once, whatever happens. */
class BalancerCopyTest {
    private enum Kind {
        APPLICATION,
        NETWORK,
        CLASSIC
    }

    private interface Fault {
        void at(Faults faults, int call);
    }

    /** A stage with one maximal load balancer, and what has been copied of it. */
    private static final class Scene {
        final BalancerStage stage = new BalancerStage(17);
        final LiveBalancer original;
        final int first;
        final AtomicReference<Copied> copied = new AtomicReference<>();

        Scene(Kind kind) {
            Maximal maximal = new Maximal(stage.aws);
            String name =
                    switch (kind) {
                        case APPLICATION -> maximal.application();
                        case NETWORK -> maximal.network();
                        case CLASSIC -> maximal.classic();
                    };
            stage.aws.clock().advance(Duration.ofMinutes(1));
            original = LiveBalancer.named(Rehearsal.session(stage.aws), name).orElseThrow();
            first = stage.aws.calls().total() + 1;
            stage.begin();
        }

        Optional<Tick> make(TickContext at) {
            BalancerCopy copy = BalancerCopy.of(at, original);
            Optional<Tick> tick = copy.make();
            copied.set(copy.copied().orElse(null));
            return tick;
        }

        void copy() {
            Outcome outcome = stage.play(this::make);
            assertTrue(outcome instanceof Outcome.Succeeded, () -> outcome + "\n" + stage.story());
        }

        Map<String, String> before() {
            return everything(original.classic() ? original.name() : original.arn(), true);
        }

        Map<String, String> after() {
            return everything(
                    original.classic() ? copied.get().name() : copied.get().arn(), false);
        }

        private Map<String, String> everything(String which, boolean ofOriginal) {
            Clients eyes = stage.aws.operator();
            List<String> order = new ArrayList<>(
                    ofOriginal
                            ? copied.get().targetGroups().keySet()
                            : copied.get().targetGroups().values());
            return original.classic() ? Everything.ofClassic(eyes, which) : Everything.ofElb(eyes, which, order);
        }

        void assertFaithful() {
            Map<String, String> before = before();
            Map<String, String> after = after();
            assertEquals(before.keySet(), after.keySet(), stage::story);
            before.forEach((part, value) -> assertEquals(value, after.get(part), part));
        }
    }

    @Test
    void everythingOfAnApplicationLoadBalancerIsCopied() {
        Scene scene = new Scene(Kind.APPLICATION);
        scene.copy();
        scene.assertFaithful();
        assertTrue(scene.before().size() > 60, () -> scene.before().toString());
        assertEquals(2, scene.copied.get().listeners().size());
    }

    @Test
    void everythingOfANetworkLoadBalancerIsCopied() {
        Scene scene = new Scene(Kind.NETWORK);
        scene.copy();
        scene.assertFaithful();
    }

    @Test
    void everythingOfAClassicLoadBalancerIsCopied() {
        Scene scene = new Scene(Kind.CLASSIC);
        scene.copy();
        scene.assertFaithful();
        assertTrue(scene.copied.get().dnsName().contains(scene.copied.get().name()));
    }

    @Test
    void aCopyOfACopyIsCalledAfterTheFirstOriginal() {
        CopyNames names = new CopyNames(new Owner("ci", "web 1", "aaaaaaaaaaaa"));
        Map<String, String> tags = names.tags(Map.of("aws:x", "y", "team", "web"), "front");
        CopyNames next = new CopyNames(new Owner("ci", "web 2", "bbbbbbbbbbbb"));
        assertTrue(next.of(CopyNames.base(tags, names.of("front"))).startsWith("front-"));
        assertFalse(next.mine(tags));
        assertEquals("web", next.tags(tags).get("team"));
        assertFalse(tags.containsKey("aws:x"));
    }

    @Test
    void namesThatAreCutStayDifferent() {
        CopyNames names = new CopyNames(new Owner("ci", "web 1", "aaaaaaaaaaaa"));
        String one = names.of("a-very-long-name-of-a-target-gr1");
        String other = names.of("a-very-long-name-of-a-target-gr2");
        assertFalse(one.equals(other));
        assertTrue(one.length() <= 32 && one.endsWith(names.ending()), one);
    }

    @Test
    void whatWasMadeIsRemovedAndNothingElse() {
        for (Kind kind : Kind.values()) {
            Scene scene = new Scene(kind);
            scene.copy();
            assertFalse(scene.stage.made().isEmpty());
            scene.stage.play(at -> new BalancerRemoval(at).copies());
            assertEquals(Set.of(), scene.stage.made(), scene.stage::story);
            assertEquals(Set.of(), scene.stage.gone(), scene.stage::story);
        }
    }

    @Test
    void aBalancerThatAwsCannotProvisionIsToldWithAwssReason() {
        Scene scene = new Scene(Kind.APPLICATION);
        scene.stage.aws.faults().failLoadBalancer("There are not enough free addresses in subnet-1");
        Outcome outcome = scene.stage.play(scene::make);
        assertTrue(
                outcome instanceof Outcome.Failed failed && failed.message().contains("not enough free addresses"),
                outcome::toString);
    }

    @TestFactory
    Stream<DynamicTest> aCopySurvivesACrashAfterEveryCall() {
        return everyCall(Faults::crashAfterCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aCopySurvivesACrashBeforeEveryCall() {
        return everyCall(Faults::crashBeforeCall, 1);
    }

    @TestFactory
    Stream<DynamicTest> aCopySurvivesALostAnswerToEveryCall() {
        return everyCall(Faults::loseAnswer, 0);
    }

    private static Stream<DynamicTest> everyCall(Fault fault, int crashes) {
        return Stream.of(Kind.values()).flatMap(kind -> {
            Scene undisturbed = new Scene(kind);
            undisturbed.copy();
            int things = undisturbed.stage.made().size();
            int calls = undisturbed.stage.aws.calls().total();
            return IntStream.rangeClosed(undisturbed.first, calls)
                    .mapToObj(call -> DynamicTest.dynamicTest(kind + " call " + call, () -> {
                        Scene scene = new Scene(kind);
                        fault.at(scene.stage.aws.faults(), call);
                        scene.copy();
                        scene.assertFaithful();
                        assertEquals(things, scene.stage.made().size(), scene.stage::story);
                        assertTrue(scene.stage.crashes == crashes || call > calls - 5, scene.stage::story);
                    }));
        });
    }

    @TestFactory
    Stream<DynamicTest> whateverWasMadeIsRemovedAfterACrashAtAnyCallOfTheCopy() {
        return Stream.of(Kind.values()).flatMap(kind -> {
            Scene undisturbed = new Scene(kind);
            undisturbed.copy();
            return IntStream.rangeClosed(
                            undisturbed.first, undisturbed.stage.aws.calls().total())
                    .mapToObj(call -> DynamicTest.dynamicTest(kind + " call " + call, () -> {
                        Scene scene = new Scene(kind);
                        scene.stage.aws.faults().crashAfterCall(call);
                        scene.stage.play(
                                at -> scene.stage.crashes > 0 ? new BalancerRemoval(at).copies() : scene.make(at));
                        if (scene.stage.crashes == 0) {
                            scene.stage.play(at -> new BalancerRemoval(at).copies());
                        }
                        assertEquals(Set.of(), scene.stage.made(), scene.stage::story);
                        assertEquals(Set.of(), scene.stage.gone(), scene.stage::story);
                    }));
        });
    }

    @TestFactory
    Stream<DynamicTest> aRemovalSurvivesACrashAfterEveryCall() {
        return Stream.of(Kind.values()).flatMap(kind -> {
            Scene undisturbed = new Scene(kind);
            undisturbed.copy();
            int from = undisturbed.stage.aws.calls().total() + 1;
            undisturbed.stage.play(at -> new BalancerRemoval(at).copies());
            int calls = undisturbed.stage.aws.calls().total();
            return IntStream.rangeClosed(from, calls)
                    .mapToObj(call -> DynamicTest.dynamicTest(kind + " call " + call, () -> {
                        Scene scene = new Scene(kind);
                        scene.copy();
                        scene.stage.aws.faults().crashAfterCall(call);
                        scene.stage.play(at -> new BalancerRemoval(at).copies());
                        assertEquals(Set.of(), scene.stage.made(), scene.stage::story);
                        assertEquals(Set.of(), scene.stage.gone(), scene.stage::story);
                        assertEquals(1, scene.stage.crashes);
                    }));
        });
    }
}
