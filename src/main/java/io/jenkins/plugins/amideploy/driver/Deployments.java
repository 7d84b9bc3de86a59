package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.amideploy.config.AwsConnections;
import io.jenkins.plugins.amideploy.config.BuildReference;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingScheduledExecutorService;

/** All deployments of this controller that have not ended, and the threads that drive them. */
@Extension
public final class Deployments {
    private static final Logger LOGGER = Logger.getLogger(Deployments.class.getName());
    private static final int THREADS = 16;
    /** How long a deployment found at start-up waits for its step to come back, so that it speaks in the right place. */
    private static final Duration FOR_THE_STEP = Duration.ofSeconds(15);

    private static final int SECONDS_FOR_LAST_TICKS = 10;

    private final Map<String, LiveDeployment> live = new ConcurrentHashMap<>();
    private final DeploymentFiles files = new DeploymentFiles(Jenkins.get().getRootDir());
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, threadFactory());
    private final ScheduledExecutorService pool = new ImpersonatingScheduledExecutorService(threads, ACL.SYSTEM2);

    /** Whether a deployment was found that cannot be gone on with. */
    private volatile boolean lost;

    /** Whether the controller's end has come so far that its connections to AWS are closed. */
    private volatile boolean stopped;

    public Deployments() {
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public static Deployments get() {
        return ExtensionList.lookupSingleton(Deployments.class);
    }

    /** An id for a new deployment: short, because names of what it creates in AWS are made of it. */
    public static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    /** The SDK finds its parts through the thread's class loader. */
    static ThreadFactory threadFactory() {
        var named = new NamingThreadFactory(new DaemonThreadFactory(), "AMI Deploy");
        return task -> {
            Thread thread = named.newThread(task);
            thread.setContextClassLoader(Deployments.class.getClassLoader());
            return thread;
        };
    }

    /**
     * Has the deployment go on until it ends: begins it, or after a restart finds it again, or tells how it ended
     * meanwhile. Does no I/O and never blocks.
     *
     * @param id made by the caller and kept with the step, so that it is the same after a restart
     */
    public void attend(Run<?, ?> run, String id, DeploymentOrder order, Attendant attendant) {
        schedule(() -> orEnd(run, id, attendant, () -> attendNow(run, id, order, attendant)), Duration.ZERO);
    }

    private void orEnd(Run<?, ?> run, String id, Attendant attendant, Runnable beginning) {
        try {
            beginning.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Deployment " + id + " of " + run, e);
            live.remove(id);
            attendant.ended(cannotBegin(e));
        }
    }

    private static Outcome cannotBegin(RuntimeException e) {
        return new Outcome.Failed(
                new Trouble(Trouble.Kind.INTERNAL, "Jenkins cannot begin the deployment: " + e.getMessage()),
                "Nothing was changed. The system log of Jenkins says more.");
    }

    private void attendNow(Run<?, ?> run, String id, DeploymentOrder order, Attendant attendant) {
        BuildReference build = BuildReference.of(run);
        LiveDeployment known = live.get(id);
        Optional<Outcome> outcome = known == null ? DeploymentOutcomes.of(run, id) : Optional.empty();
        if (known != null) {
            known.attend(build, attendant);
        } else if (outcome.isPresent()) {
            attendant.ended(outcome.get());
        } else if (files.has(id)) {
            attendant.ended(unreadable(id));
        } else {
            Consumer<DeploymentOrder> begin =
                    complete -> orEnd(run, id, attendant, () -> begin(build, id, complete, attendant));
            ProcedureFactory.readerFor(order)
                    .ifPresentOrElse(
                            reader -> new FileReading(this, run, reader, order, attendant, begin).begin(),
                            () -> begin.accept(order));
        }
    }

    private void begin(BuildReference build, String id, DeploymentOrder order, Attendant attendant) {
        LiveDeployment begun = begun(DeploymentRecord.of(id, build, order));
        DeploymentList.add(build, id, order);
        Forecasts.get().order(begun);
        begun.attend(build, attendant);
    }

    /** Begins what no build waits for. Makes no call to AWS and never blocks. */
    void begin(BuildReference build, DeploymentOrder order) {
        begun(DeploymentRecord.of(newId(), build, order)).wake();
    }

    private LiveDeployment begun(DeploymentRecord record) {
        LiveDeployment begun = new LiveDeployment(this, record);
        live.put(record.id(), begun);
        ImageBuilds.get().ordered(record.build(), record.order());
        LeasePlaces.get().ordered(record.build(), record.order());
        files.write(begun.record());
        return begun;
    }

    private Outcome unreadable(String id) {
        return new Outcome.Failed(
                new Trouble(Trouble.Kind.INTERNAL, "What this deployment had saved cannot be read: " + files.path(id)),
                "The system log of Jenkins says why. The group may be left enlarged: restore it with"
                        + " restoreAutoScalingGroup, and delete the file.");
    }

    /** Has a deployment ask its attendant at once. Never blocks. */
    public void wake(String id) {
        Optional.ofNullable(live.get(id)).ifPresent(LiveDeployment::wake);
    }

    /** What a deployment is doing, as a short phrase. */
    public String status(String id) {
        return Optional.ofNullable(live.get(id)).map(LiveDeployment::status).orElse("not running");
    }

    /** The time where that deployment works; empty where it has ended. */
    public Optional<Instant> now(String id) {
        return Optional.ofNullable(live.get(id)).map(LiveDeployment::now);
    }

    Future<?> schedule(Runnable task, Duration wait) {
        return threads.isShutdown() ? null : pool.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once the controller has stopped, a tick that still runs is as if it had crashed: nothing of it is kept. */
    void save(DeploymentRecord record) {
        if (stopped) {
            throw new IllegalStateException("The controller stops");
        }
        files.write(record);
    }

    /** Keeps the outcome with the build, if there still is one, and forgets the deployment; in this order. */
    synchronized void ended(DeploymentRecord record, Outcome outcome) {
        record.build().run().ifPresent(run -> DeploymentOutcomes.keep(run, record.id(), outcome));
        files.delete(record.id());
        live.remove(record.id());
    }

    /**
     * Whether the deployment of a lease has certainly ended. Every deployment of this controller is live from before
     * its first call until after its last, however its build fares. Of other controllers nothing is known.
     */
    boolean isOver(Owner owner) {
        return ours(owner) && !live.containsKey(owner.deployment());
    }

    /** Whether a deployment of this controller is under way. */
    boolean isLive(Owner owner) {
        return live.containsKey(owner.deployment());
    }

    /** Whether a lease was taken by this controller. */
    public static boolean ours(Owner owner) {
        return owner.controller().equals(Controller.name());
    }

    /** The deployments under way that hold groups, or are about to. */
    public List<Holder> holders() {
        return live.values().stream()
                .filter(deployment ->
                        LeasePlaces.takesLeases(deployment.record().order()))
                .map(deployment -> Holder.of(deployment.record(), deployment.status()))
                .toList();
    }

    void moved(String from, String to) {
        live.values().forEach(deployment -> deployment.moved(from, to));
    }

    /** Before any job is loaded, and so before any build asks for its deployment. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
    public void load() {
        for (DeploymentRecord record : files.read()) {
            try {
                live.put(record.id(), new LiveDeployment(this, record));
            } catch (RuntimeException e) { // whatever is wrong with a file, Jenkins must start
                lost = true;
                LOGGER.log(Level.SEVERE, "Cannot go on with " + files.path(record.id()), e);
            }
        }
    }

    /** Once all jobs are there. */
    void resume() {
        live.values().stream()
                .filter(deployment -> !deployment.attended())
                .forEach(deployment -> deployment.schedule(FOR_THE_STEP));
        if (lost || files.unreadable()) {
            LeftoverSweep.get().run();
        }
    }

    /** Lets ticks that are under way end; a tick that does not is found and repeated after the restart. */
    @Terminator(attains = AwsConnections.UNUSED)
    public void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(SECONDS_FOR_LAST_TICKS, TimeUnit.SECONDS)) {
            LOGGER.warning("Deployments were in the middle of calls to AWS when the controller stopped;"
                    + " they go on after its start");
        }
        stopped = true;
        live.values().forEach(LiveDeployment::suspend);
    }
}
