package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.time.Duration;
import java.time.Instant;

/** How often CloudFormation is asked: soon after something happened, seldom while nothing does or can. */
final class Pace {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** So that the end of a stack is not missed for long, whatever was announced. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final String NEWS = "news";
    private static final String UNTIL = "quiet";
    private static final String PAUSES = "pause.";

    private final SavedState saved;

    Pace(SavedState saved) {
        this.saved = saved;
    }

    /** That group, the only one, waits so long after each batch, and tells nothing meanwhile. */
    static void expectPauses(SavedState saved, String path, Duration pause) {
        saved.put(PAUSES + path, (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toMillis());
    }

    void heard(Instant now, String path, String reason) {
        saved.put(NEWS, now);
        saved.remove(UNTIL);
        if (reason.startsWith("Successfully terminated instance")) {
            saved.get(PAUSES + path).ifPresent(pause -> saved.put(UNTIL, now.plusMillis(Long.parseLong(pause))));
        }
    }

    /** The longer nothing has happened, the longer it may wait: a quarter of that time. */
    Instant next(Instant now) {
        Instant news = saved.getInstant(NEWS).orElse(now);
        Duration wait = Duration.between(news, now).dividedBy(4);
        Duration bounded = wait.compareTo(SOON) < 0 ? SOON : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        Instant next = now.plus(bounded);
        return saved.getInstant(UNTIL).filter(next::isBefore).orElse(next);
    }
}
