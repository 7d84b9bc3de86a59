package io.jenkins.plugins.amideploy.core.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.aws.AwsClients;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;

/** Many deployments share the call rates of one account. */
class CallRatesTest {
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final int READS_IN_A_TICK = 5;

    private Instant now = START;
    private final Deque<Instant> calls = new ArrayDeque<>();
    private final AwsSession session = new AwsSession(
            new AwsClients(client(), null, null, null, null, null, null, null, null),
            () -> now,
            "eu-west-1",
            (region, role) -> null);

    /** An AWS that answers everything at once and notes when it was asked. */
    private AutoScalingClient client() {
        return (AutoScalingClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AutoScalingClient.class}, (proxy, method, args) -> {
                    calls.add(now);
                    return DescribeAutoScalingGroupsResponse.builder().build();
                });
    }

    /** Reads a few times and is done. */
    private final class Reader implements Procedure {
        @Override
        public Tick tick(TickContext context) {
            for (int i = 0; i < READS_IN_A_TICK; i++) {
                context.aws().autoScaling().describeAutoScalingGroups(r -> {});
            }
            return new Tick.Ended(new Outcome.Succeeded(Map.of()));
        }

        @Override
        public Duration timeout() {
            return Duration.ofHours(1);
        }

        @Override
        public boolean begun(SavedState state) {
            return false;
        }

        @Override
        public String wayBack(SavedState state) {
            return "";
        }
    }

    private record Due(Instant at, int number, Deployment deployment) {}

    private Deployment deployment(int number) {
        DeploymentHost host = new DeploymentHost() {
            @Override
            public void save(Map<String, String> state) {}

            @Override
            public void say(Event event) {}

            @Override
            public boolean isOver(Owner owner) {
                return false;
            }
        };
        Owner owner = new Owner("c", "b", "d" + number);
        return new Deployment(new Reader(), owner, SavedState.empty(), () -> session, () -> now, host);
    }

    @Test
    void aHundredThatBeginAtOnceAllGetThroughInTheTimeTheirCallsTake() {
        PriorityQueue<Due> queue =
                new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
        for (int i = 0; i < 100; i++) {
            queue.add(new Due(START, i, deployment(i)));
        }
        Instant limit = START.plus(Duration.ofMinutes(2));
        while (!queue.isEmpty()) {
            Due due = queue.remove();
            assertTrue(due.at().isBefore(limit), () -> queue.size() + 1 + " never got through");
            now = due.at();
            if (due.deployment().tick() instanceof Tick.LookAgain again) {
                queue.add(new Due(again.at(), due.number(), due.deployment()));
            }
        }
        // Fifty at once and eight a second from then on; the last tick may overdraw.
        assertTrue(calls.size() == 100 * READS_IN_A_TICK, () -> calls.size() + " calls: some were made in vain");
        long seconds = Duration.between(START, calls.getLast()).toSeconds();
        assertTrue(seconds >= (500 - 50 - READS_IN_A_TICK) / 8, () -> "too fast: " + seconds + " s");
    }
}
