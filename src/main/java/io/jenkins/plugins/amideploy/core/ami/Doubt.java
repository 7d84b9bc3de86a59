package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A call about the instance that AWS refuses: what AWS shows may be some seconds old, and the instance be gone. So the
 * refusal counts only when AWS has had time to show why; mostly the next look then says it better.
 */
final class Doubt {
    private static final String SINCE = "refused.since";

    private final Desk desk;

    Doubt(Desk desk) {
        this.desk = desk;
    }

    /** The tick that the phase asks for, or another look soon. */
    Tick dispel(Supplier<Tick> phase) {
        try {
            Tick tick = phase.get();
            desk.at().state().remove(SINCE);
            return tick;
        } catch (AwsServiceException e) {
            AwsFailure failure = AwsFailure.of(e);
            String instance = desk.state().instance();
            boolean about = !instance.isEmpty() && failure.reason().contains(instance);
            Instant since = desk.at().state().getInstant(SINCE).orElse(desk.at().now());
            if (failure.kind() != AwsFailure.Kind.REFUSED || !about || desk.passed(Leases.SETTLE, since)) {
                throw e;
            }
            desk.at().state().put(SINCE, since);
            return desk.in(Duration.ofSeconds(4));
        }
    }
}
