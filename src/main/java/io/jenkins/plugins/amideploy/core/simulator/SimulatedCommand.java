package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** A script on its way through one instance: AWS Systems Manager User Guide, "Understanding command statuses". */
final class SimulatedCommand {
    private static final int OUTPUT_LIMIT = 24_000;

    final String id;
    final SendCommandRequest request;
    final Instant requested;
    final Lag<CommandInvocationStatus> lag;
    final SimulatedInstance instance;
    private final World world;
    private final Duration deliveredWithin;
    private final Duration runsAtMost;
    private final Instant pickUp;
    private ScriptRun run;
    private Instant begun;
    private Instant cancelled;
    /** When the script came to its own end. */
    private Instant ended;

    SimulatedCommand(World world, SendCommandRequest request, SimulatedInstance instance) {
        this.world = world;
        this.id = world.ids.uuid();
        this.request = request;
        this.instance = instance;
        this.requested = world.clock.now();
        this.lag = new Lag<>(world);
        this.deliveredWithin = Duration.ofSeconds(request.timeoutSeconds() == null ? 3600 : request.timeoutSeconds());
        List<String> limit = request.parameters().getOrDefault("executionTimeout", List.of());
        this.runsAtMost = Duration.ofSeconds(limit.isEmpty() ? 3600 : Long.parseLong(limit.get(0)));
        this.pickUp = requested.plus(
                world.draws.of("pick-up " + id, world.behaviour.ec2().pickUp()));
        lag.beforeWrite(() -> null);
        world.clock.at(pickUp, this::begin);
    }

    private void begin() {
        if (cancelled == null && instance.guest.agentOnline()) {
            begun = world.clock.now();
            run = instance.guest.run(String.join("\n", request.parameters().get("commands")));
            if (run.takes() != null && run.takes().compareTo(runsAtMost) < 0) {
                world.clock.after(run.takes(), this::scriptEnded);
            }
        }
    }

    /** A script that a reboot or the end of its instance has cut off does not end: nobody tells that it has. */
    private void scriptEnded() {
        if (cancelled == null
                && instance.guest.agentOnline()
                && !instance.guest.upSince().isAfter(begun)) {
            ended = world.clock.now();
        }
    }

    private Instant end() {
        if (cancelled != null) {
            return cancelled;
        }
        if (begun == null) {
            return requested.plus(deliveredWithin);
        }
        return ended == null ? begun.plus(runsAtMost) : ended;
    }

    boolean over() {
        return !end().isAfter(world.clock.now());
    }

    void cancel() {
        if (!over()) {
            cancelled = world.clock.now();
        }
    }

    CommandInvocationStatus status() {
        if (!over()) {
            return begun == null ? CommandInvocationStatus.PENDING : CommandInvocationStatus.IN_PROGRESS;
        }
        if (cancelled != null) {
            return CommandInvocationStatus.CANCELLED;
        }
        if (ended == null) {
            return CommandInvocationStatus.TIMED_OUT;
        }
        return run.exitCode() == 0 ? CommandInvocationStatus.SUCCESS : CommandInvocationStatus.FAILED;
    }

    /** -1 while it has not ended by itself. */
    int responseCode() {
        return switch (status()) {
            case SUCCESS, FAILED -> run.exitCode();
            default -> -1;
        };
    }

    String output() {
        return begun == null ? "" : shown(run.output());
    }

    String errors() {
        return begun == null || !over() ? "" : shown(run.errors());
    }

    Instant begun() {
        return begun;
    }

    /** The first 24,000 characters of what was written until now. */
    private String shown(String all) {
        String text = all;
        if (!over() && run.takes() != null) {
            long passed = Duration.between(begun, world.clock.now()).toMillis();
            int written = (int) (all.length() * passed / Math.max(1, run.takes().toMillis()));
            text = all.substring(0, all.lastIndexOf('\n', Math.min(written, all.length())) + 1);
        }
        return text.length() <= OUTPUT_LIMIT ? text : text.substring(0, OUTPUT_LIMIT);
    }
}
