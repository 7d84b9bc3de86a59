package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.aws.AwsClients;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.DeploymentHost;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import io.jenkins.plugins.amideploy.core.history.Chronicle;
import io.jenkins.plugins.amideploy.core.history.MemorySheet;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Plays one deployment on a simulated AWS in virtual time: waiting takes no time, so hours pass in milliseconds.
 *
 * <p>Not safe for use by several threads.
 */
public final class Rehearsal implements DeploymentHost {
    /** A deployment that takes longer than any timeout that can be asked for never ends. */
    private static final Duration FOR_EVER = Duration.ofDays(40);

    private final SimulatedAws aws;
    private final Procedure procedure;
    private final Owner owner;
    private final Consumer<Event> events;
    private final Map<String, String> secrets = new HashMap<>();
    private final MemorySheet history = new MemorySheet();
    private Chronicle chronicle = new Chronicle(history);
    private Workplace workplace = Workplace.NONE;
    private boolean noting;
    private Map<String, String> saved = Map.of();
    private Predicate<Owner> others = owner -> false;
    private Function<Tick.Gate, Optional<String>> gatekeeper = gate -> Optional.empty();

    public Rehearsal(SimulatedAws aws, Procedure procedure, Owner owner, Consumer<Event> events) {
        this.aws = aws;
        this.procedure = procedure;
        this.owner = owner;
        this.events = events;
    }

    /** The simulator's clients. */
    public static AwsClients clients(SimulatedAws aws) {
        return new AwsClients(
                aws.autoScaling(),
                aws.ec2(),
                aws.elb(),
                aws.elbv2(),
                aws.cloudWatch(),
                aws.ssm(),
                aws.cloudFormation(),
                aws.route53(),
                aws.serviceQuotas());
    }

    /** A session with that AWS, and through it with the other regions of the account. */
    public static AwsSession session(SimulatedAws aws) {
        Map<String, AwsSession> regions = new ConcurrentHashMap<>();
        AwsSession session = session(aws, regions);
        regions.put(aws.region(), session);
        return session;
    }

    private static AwsSession session(SimulatedAws aws, Map<String, AwsSession> regions) {
        return new AwsSession(
                clients(aws),
                aws.clock(),
                aws.region(),
                (other, role) -> regions.computeIfAbsent(other, code -> session(aws.region(code), regions)));
    }

    /** Answers gates: empty for passed, or why the block failed. Unless this is called, every gate passes. */
    public Rehearsal gatekeeper(Function<Tick.Gate, Optional<String>> answer) {
        this.gatekeeper = answer;
        return this;
    }

    /** Keeps a history from now on, without the events. */
    public Rehearsal noting() {
        this.noting = true;
        return this;
    }

    /** The text of the history; empty where none was kept. */
    public String history() {
        return history.read();
    }

    /** The machine of the block; unless this is called there is none. */
    public Rehearsal workplace(Workplace machine) {
        this.workplace = machine;
        return this;
    }

    /** Tells which other deployments are over; unless this is called, none is known to be. */
    public Rehearsal over(Predicate<Owner> over) {
        this.others = over;
        return this;
    }

    /** The deployment as it was saved last, as a process that has just started would have it. */
    public Deployment deployment() {
        AwsSession session = session(aws);
        chronicle = new Chronicle(history);
        return new Deployment(procedure, owner, SavedState.of(saved), () -> session, aws.clock(), this);
    }

    /** What was saved last. */
    public Map<String, String> saved() {
        return saved;
    }

    /** Runs the deployment from where it was saved to its end. */
    public Outcome play() {
        return play(deployment());
    }

    /** Runs that deployment to its end. */
    public Outcome play(Deployment deployment) {
        Instant limit = aws.clock().instant().plus(FOR_EVER);
        while (aws.clock().instant().isBefore(limit)) {
            Optional<Outcome> outcome = step(deployment);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new IllegalStateException("The deployment does not end: " + saved);
    }

    /** Runs one tick and lets the time pass until the next. */
    public Optional<Outcome> step(Deployment deployment) {
        Tick tick = deployment.tick();
        if (tick instanceof Tick.Ended ended) {
            note(() -> chronicle.ended(aws.clock().instant(), ended.outcome()));
            return Optional.of(ended.outcome());
        }
        if (tick instanceof Tick.AwaitGate await) {
            answer(deployment, await.gate());
            return Optional.empty();
        }
        aws.clock().advanceTo(((Tick.LookAgain) tick).at());
        return Optional.empty();
    }

    private void answer(Deployment deployment, Tick.Gate gate) {
        Optional<String> failure = gatekeeper.apply(gate);
        if (failure.isPresent()) {
            deployment.gateFailed(gate.name(), failure.get());
        } else {
            deployment.gatePassed(gate.name());
        }
    }

    @Override
    public void save(Map<String, String> state) {
        saved = state;
    }

    @Override
    public void keepSecret(String name, String value) {
        secrets.put(name, value);
    }

    @Override
    public Optional<String> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Workplace workplace() {
        return workplace;
    }

    @Override
    public void entered(Instant at, String phase, boolean unwinding) {
        note(() -> chronicle.entered(at, phase, unwinding));
    }

    @Override
    public void saw(Instant at, Sight sight) {
        note(() -> chronicle.saw(at, sight));
    }

    private interface Note {
        void take() throws IOException;
    }

    private void note(Note note) {
        if (!noting) {
            return;
        }
        try {
            note.take();
            chronicle.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never in memory
        }
    }

    @Override
    public void say(Event event) {
        events.accept(event);
    }

    @Override
    public boolean isOver(Owner other) {
        return others.test(other);
    }
}
