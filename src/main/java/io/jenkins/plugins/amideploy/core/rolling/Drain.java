package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Balancers.Report;
import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** How long the balancers let an instance drain, learned from the first ones that go, and whether the last ones have. */
final class Drain {
    /** One that drains, and since when: {@code i-0abc@1767600000000}. */
    private static final String WATCHED = "drain.watched";
    /** The longest that one was seen to drain, in seconds. */
    private static final String TAKES = "drain.takes";
    /** The last ones. */
    private static final String LAST = "drain.last";

    private final TickContext at;
    private final SavedState saved;

    Drain(TickContext at) {
        this.at = at;
        this.saved = at.state();
    }

    /** An instance that served is going now. */
    void begins(Member member) {
        if (member.serving() && !saved.has(WATCHED) && !saved.has(TAKES)) {
            saved.put(WATCHED, member.id() + "@" + at.now().toEpochMilli());
        }
    }

    /** Learns from what the balancers say now. */
    void learn(Report report) {
        Optional<String> watched = saved.get(WATCHED);
        if (watched.isEmpty()) {
            return;
        }
        String[] p = watched.get().split("@");
        Duration so = Duration.between(Instant.ofEpochMilli(Long.parseLong(p[1])), at.now());
        if (report.knows(p[0])) {
            saved.put(TAKES, (int) so.toSeconds());
        } else {
            saved.remove(WATCHED);
        }
    }

    /** How long it takes at least; zero where nothing is known. */
    Duration takes() {
        return Duration.ofSeconds(saved.getInt(TAKES, 0));
    }

    /** These are the last ones. */
    void last(Set<String> ids) {
        saved.put(LAST, ids);
    }

    Set<String> last() {
        return saved.getSet(LAST);
    }

    /** Whether no balancer has any of the last ones any more. */
    boolean over(Report report) {
        return last().stream().noneMatch(report::knows);
    }
}
