package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.core.ami.Sweeper;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Removes what builds of images left behind in AWS although their deployments are over: because what a deployment had
 * saved is lost, or because somebody removed it. It looks wherever an image was built lately, with what the job may use
 * there now. Of deployments that are under way, and of other controllers, nothing is touched.
 */
@Extension
public final class LeftoverSweep extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(LeftoverSweep.class.getName());
    private static final Duration EVERY = Duration.ofHours(1);
    /** Until deployments that were interrupted have found their builds. */
    private static final Duration AFTER_THE_START = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofMinutes(5);

    /** Why it could not be looked there, by place, so that it is told once. */
    private final Map<String, String> obstacles = new ConcurrentHashMap<>();

    public LeftoverSweep() {
        super("AMI Deploy sweep");
    }

    static LeftoverSweep get() {
        return ExtensionList.lookupSingleton(LeftoverSweep.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return EVERY.toMillis();
    }

    @Override
    public long getInitialDelay() {
        return AFTER_THE_START.toMillis();
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(LeftoverSweep.class.getClassLoader()); // the SDK finds its parts through it
        try {
            sweep();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Where something was removed, something else may go soon that could not go before it. */
    private void sweep() {
        ImageBuilds builds = ImageBuilds.get();
        builds.forget();
        boolean again = false;
        Set<AwsSession> swept = Collections.newSetFromMap(new IdentityHashMap<>());
        for (BuiltWith where : builds.all()) {
            again |= sweep(where, where.aws().region(), swept, home -> home);
            for (String copy : where.copies()) {
                again |= sweep(where, copy, swept, home -> home.in(copy));
            }
        }
        if (again) {
            Timer.get().schedule(this::run, SOON.toMinutes(), TimeUnit.MINUTES);
        }
    }

    /** Whether anything was found. */
    private boolean sweep(BuiltWith where, String region, Set<AwsSession> swept, UnaryOperator<AwsSession> there) {
        String place = where.build().jobName() + " in " + region;
        try {
            AwsAccess access = new AwsAccess(where.aws());
            AwsSession aws = there.apply(access.session(where.build()));
            if (!swept.add(aws)) {
                return false;
            }
            List<String> removed =
                    new Sweeper(aws, Controller.name(), Deployments.get()::isLive, access.clock()).sweep();
            removed.forEach(
                    line -> LOGGER.log(Level.INFO, "Left behind by a build, {0}: {1}", new Object[] {region, line}));
            if (!removed.isEmpty()) {
                ImageBuilds.get().found(where);
            }
            obstacles.remove(place);
            return !removed.isEmpty();
        } catch (RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(obstacles.put(place, String.valueOf(e.getMessage())))) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "What builds of " + place + " left behind cannot be looked for; tried again every hour");
            }
            return false;
        }
    }
}
