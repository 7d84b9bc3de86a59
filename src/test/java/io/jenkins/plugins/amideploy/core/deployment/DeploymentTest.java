package io.jenkins.plugins.amideploy.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

class DeploymentTest {
    private Instant now = Instant.parse("2026-01-05T09:00:00Z");
    private boolean diskFull;
    private final List<String> said = new ArrayList<>();
    private Map<String, String> saved = Map.of();
    private final Script script = new Script();
    private final Deployment deployment = resume();

    /** What AWS does at each tick; after the last entry it answers. */
    private static final class Script implements Procedure {
        final Deque<RuntimeException> failures = new ArrayDeque<>();
        boolean begun = true;
        boolean learns;

        @Override
        public Tick tick(TickContext context) {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            if (learns) {
                context.state().put("learned", context.now());
            }
            return context.trouble()
                    .<Tick>map(trouble -> new Tick.Ended(new Outcome.Failed(trouble, "unwound")))
                    .orElseGet(() -> new Tick.LookAgain(context.now().plusSeconds(10)));
        }

        @Override
        public Duration timeout() {
            return Duration.ofHours(1);
        }

        @Override
        public boolean begun(SavedState state) {
            return begun;
        }

        @Override
        public String wayBack(SavedState state) {
            return "way back";
        }
    }

    private Deployment resume() {
        DeploymentHost host = new DeploymentHost() {
            @Override
            public void save(Map<String, String> state) {
                if (diskFull) {
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }
                saved = state;
            }

            @Override
            public void say(Event event) {
                said.add(event.kind() + " " + event.text());
            }

            @Override
            public boolean isOver(Owner owner) {
                return false;
            }
        };
        return new Deployment(script, new Owner("c", "b", "d"), SavedState.of(saved), () -> null, () -> now, host);
    }

    private static AutoScalingException refusal(String code, String message) {
        return (AutoScalingException) AutoScalingException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .statusCode(400)
                .build();
    }

    private Outcome.Failed failure(Tick tick) {
        return assertInstanceOf(
                Outcome.Failed.class, assertInstanceOf(Tick.Ended.class, tick).outcome());
    }

    /** Ticks as a driver would, at most that often. */
    private Tick run(int ticks) {
        Tick tick = deployment.tick();
        for (int i = 1; i < ticks && tick instanceof Tick.LookAgain again; i++) {
            now = again.at();
            tick = deployment.tick();
        }
        return tick;
    }

    @Test
    void whatATickLearnsWithoutACallSurvivesARestart() {
        deployment.tick();
        assertTrue(saved.containsKey("started"), saved::toString);
    }

    @Test
    void aFullDiskIsWaitedOutAndToldOnceAndNothingIsForgotten() {
        deployment.tick();
        diskFull = true;
        Map<String, String> before = saved;
        script.learns = true;
        run(4);
        assertEquals(before, saved);
        diskFull = false;
        run(1);
        assertTrue(saved.containsKey("learned"), saved::toString);
        assertTrue(deployment.trouble().isEmpty());
        assertEquals(1, said.size(), () -> String.join("\n", said));
        assertTrue(said.get(0).contains("No space left on device"), () -> said.get(0));
    }

    @Test
    void aMinuteOfThrottlingIsWaitedOutAndToldOnce() {
        for (int i = 0; i < 8; i++) {
            script.failures.add(refusal("Throttling", "Rate exceeded"));
        }
        run(10);
        assertEquals(2, said.size(), () -> String.join("\n", said));
        assertTrue(said.get(0).startsWith("WARNING AWS throttles calls: Rate exceeded"));
        assertTrue(said.get(1).startsWith("INFO AWS answers again after"));
        assertTrue(deployment.trouble().isEmpty());
    }

    @Test
    void fiveMinutesWithoutNetworkAreWaitedOut() {
        Instant until = now.plus(Duration.ofMinutes(5));
        for (int i = 0; now.isBefore(until) && i < 100; i++) {
            script.failures.add(SdkClientException.create("Unable to execute HTTP request"));
            now = assertInstanceOf(Tick.LookAgain.class, deployment.tick()).at();
        }
        assertInstanceOf(Tick.LookAgain.class, deployment.tick());
        assertTrue(deployment.trouble().isEmpty());
    }

    @Test
    void aMissingPermissionIsNamedAndUnwinds() {
        script.failures.add(refusal(
                "AccessDenied",
                "User: u is not authorized to perform: autoscaling:UpdateAutoScalingGroup on resource"));
        Outcome.Failed failed = failure(run(3));
        assertTrue(failed.trouble().text().startsWith("The permission autoscaling:UpdateAutoScalingGroup is missing"));
        assertEquals("unwound", failed.state());
    }

    @Test
    void badCredentialsBeforeAnythingWasChangedFailAtOnce() {
        script.begun = false;
        script.failures.add(refusal("ExpiredToken", "The security token included in the request is expired"));
        Outcome.Failed failed = failure(run(1));
        assertTrue(failed.message().contains("expired"));
        assertTrue(failed.message().contains("Nothing was changed."));
    }

    @Test
    void credentialsThatExpireInTheMiddleMayBeRenewed() {
        for (int i = 0; i < 10; i++) {
            script.failures.add(refusal("ExpiredToken", "The security token included in the request is expired"));
        }
        run(12);
        assertTrue(deployment.trouble().isEmpty());
        assertTrue(said.get(0).contains("Renew them"));
    }

    @Test
    void credentialsThatAreNotRenewedEndItWithTheWayBack() {
        for (int i = 0; i < 100; i++) {
            script.failures.add(refusal("ExpiredToken", "The security token included in the request is expired"));
        }
        assertEquals("way back", failure(run(100)).state());
    }

    @Test
    void anAbortUnwindsAndTheFirstCauseStands() {
        deployment.abort("Aborted by admin");
        deployment.abort("Aborted by someone else");
        assertEquals("Aborted by admin", failure(run(1)).trouble().text());
    }

    @Test
    void itsTimeIsCountedFromTheStartAlsoAfterARestart() {
        run(1);
        deployment.gatePassed("any");
        now = now.plus(Duration.ofMinutes(61));
        Outcome.Failed failed = failure(resume().tick());
        assertEquals(Trouble.Kind.TIMED_OUT, failed.trouble().kind());
    }

    @Test
    void anAbortSurvivesARestart() {
        deployment.abort("Aborted by admin");
        assertEquals(Trouble.Kind.ABORTED, failure(resume().tick()).trouble().kind());
    }

    @Test
    void aMistakeOfOursUnwindsTooInsteadOfHanging() {
        script.failures.add(new IllegalStateException("boom"));
        Outcome.Failed failed = failure(run(3));
        assertEquals(Trouble.Kind.INTERNAL, failed.trouble().kind());
        assertEquals("unwound", failed.state());
    }

    @Test
    void aRefusalWhileUnwindingIsTriedAgainAndThenEndsWithTheWayBack() {
        deployment.abort("Aborted by admin");
        for (int i = 0; i < 20; i++) {
            script.failures.add(refusal("ValidationError", "no"));
        }
        Outcome.Failed failed = failure(run(20));
        assertEquals(Trouble.Kind.ABORTED, failed.trouble().kind());
        assertTrue(failed.state().contains("While unwinding: AWS refused: no"));
        assertTrue(failed.state().contains("way back"));
    }
}
