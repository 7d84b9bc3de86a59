package io.jenkins.plugins.amideploy.config;

import hudson.model.Computer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks AWS for a page, and waits no longer for the answer than the person who looks at it. */
public final class InTime {
    private InTime() {}

    /**
     * The answer.
     *
     * @throws TimeoutException where there is none in that time; the question is given up
     * @throws ExecutionException where asking failed
     */
    public static <T> T call(Callable<T> question, Duration most)
            throws TimeoutException, ExecutionException, InterruptedException {
        Future<T> answer = Computer.threadPoolForRemoting.submit(() -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(InTime.class.getClassLoader()); // the SDK finds its parts through it
            try {
                return question.call();
            } finally {
                thread.setContextClassLoader(before);
            }
        });
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }
}
