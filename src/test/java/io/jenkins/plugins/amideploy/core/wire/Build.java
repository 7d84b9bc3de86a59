package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.DeploymentHost;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A build that runs one procedure, tick by tick, on a clock that jumps. It keeps what a Jenkins build would keep: the
 * saved state and the console.
 */
final class Build implements DeploymentHost {
    /** Far more than any deployment here takes: who comes to it hangs. */
    private static final int MOST_TICKS = 1500;

    private final Wire wire;
    private final Owner owner;
    private final Procedure procedure;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, String> secrets = new HashMap<>();
    private Map<String, String> saved = Map.of();
    private Deployment deployment;
    private Block block = gate -> Optional.empty();
    private Runnable afterEachTick = () -> {};
    private boolean restarting;
    private int ticks;

    /** The user's block. */
    interface Block {
        /** Runs it; the cause where it fails. */
        Optional<String> run(Tick.Gate gate);
    }

    Build(Wire wire, Owner owner, Procedure procedure) {
        this.wire = wire;
        this.owner = owner;
        this.procedure = procedure;
        resume();
    }

    Build withBlock(Block newBlock) {
        this.block = newBlock;
        return this;
    }

    Build afterEachTick(Runnable look) {
        this.afterEachTick = look;
        return this;
    }

    /** The controller restarts between any two ticks. */
    Build restartingAllTheTime() {
        this.restarting = true;
        return this;
    }

    private void resume() {
        deployment = new Deployment(procedure, owner, SavedState.of(saved), wire::aws, wire.clock(), this);
    }

    /** Runs it to its end. */
    Outcome finish() {
        return run(() -> false).orElseThrow(() -> new AssertionError("Stopped before its end\n" + console()));
    }

    /** Runs it to its end, which must be a good one. */
    Map<String, Object> succeed() {
        return assertInstanceOf(Outcome.Succeeded.class, finish(), this::console)
                .result();
    }

    /** Runs it to its end, which must be a bad one. */
    Outcome.Failed fails() {
        return assertInstanceOf(Outcome.Failed.class, finish(), this::console);
    }

    /** Runs it until that is so, which must be before its end. */
    Build until(BooleanSupplier so) {
        run(so).ifPresent(outcome -> fail("Ended too early: " + outcome + "\n" + console()));
        return this;
    }

    /** Runs so many ticks of it; false where it ended before. */
    boolean ticks(int number) {
        for (int i = 0; i < number; i++) {
            if (step().isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** The controller is gone for good and will not come back to this build. */
    void die() {
        wire.over(owner);
    }

    void abort(String cause) {
        deployment.abort(cause);
    }

    Owner owner() {
        return owner;
    }

    private Optional<Outcome> run(BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            Optional<Outcome> outcome = step();
            if (outcome.isPresent()) {
                return outcome;
            }
        }
        return Optional.empty();
    }

    /** Makes one tick and lets the time pass until the next; its outcome where it was the last one. */
    Optional<Outcome> step() {
        if (++ticks > MOST_TICKS) {
            fail("No end after " + MOST_TICKS + " ticks\n" + console());
        }
        Tick tick = deployment.tick();
        assertEquals(List.of(), wire.moto().unanswered(), this::console);
        afterEachTick.run();
        if (tick instanceof Tick.Ended ended) {
            return Optional.of(ended.outcome());
        }
        if (restarting) {
            resume();
        }
        follow(tick);
        return Optional.empty();
    }

    private void follow(Tick tick) {
        if (tick instanceof Tick.LookAgain again) {
            wire.clock().jumpTo(again.at());
        } else if (tick instanceof Tick.AwaitGate await) {
            String gate = await.gate().name();
            block.run(await.gate())
                    .ifPresentOrElse(cause -> deployment.gateFailed(gate, cause), () -> deployment.gatePassed(gate));
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
    public void say(Event event) {
        events.add(event);
    }

    @Override
    public boolean isOver(Owner holder) {
        return wire.isOver(holder);
    }

    /** All that it said, as a console shows it. */
    String console() {
        return events.stream().map(event -> event.format(ZoneOffset.UTC)).collect(Collectors.joining("\n"));
    }
}
