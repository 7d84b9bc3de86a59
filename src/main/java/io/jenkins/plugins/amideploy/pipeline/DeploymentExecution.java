package io.jenkins.plugins.amideploy.pipeline;

import hudson.AbortException;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.driver.Attendant;
import io.jenkins.plugins.amideploy.driver.DeploymentOrder;
import io.jenkins.plugins.amideploy.driver.Deployments;
import io.jenkins.plugins.amideploy.driver.GateAnswer;
import io.jenkins.plugins.amideploy.driver.GateFiles;
import io.jenkins.plugins.amideploy.driver.PlainValues;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A Pipeline that waits for a deployment, of whatever procedure.
 *
 * <p>The deployment does not depend on this object: {@link Deployments} drives it and keeps it. {@link #start} and
 * {@link #onResume} say that somebody waits; from then on the driver asks at every tick whether to go on
 * ({@link #abortion}) and, where the procedure has come to a gate, how the block fares ({@link #gate}). What
 * Pipeline's thread has to tell is kept in fields and the driver is woken to ask; nothing here blocks that thread.
 * When the deployment has ended or is unwound, {@link #ended} completes the step, and only then: not even {@link #stop}
 * does it earlier. If Pipeline loses patience and kills the step, the deployment is unwound without it.
 *
 * <p>What is not transient is part of the program's state. It may be older than the deployment after a crash, which
 * does no harm: the block of a gate that had passed by then is not asked for again.
 */
final class DeploymentExecution extends StepExecution implements Attendant {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final DeploymentOrder order;

    /** Why the step shall stop; set by the first {@link #stop}. */
    private volatile Throwable stopped;

    /** How the blocks of gates ended. Set on Pipeline's thread; never changed, only replaced. */
    private volatile TreeMap<String, GateAnswer> answers = new TreeMap<>();

    /** What interrupted a block, such as an abort while it ran; what the step then fails with. Set with the answer. */
    private volatile FlowInterruptedException interrupted;

    /** The gate whose block runs; set on Pipeline's thread when it starts, null again when it ends. */
    private volatile String running;

    /** The block that runs, to cancel it; null again when it ends. */
    private volatile BodyExecution body;

    /** The gate whose block was handed to Pipeline and may not run yet. Forgotten by a restart, as it is there. */
    private transient volatile String requested;

    /** Whether the running block was cancelled because the deployment is being unwound. */
    private transient volatile boolean cancelled;

    DeploymentExecution(StepContext context, DeploymentOrder order) {
        super(context);
        this.id = Deployments.newId();
        this.order = order;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        attend();
        return false;
    }

    @Override
    public void onResume() {
        try {
            attend();
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    private void attend() throws IOException, InterruptedException {
        Deployments.get().attend(getContext().get(Run.class), id, order, this);
    }

    @Override
    public void stop(Throwable cause) {
        if (stopped == null) {
            stopped = cause;
            getContext().saveState();
        }
        Deployments.get().wake(id);
    }

    @Override
    public String getStatus() {
        return Deployments.get().status(id);
    }

    @Override
    public boolean print(String line) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener == null) {
                return false;
            }
            listener.getLogger().println(line);
            return true;
        } catch (IOException | InterruptedException | IllegalStateException e) {
            // The step is dead; the caller knows other places to print to.
            return false;
        }
    }

    @Override
    public Optional<String> abortion() {
        return Optional.ofNullable(stopped).map(Interruptions::text);
    }

    @Override
    public synchronized GateAnswer gate(Tick.Gate gate, Supplier<Optional<GateFiles>> files) {
        // In this order: a block that ends in between has left its answer before it is no longer seen.
        boolean idle = running == null && requested == null;
        GateAnswer answer = answers.get(gate.name());
        if (answer != null) {
            return answer;
        }
        Optional<GateFiles> there = idle ? files.get() : Optional.empty();
        if (there.isPresent()) {
            try {
                runBlock(gate, there.get());
            } catch (IOException | InterruptedException | IllegalStateException e) {
                return GateAnswer.failed("it cannot be run, for the step is no longer there: " + e.getMessage());
            }
        }
        return GateAnswer.RUNNING;
    }

    private void runBlock(Tick.Gate gate, GateFiles files) throws IOException, InterruptedException {
        EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
        BodyInvoker invoker = getContext()
                .newBodyInvoker()
                .withContext(
                        EnvironmentExpander.merge(outer, new BlockVariables(gate.environment(), files.variables())))
                .withCallback(new GateCallback(this, gate.name()));
        if (!files.hidden().isEmpty()) {
            ConsoleLogFilter console = getContext().get(ConsoleLogFilter.class);
            invoker.withContext(BodyInvoker.mergeConsoleLogFilters(console, new HiddenText(files.hidden())));
        }
        requested = gate.name();
        cancelled = false;
        body = invoker.start();
    }

    /** The block has begun. */
    void begun(String gate) {
        running = gate;
    }

    /** The block has ended. */
    void answered(String gate, GateAnswer answer, Throwable cause) {
        TreeMap<String, GateAnswer> more = new TreeMap<>(answers);
        more.put(gate, answer);
        answers = more;
        if (cause instanceof FlowInterruptedException interruption && !Interruptions.ours(interruption)) {
            interrupted = interruption;
        }
        running = null;
        requested = null;
        body = null;
        Deployments.get().wake(id);
    }

    @Override
    public boolean blockRuns() {
        return running != null || requested != null;
    }

    @Override
    public Optional<FilePath> workspace() throws IOException, InterruptedException {
        return Optional.ofNullable(getContext().get(FilePath.class));
    }

    @Override
    public Optional<FilePath> directory() throws IOException, InterruptedException {
        return workspace();
    }

    @Override
    public void troubled(Trouble trouble) {
        BodyExecution block = body;
        if (block != null && !cancelled) {
            cancelled = true;
            block.cancel(Interruptions.of(trouble));
        }
    }

    @Override
    public void suspended() {
        // Pipeline suspends the step as well, and brings it back.
    }

    @Override
    public void ended(Outcome outcome) {
        Throwable interruption = interruption(outcome);
        if (interruption != null) {
            print(
                    outcome instanceof Outcome.Failed failed
                            ? failed.state()
                            : "The deployment was complete before it could be aborted.");
            getContext().onFailure(interruption);
        } else if (outcome instanceof Outcome.Failed failed) {
            getContext().onFailure(new AbortException(failed.message()));
        } else if (outcome instanceof Outcome.Succeeded succeeded) {
            getContext().onSuccess(PlainValues.copy(succeeded.result()));
        }
    }

    /** What interrupted the step, so that the build counts as aborted; null where it only succeeded or failed. */
    private Throwable interruption(Outcome outcome) {
        if (stopped != null) {
            return stopped;
        }
        if (!(outcome instanceof Outcome.Failed failed)) {
            return null;
        }
        return switch (failed.trouble().kind()) {
            case GATE_FAILED -> interrupted;
            case ABORTED, TIMED_OUT -> Interruptions.of(failed.trouble());
            default -> null;
        };
    }

    /** Tells how a block ended; kept with the program, like the block. */
    private static final class GateCallback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final DeploymentExecution execution;
        private final String gate;

        GateCallback(DeploymentExecution execution, String gate) {
            this.execution = execution;
            this.gate = gate;
        }

        @Override
        public void onStart(StepContext context) {
            execution.begun(gate);
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.answered(gate, GateAnswer.PASSED, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            execution.answered(gate, GateAnswer.failed(Interruptions.text(cause)), cause);
        }
    }
}
