package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.amideploy.core.deployment.Deployment;
import io.jenkins.plugins.amideploy.core.deployment.DeploymentHost;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds out, while deployments begin, what they will be like, so that it can be shown beside what happens. On one thread
 * of its own: no deployment waits for it, and where many begin at once most are left without.
 */
@Extension
public final class Forecasts {
    private static final Logger LOGGER = Logger.getLogger(Forecasts.class.getName());
    private static final int WAITING = 8;
    /** A group that was looked at later than this after the beginning may have been changed by the deployment. */
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Deployments.threadFactory(),
            new ThreadPoolExecutor.DiscardPolicy());

    public Forecasts() {
        thread.allowCoreThreadTimeOut(true);
    }

    static Forecasts get() {
        return ExtensionList.lookupSingleton(Forecasts.class);
    }

    /** Has one made for a deployment that is about to begin. Never blocks. */
    void order(LiveDeployment deployment) {
        Instant ordered = Instant.now();
        thread.execute(() -> make(deployment, ordered));
    }

    private static void make(LiveDeployment deployment, Instant ordered) {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        try (ACLContext unused = ACL.as2(ACL.SYSTEM2)) {
            Optional<Procedure> procedure =
                    ProcedureFactory.forecastOf(deployment.record().order());
            if (procedure.isPresent()) {
                run(deployment, procedure.get(), ordered.plus(IN_TIME));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.FINE,
                    e,
                    () -> "No forecast for " + deployment.record().build());
        }
    }

    private static void run(LiveDeployment deployment, Procedure procedure, Instant limit) throws InterruptedException {
        Deployment forecast = new Deployment(
                procedure,
                deployment.record().owner(),
                SavedState.empty(),
                deployment::session,
                deployment::now,
                new Host(deployment));
        while (Instant.now().isBefore(limit) && forecast.tick() instanceof Tick.LookAgain later) {
            Thread.sleep(
                    Math.min(1000, Math.max(10, deployment.waitUntil(later.at()).toMillis())));
        }
    }

    /** Takes the forecast and nothing else. */
    private record Host(LiveDeployment deployment) implements DeploymentHost {
        @Override
        public void save(Map<String, String> state) {
            // it is made once or not at all
        }

        @Override
        public void say(Event event) {
            // the deployment itself says what is in the way
        }

        @Override
        public boolean isOver(Owner owner) {
            return true;
        }

        @Override
        public void planned(String history) {
            deployment.planned(history);
        }
    }

    /** Whoever waits waits in vain. */
    @Terminator
    public void stop() {
        thread.shutdownNow();
    }
}
