package io.jenkins.plugins.amideploy.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.ReadLater;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks AWS what forms want to know. Whoever looks at a page waits for an answer a few seconds at most; one that comes
 * later is there for the next time. Answers are good for a short while and for the same credentials only.
 */
@Extension
public final class FormQuestions {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration GOOD = Duration.ofSeconds(60);
    private static final Duration FAILURE_GOOD = Duration.ofSeconds(5);
    private static final int THREADS = 4;
    private static final int WAITING = 40;

    private final InstantSource clock = InstantSource.system();
    private final ThreadPoolExecutor askers = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            GOOD.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            new NamingThreadFactory(new DaemonThreadFactory(), "AMI Deploy forms"));
    private final Map<Question, Asked> answers = new HashMap<>();

    private record Question(Object way, String text) {}

    private record Asked(CompletableFuture<?> answer, Instant at) {
        boolean good(Instant now) {
            return now.isBefore(at.plus(answer.isCompletedExceptionally() ? FAILURE_GOOD : GOOD));
        }
    }

    public FormQuestions() {
        askers.allowCoreThreadTimeOut(true);
    }

    static FormQuestions get() {
        return ExtensionList.lookupSingleton(FormQuestions.class);
    }

    /**
     * @param way to AWS: equal for the same credentials in the same region only
     * @param session opens it, which takes its time as well
     * @param text equal for the same question only
     * @throws NotAnswered saying why there is no answer
     */
    @SuppressWarnings("unchecked") // the same question has the same type of answer
    <T> T ask(Object way, Supplier<AwsSession> session, String text, Function<AwsSession, T> answer)
            throws NotAnswered {
        try {
            return (T) asked(new Question(way, text), () -> answer(session.get(), answer))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new NotAnswered(Messages.FormQuestions_busy());
        } catch (TimeoutException e) {
            throw new NotAnswered(Messages.FormQuestions_slow(PATIENCE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAnswered(Messages.FormQuestions_busy());
        } catch (ExecutionException e) {
            throw new NotAnswered(reason(e.getCause()));
        }
    }

    private synchronized CompletableFuture<?> asked(Question question, Supplier<?> answer) {
        Instant now = clock.instant();
        answers.values().removeIf(asked -> !asked.good(now));
        Asked known = answers.get(question);
        if (known == null) {
            known = new Asked(CompletableFuture.supplyAsync(answer, askers), now);
            answers.put(question, known);
        }
        return known.answer();
    }

    private static Object answer(AwsSession session, Function<AwsSession, ?> answer) {
        session.begin();
        return answer.apply(session);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof ReadLater) {
            return Messages.FormQuestions_busy();
        }
        if (cause instanceof SdkException e) {
            return Messages.FormQuestions_refused(AwsFailure.of(e));
        }
        throw new IllegalStateException(cause);
    }

    /** Those who still wait when the controller stops get no answer. */
    @Terminator(attains = AwsConnections.UNUSED)
    public void close() {
        askers.shutdownNow();
    }
}
