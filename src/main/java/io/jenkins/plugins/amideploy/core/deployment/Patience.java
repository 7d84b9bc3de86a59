package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long which failure of AWS is waited out, and when people are told. Kept in memory only: after a restart the
 * patience begins anew.
 */
final class Patience {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** A hiccup shorter than this is nobody's business. */
    private static final Duration QUIET = Duration.ofSeconds(30);
    /** How long credentials may be bad, or AWS out of reach before anything was changed, until it is given up. */
    private static final Duration RENEWAL = Duration.ofMinutes(15);
    /** How long AWS may not know yet what was just made. */
    private static final Duration NOT_YET = Duration.ofSeconds(20);
    /** How often an unwinding deployment tries a call again that AWS refused. */
    private static final int TRIES_WHILE_UNWINDING = 5;

    private Instant since;
    private int failures;
    private boolean told;

    /**
     * @param waitUntil when to try again; empty where it is no use
     * @param say something people should know now
     */
    record Advice(Optional<Instant> waitUntil, Optional<String> say, String trouble) {}

    /**
     * @param changing whether the deployment has begun to change things, so that what AWS does not find may be something
     *     just made
     */
    Advice after(AwsFailure failure, Instant now, boolean changing, boolean unwinding) {
        if (since == null) {
            since = now;
        }
        failures++;
        Optional<Instant> again = Optional.of(now.plus(nextWait()));
        return switch (failure.kind()) {
            case THROTTLED -> new Advice(again, sayOnce(now, QUIET, throttled(failure)), failure.toString());
            case UNREACHABLE ->
                new Advice(
                        again.filter(at -> changing || now.isBefore(since.plus(RENEWAL))),
                        sayOnce(now, QUIET, unreachable(failure)),
                        "AWS cannot be reached, or there is no such region: " + failure);
            case CREDENTIALS ->
                new Advice(
                        again.filter(at -> now.isBefore(since.plus(RENEWAL))),
                        sayOnce(now, Duration.ZERO, credentials(failure)),
                        "AWS does not accept the credentials: " + failure);
            case DENIED -> new Advice(againIf(unwinding, again), Optional.empty(), denied(failure));
            case REFUSED ->
                new Advice(
                        failure.notFound() && changing && now.isBefore(since.plus(NOT_YET))
                                ? again
                                : againIf(unwinding, again),
                        Optional.empty(),
                        "AWS refused: " + failure);
        };
    }

    /** Says that calls get through again, where people were told that they did not. */
    Optional<String> restored(Instant now) {
        Optional<String> text = told
                ? Optional.of("AWS answers again after " + Words.of(Duration.between(since, now)) + "; going on")
                : Optional.empty();
        since = null;
        failures = 0;
        told = false;
        return text;
    }

    private Optional<Instant> againIf(boolean unwinding, Optional<Instant> again) {
        return unwinding && failures < TRIES_WHILE_UNWINDING ? again : Optional.empty();
    }

    private Duration nextWait() {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private Optional<String> sayOnce(Instant now, Duration after, String text) {
        if (told || now.isBefore(since.plus(after))) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(text);
    }

    private static String throttled(AwsFailure failure) {
        return "AWS throttles calls: " + failure + ". Nothing is lost; calls are spaced out until AWS takes them.";
    }

    private static String unreachable(AwsFailure failure) {
        return "AWS cannot be reached: " + failure + ". Nothing is lost; the deployment goes on when it answers.";
    }

    private static String credentials(AwsFailure failure) {
        return "AWS does not accept the credentials: " + failure + ". Renew them within " + Words.of(RENEWAL)
                + "; the deployment then goes on by itself.";
    }

    private static String denied(AwsFailure failure) {
        String action = failure.missingAction();
        String missing = action.isEmpty() ? "A permission is missing" : "The permission " + action + " is missing";
        return missing + ". AWS says: " + failure;
    }
}
