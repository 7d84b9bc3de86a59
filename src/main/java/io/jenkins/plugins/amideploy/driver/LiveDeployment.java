package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.config.BuildReference;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.DeploymentHost;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A deployment that has not ended, with its next tick scheduled. Between ticks it holds no thread.
 *
 * <p>Each tick first asks whether the build still wants it: the attendant may say that it was aborted, and where the
 * build has ended without it, it is aborted, too. So it is always unwound, whoever was lost and whenever.
 */
final class LiveDeployment implements DeploymentHost {
    private static final Logger LOGGER = Logger.getLogger(LiveDeployment.class.getName());
    /** When to look again after something that should not happen. */
    private static final Duration AFTER_A_MISHAP = Duration.ofSeconds(30);
    /** When to look whether an agent has done its part, for it mostly says so itself. */
    private static final Duration FOR_THE_AGENT = Duration.ofSeconds(1);

    private final Deployments deployments;
    private final AwsAccess aws;
    private final Deployment deployment;
    private final SecretFiles files;
    private final BlockAgent agent = new BlockAgent();
    private final AgentWorkplace workplace = new AgentWorkplace(this);
    private final Recording recording;

    /** As it is in the file, or is about to be; replaced by ticks, by those who wait, and when the job is moved. */
    private final AtomicReference<DeploymentRecord> record;

    /** Held while the file is written. */
    private final Object writing = new Object();

    /** Who waits; null where nobody does, or nobody has come back yet. */
    private volatile Attendant attendant;

    /** What it is doing, for people who look at a thread dump. */
    private volatile String status = "about to begin";

    /** Whether the file is about to be deleted and must not be written again. Guarded by {@link #writing}. */
    private boolean over;

    /** The next tick; null while one is running and after the end. Guarded by this. */
    private Future<?> next;

    /** Whether a tick is running, and whether another is wanted right after it. Guarded by this. */
    private boolean ticking;

    private boolean again;

    LiveDeployment(Deployments deployments, DeploymentRecord record) {
        this.deployments = deployments;
        this.record = new AtomicReference<>(record);
        boolean administrators = record.order().isByAdministrator();
        this.aws = administrators
                ? AwsAccess.ofAdministrator(record.order().aws())
                : new AwsAccess(record.order().aws());
        this.attendant = administrators ? Restores.get().attendant(record) : null;
        this.files = new SecretFiles(this, record.id());
        this.recording = new Recording(this::record, aws);
        this.deployment = new Deployment(
                ProcedureFactory.procedure(record.order()),
                record.owner(),
                SavedState.of(record.state()),
                this::session,
                aws.clock(),
                this);
    }

    /** Someone waits for it, now or again. */
    void attend(BuildReference build, Attendant newAttendant) {
        record.updateAndGet(kept -> kept.with(build));
        attendant = newAttendant;
        wake();
    }

    /** Looks again at once. Never blocks. */
    synchronized void wake() {
        if (ticking) {
            again = true;
        } else {
            schedule(Duration.ZERO);
        }
    }

    /** Looks again at once, or after that time, whenever it would otherwise. */
    void wakeIn(Duration wait) {
        if (wait.isZero()) {
            wake();
        } else {
            deployments.schedule(this::wake, wait);
        }
    }

    /** Looks again after that time, unless it is told to earlier. */
    synchronized void schedule(Duration wait) {
        if (next != null) {
            next.cancel(false);
        }
        next = deployments.schedule(this::run, wait);
    }

    private void run() {
        synchronized (this) {
            next = null;
            ticking = true;
            again = false;
        }
        Duration wait = AFTER_A_MISHAP;
        try {
            wait = tick();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "Deployment " + record.get().owner(), e);
            print("WARNING: Jenkins has a problem of its own, and this deployment waits for it to pass: " + e);
        } finally {
            goOn(wait);
        }
    }

    private synchronized void goOn(Duration wait) {
        ticking = false;
        if (wait != null) {
            schedule(again ? Duration.ZERO : wait);
        }
    }

    /** One tick; returns how long to wait for the next, null at the end. */
    private Duration tick() {
        abortWhereUnwanted();
        Tick tick = deployment.tick();
        recording.flush();
        if (tick instanceof Tick.Ended ended) {
            if (!files.settled()) {
                return FOR_THE_AGENT;
            }
            end(ended.outcome());
            return null;
        }
        Attendant present = waiting();
        if (present != null) {
            deployment.trouble().ifPresent(present::troubled);
        }
        if (tick instanceof Tick.AwaitGate await) {
            status = "waiting for the block";
            boolean answered = present != null && answer(await.gate(), ask(present, await.gate()));
            return answered ? Duration.ZERO : aws.waitUntil(await.lookAgain());
        }
        if (present != null && !present.blockRuns()) {
            files.remove();
        }
        return aws.waitUntil(((Tick.LookAgain) tick).at());
    }

    private void abortWhereUnwanted() {
        if (deployment.trouble().isPresent()) {
            return;
        }
        if (!wanted()) {
            deployment.abort("The build is over, and its deployment was not");
        } else if (attendant != null) {
            attendant.abortion().ifPresent(deployment::abort);
        }
    }

    /** Whether the build still runs that wants it; what an administrator wants, needs none. */
    private boolean wanted() {
        return record().order().isByAdministrator() || record().build().running();
    }

    private GateAnswer ask(Attendant present, Tick.Gate gate) {
        return present.gate(gate, () -> files.place(gate));
    }

    private boolean answer(Tick.Gate gate, GateAnswer answer) {
        if (answer.running()) {
            return false;
        }
        files.remove();
        if (answer.passed()) {
            deployment.gatePassed(gate.name());
        } else {
            deployment.gateFailed(gate.name(), answer.cause());
        }
        return true;
    }

    private void end(Outcome outcome) {
        status = "over";
        Attendant present = waiting();
        boolean unread = present == null || record().order().isByAdministrator();
        if (unread && outcome instanceof Outcome.Failed failed) {
            print(failed.state());
        }
        synchronized (writing) {
            over = true;
        }
        recording.ended(outcome);
        deployments.ended(record(), outcome);
        if (present != null) {
            present.ended(outcome);
        }
    }

    /** Who waits, as far as the build is still there to wait; null where nobody does. */
    private Attendant waiting() {
        return wanted() ? attendant : null;
    }

    /** The controller stops. */
    void suspend() {
        Attendant present = attendant;
        if (present != null) {
            present.suspended();
        }
    }

    /** Keeps the reference right where the job, or a folder above it, is moved. */
    void moved(String from, String to) {
        record.updateAndGet(kept -> kept.with(kept.build().moved(from, to)));
    }

    DeploymentRecord record() {
        return record.get();
    }

    String status() {
        return status;
    }

    /** The time of the AWS that it works on. */
    Instant now() {
        return aws.clock().instant();
    }

    AwsSession session() {
        return aws.session(record().build());
    }

    Duration waitUntil(Instant at) {
        return aws.waitUntil(at);
    }

    /** Whether someone is there who has it go on; nobody comes for what an administrator wants. */
    boolean attended() {
        return attendant != null && !record().order().isByAdministrator();
    }

    @Override
    public void save(Map<String, String> state) {
        recording.flush();
        keep(kept -> kept.with(state));
    }

    @Override
    public void keepSecret(String name, String value) {
        keep(kept -> kept.withSecret(name, value));
    }

    /** Keeps where secrets lie in clear; null where they do not any more. */
    void keep(FilePlace place) {
        keep(kept -> kept.with(place));
    }

    Optional<FilePlace> place() {
        return record().place();
    }

    /** One at a time, so that the file never goes back to an older record. */
    private void keep(UnaryOperator<DeploymentRecord> change) {
        synchronized (writing) {
            DeploymentRecord changed = record.updateAndGet(change);
            if (!over) {
                deployments.save(changed);
            }
        }
    }

    @Override
    public Optional<String> secret(String name) {
        return record().secret(name);
    }

    @Override
    public Workplace workplace() {
        return workplace;
    }

    /**
     * The workspace of the agent that surrounds the block; empty where there is none.
     *
     * @throws IOException where it cannot be reached for now
     */
    Optional<FilePath> workspace() throws IOException, InterruptedException {
        Attendant present = waiting();
        if (present != null) {
            return agent.workspace(present);
        }
        if (record().build().running()) {
            throw new IOException("The build has not come back yet");
        }
        return Optional.empty();
    }

    @Override
    public void entered(Instant at, String phase, boolean unwinding) {
        recording.entered(at, phase, unwinding);
    }

    @Override
    public void saw(Instant at, Sight sight) {
        recording.saw(at, sight);
    }

    @Override
    public void planned(String history) {
        recording.planned(history);
    }

    @Override
    public void say(Event event) {
        recording.said(event);
        status = event.progress().isEmpty() ? event.text() : event.progress() + " " + event.text();
        print(event.format(ZoneId.systemDefault()));
    }

    /** Tells people something that is no event of the procedure. */
    void warn(String text) {
        Event event = new Event(now(), Event.Kind.WARNING, "", text);
        recording.said(event);
        print(event.format(ZoneId.systemDefault()));
    }

    private void print(String line) {
        String text = aws.hasConsole() ? new ConsoleLinks(aws.region()).in(line) : line;
        Attendant present = waiting();
        if (present == null || !present.print(text)) {
            BuildConsole.print(record().build(), line);
        }
    }

    @Override
    public boolean isOver(Owner owner) {
        return deployments.isOver(owner);
    }
}
