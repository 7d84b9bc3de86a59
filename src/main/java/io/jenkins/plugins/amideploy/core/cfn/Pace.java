package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often CloudFormation is asked: soon after something happened, seldom while nothing does or can. */
final class Pace {
    private static final Pattern PAUSES = Pattern.compile("[Pp]ausing for (PT\\w+)");
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** So that the end of a stack is not missed for long, whatever was announced. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final String NEWS = "news";
    private static final String PAUSE = "pause";

    private final SavedState saved;

    Pace(SavedState saved) {
        this.saved = saved;
    }

    void heard(Instant now, String reason) {
        saved.put(NEWS, now);
        saved.remove(PAUSE);
        Matcher pauses = PAUSES.matcher(reason);
        if (pauses.find()) {
            try {
                Duration pause = Duration.parse(pauses.group(1));
                saved.put(PAUSE, now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
            } catch (DateTimeParseException e) {
                saved.remove(PAUSE); // it is looked as often as ever
            }
        }
    }

    /** The longer nothing has happened, the longer it may wait: a sixth of that time. */
    Instant next(Instant now) {
        Instant news = saved.getInstant(NEWS).orElse(now);
        Duration wait = Duration.between(news, now).dividedBy(6);
        Duration bounded = wait.compareTo(SOON) < 0 ? SOON : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        Instant next = now.plus(bounded);
        return saved.getInstant(PAUSE).filter(next::isBefore).orElse(next);
    }
}
