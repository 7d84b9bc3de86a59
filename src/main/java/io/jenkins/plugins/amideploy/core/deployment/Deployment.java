package io.jenkins.plugins.amideploy.core.deployment;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.ReadLater;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Runs one procedure tick by tick and keeps the promises that are the same for all of them: failures of AWS that pass
 * are waited out, others unwind the deployment; an abort, a failed gate or the end of its time unwinds it by ticks of
 * its own; the first trouble stays the reason.
 *
 * <p>Between ticks it is this object and a small state: no thread, no client. After a crash a new one is made from the
 * saved state and goes on. Safe for use by several threads; a tick and the other methods exclude each other.
 */
public final class Deployment {
    private static final Logger LOGGER = Logger.getLogger(Deployment.class.getName());
    private static final Duration LEAST_UNWINDING_TIME = Duration.ofHours(4);
    private static final Duration UNTIL_SAVED = Duration.ofSeconds(30);
    private static final String STARTED = "started";
    private static final String UNWINDING_SINCE = "unwinding";
    private static final String PASSED = "gates";
    /** What is not a procedure's own; "wrote" is {@link TickContext}'s. */
    static final Set<String> OWN_KEYS =
            Set.of(STARTED, UNWINDING_SINCE, PASSED, Trouble.KIND, Trouble.TEXT, TickContext.WROTE);

    private final Procedure procedure;
    private final Owner owner;
    private final SavedState state;
    private final Supplier<AwsSession> aws;
    private final InstantSource clock;
    private final DeploymentHost host;
    private final Patience patience;

    /** The state as it was saved last. */
    private Map<String, String> kept;
    /** Whether the last attempt to save failed, so that this is told once. */
    private boolean unsaved;
    /** The phase that was told last, with a mark where it is unwinding; null before the first. */
    private String phase;
    /** Set when the procedure has ended; further ticks only repeat it. */
    private Tick.Ended ended;

    /**
     * @param state empty for a new deployment, or what was saved last
     * @param aws asked at every tick, so that credentials may change meanwhile; may throw SdkException
     */
    public Deployment(
            Procedure procedure,
            Owner owner,
            SavedState state,
            Supplier<AwsSession> aws,
            InstantSource clock,
            DeploymentHost host) {
        this.procedure = procedure;
        this.owner = owner;
        this.state = state;
        this.kept = state.toMap();
        this.aws = aws;
        this.clock = clock;
        this.host = host;
        this.patience = new Patience();
    }

    /** Looks, decides, acts. Never throws an exception; an {@link Error} means that this process is at its end. */
    public synchronized Tick tick() {
        if (ended != null) {
            return ended;
        }
        try {
            return lookAndAct();
        } catch (NotSaved e) {
            return afterNotSaved(e);
        }
    }

    private Tick lookAndAct() {
        Tick next;
        TickContext context = new Context();
        Instant before = context.lastWrite();
        try {
            begin();
            watchTheTime();
            next = procedure.tick(context);
            patience.restored(clock.instant()).ifPresent(text -> say(Event.Kind.INFO, text));
        } catch (ReadLater e) {
            next = new Tick.LookAgain(e.at());
        } catch (SdkException e) {
            if (!context.lastWrite().equals(before)) {
                context.wrote(); // the SDK may have tried for a minute, and AWS heard it only at the end
            }
            next = afterFailure(AwsFailure.of(e));
        } catch (Stop e) {
            next = unwind(e.trouble());
        } catch (NotSaved e) {
            throw e;
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Deployment " + owner, e);
            next = unwind(new Trouble(Trouble.Kind.INTERNAL, "A mistake in AMI Deploy: " + e));
        }
        tellPhase(next);
        if (!state.toMap().equals(kept)) {
            save(); // what a tick has learned without a call, such as since when an instance serves
        }
        if (next instanceof Tick.Ended end) {
            ended = end;
        }
        return next;
    }

    private void tellPhase(Tick next) {
        String name = next instanceof Tick.AwaitGate ? DeploymentHost.GATE : state.get(SavedState.PHASE, "");
        boolean unwinding = Trouble.in(state).isPresent();
        String now = unwinding ? name + "!" : name;
        if (!now.equals(phase)) {
            phase = now;
            host.entered(clock.instant(), name, unwinding);
        }
    }

    /** Someone wants the deployment to stop. It unwinds by the ticks that follow; said twice, the first stands. */
    public synchronized void abort(String cause) {
        keepTrouble(new Trouble(Trouble.Kind.ABORTED, cause));
    }

    /** The block of this gate has passed. */
    public synchronized void gatePassed(String gate) {
        var passed = state.getSet(PASSED);
        passed.add(gate);
        state.put(PASSED, passed);
        save();
    }

    /** The block of this gate has failed. */
    public synchronized void gateFailed(String gate, String cause) {
        keepTrouble(new Trouble(Trouble.Kind.GATE_FAILED, "The block failed (" + gate + "): " + cause));
    }

    /** Why the deployment is being unwound; empty while it goes forward. */
    public synchronized Optional<Trouble> trouble() {
        return Trouble.in(state);
    }

    private void save() {
        Map<String, String> now = state.toMap();
        try {
            host.save(now);
        } catch (RuntimeException e) {
            throw new NotSaved(e);
        }
        kept = now;
        unsaved = false;
    }

    /** The tick did not happen as far as the state is concerned, and is repeated. */
    private Tick afterNotSaved(NotSaved e) {
        state.reset(kept);
        if (!unsaved) {
            unsaved = true;
            LOGGER.log(Level.WARNING, "Deployment " + owner, e);
            say(
                    Event.Kind.WARNING,
                    "Nothing more is done before Jenkins can save the state of this deployment: " + e.getMessage());
        }
        return new Tick.LookAgain(clock.instant().plus(UNTIL_SAVED));
    }

    private void begin() {
        if (!state.has(STARTED)) {
            state.put(STARTED, clock.instant());
        }
    }

    private void watchTheTime() {
        Instant now = clock.instant();
        Instant deadline = state.getInstant(STARTED).orElse(now).plus(procedure.timeout());
        if (now.isAfter(deadline)) {
            keepTrouble(new Trouble(
                    Trouble.Kind.TIMED_OUT, "Not done within the timeout of " + Words.of(procedure.timeout())));
        }
    }

    private boolean unwindingTooLong() {
        return state.getInstant(UNWINDING_SINCE)
                .map(since -> clock.instant().isAfter(since.plus(unwindingTime())))
                .orElse(false);
    }

    /** Getting back is worth more patience than getting on. */
    private Duration unwindingTime() {
        Duration forward = procedure.timeout();
        return forward.compareTo(LEAST_UNWINDING_TIME) > 0 ? forward : LEAST_UNWINDING_TIME;
    }

    private void keepTrouble(Trouble trouble) {
        if (Trouble.in(state).isPresent()) {
            return;
        }
        trouble.keepIn(state);
        state.put(UNWINDING_SINCE, clock.instant());
        say(Event.Kind.FAILURE, trouble.text());
        save();
    }

    private Tick afterFailure(AwsFailure failure) {
        Patience.Advice advice = patience.after(
                failure,
                clock.instant(),
                procedure.begun(state),
                Trouble.in(state).isPresent());
        boolean renewable = failure.kind() != AwsFailure.Kind.CREDENTIALS || procedure.begun(state);
        if (advice.waitUntil().isPresent() && renewable && !unwindingTooLong()) {
            advice.say().ifPresent(text -> say(Event.Kind.WARNING, text));
            return new Tick.LookAgain(advice.waitUntil().get());
        }
        Trouble trouble = new Trouble(Trouble.Kind.REFUSED, advice.trouble());
        return failure.kind() == AwsFailure.Kind.CREDENTIALS ? end(trouble) : unwind(trouble);
    }

    /** Turns the deployment around; a trouble while it is already unwinding ends it where it stands. */
    private Tick unwind(Trouble trouble) {
        boolean alreadyUnwinding = Trouble.in(state).isPresent();
        keepTrouble(trouble);
        return alreadyUnwinding ? end(trouble) : new Tick.LookAgain(clock.instant());
    }

    private Tick end(Trouble last) {
        keepTrouble(last);
        Trouble first = Trouble.in(state).orElse(last);
        if (!procedure.begun(state)) {
            return new Tick.Ended(new Outcome.Failed(first, "Nothing was changed."));
        }
        String also = first.equals(last) ? "" : "While unwinding: " + last.text() + "\n";
        return new Tick.Ended(new Outcome.Failed(first, also + procedure.wayBack(state)));
    }

    private void say(Event.Kind kind, String text) {
        host.say(new Event(clock.instant(), kind, "", text));
    }

    private final class Context implements TickContext {
        private boolean begun;

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public AwsSession aws() {
            AwsSession session = aws.get();
            if (!begun) {
                session.begin();
                begun = true;
            }
            return session;
        }

        @Override
        public SavedState state() {
            return state;
        }

        @Override
        public void save() {
            Deployment.this.save();
        }

        @Override
        public void keepSecret(String name, String value) {
            host.keepSecret(name, value);
        }

        @Override
        public Optional<String> secret(String name) {
            return host.secret(name);
        }

        @Override
        public Workplace workplace() {
            return host.workplace();
        }

        @Override
        public Owner owner() {
            return owner;
        }

        @Override
        public boolean isOver(Owner holder) {
            return host.isOver(holder);
        }

        @Override
        public Optional<Trouble> trouble() {
            return Trouble.in(state);
        }

        @Override
        public boolean unwindingTooLong() {
            return Deployment.this.unwindingTooLong();
        }

        @Override
        public boolean gatePassed(String gate) {
            return state.getSet(PASSED).contains(gate);
        }

        @Override
        public void saw(Supplier<Sight> sight) {
            try {
                host.saw(clock.instant(), sight.get());
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "What deployment " + owner + " sees is not shown");
            }
        }

        @Override
        public void planned(String history) {
            host.planned(history);
        }

        @Override
        public void say(Event.Kind kind, String progress, String text) {
            host.say(new Event(clock.instant(), kind, progress, text));
        }
    }
}
