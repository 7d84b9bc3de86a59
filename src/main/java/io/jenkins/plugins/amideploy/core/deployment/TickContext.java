package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What a procedure has at hand during one tick. */
public interface TickContext {
    /** In the saved state: when something was changed last. */
    String WROTE = "wrote";

    /** The time, from the one clock. It moves on during a tick. */
    Instant now();

    AwsSession aws();

    /** The state; a change survives a crash once {@link #save} has returned. */
    SavedState state();

    void save();

    /** Keeps a secret, which the saved state must not hold; it survives a crash once this has returned. */
    void keepSecret(String name, String value);

    Optional<String> secret(String name);

    /** The machine on which the block runs. */
    Workplace workplace();

    Owner owner();

    /** Whether the deployment that holds that lease has certainly ended. */
    boolean isOver(Owner owner);

    /** Why the deployment is being unwound; empty while it goes forward. */
    Optional<Trouble> trouble();

    /** Whether unwinding has taken as long as it may. */
    boolean unwindingTooLong();

    /**
     * Whether the user's block has passed for the gate of that name. Always false before the gate was asked for by
     * {@link Tick.AwaitGate}.
     */
    boolean gatePassed(String gate);

    void say(Event.Kind kind, String progress, String text);

    default void say(String progress, String text) {
        say(Event.Kind.INFO, progress, text);
    }

    /** Notes what there is to see, for people to look at; where it cannot be found out, nothing. Never fails. */
    default void saw(Supplier<Sight> sight) {}

    /** Notes what the deployment is expected to be like, as the text of a history. Never fails. */
    default void planned(String history) {}

    /** Notes that something was just changed in AWS: what was read before is out of date now. */
    default void wrote() {
        state().put(WROTE, now());
    }

    /** When this deployment last changed something in AWS. */
    default Instant lastWrite() {
        return state().getInstant(WROTE).orElse(Instant.EPOCH);
    }

    /** Whether AWS has had time to show our last change. */
    default boolean settled() {
        return now().isAfter(lastWrite().plus(Leases.SETTLE));
    }
}
