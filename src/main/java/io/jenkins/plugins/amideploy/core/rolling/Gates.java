package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Member;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.group.GateEnvironment;
import io.jenkins.plugins.amideploy.core.rolling.Situation.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The points at which the user's block is run, and how far the replacement may go before each. */
final class Gates {
    /** How often a deployment looks around while the block has the word. */
    private static final Duration WATCH = Duration.ofSeconds(30);

    private static final String OPEN = "gate";
    private static final String ENVIRONMENT = "gate.";

    private final Desk desk;
    private final RollingState state;

    Gates(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** The next percentage at which the block has to pass; empty where nothing is in the way of the end. */
    private Optional<Integer> next() {
        if (!desk.request().gated() || state.back()) {
            return Optional.empty();
        }
        List<Integer> percentages = new ArrayList<>(desk.request().checkpoints());
        if (percentages.isEmpty()) {
            percentages.add(100);
        }
        return percentages.stream().filter(p -> !desk.at().gatePassed(name(p))).findFirst();
    }

    private static String name(int percentage) {
        return percentage + "%";
    }

    Limits limits() {
        int percentage = next().orElse(100);
        if (percentage == 100) {
            return new Limits(state.batch(), Integer.MAX_VALUE, true);
        }
        return new Limits(state.batch(), Math.max(1, (state.total() * percentage + 99) / 100), false);
    }

    /** Whether the replacement has come as far as the next gate. */
    boolean due(Situation s) {
        if (next().isEmpty() || s.coming() > 0) {
            return false;
        }
        return s.limits().last()
                ? s.old().isEmpty()
                : s.launched() >= s.limits().launches() || s.old().isEmpty();
    }

    /** Hands over to the block; asked again while the block runs, it is the same gate. */
    Tick open(Situation situation, List<Member> members) {
        String name = name(next().orElseThrow());
        SavedState saved = desk.at().state();
        if (!name.equals(saved.get(OPEN, ""))) {
            environment(name, members).forEach((key, value) -> saved.put(ENVIRONMENT + key, value));
            saved.put(OPEN, name);
            desk.at().save();
            desk.say("Gate " + name + ": the block decides whether the deployment goes on");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        saved.toMap().forEach((key, value) -> {
            if (key.startsWith(ENVIRONMENT)) {
                environment.put(key.substring(ENVIRONMENT.length()), value);
            }
        });
        return new Tick.AwaitGate(
                new Tick.Gate(name, environment), desk.at().now().plus(WATCH));
    }

    private Map<String, String> environment(String name, List<Member> members) {
        Set<String> ids = new TreeSet<>(state.ready());
        ids.retainAll(state.fresh());
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AMI_DEPLOY_GROUP", desk.request().group());
        environment.put("AMI_DEPLOY_AMI", desk.request().ami());
        environment.put("AMI_DEPLOY_CHECKPOINT", name);
        environment.putAll(GateEnvironment.of(desk.at().aws(), desk.group(), ids));
        return environment;
    }
}
