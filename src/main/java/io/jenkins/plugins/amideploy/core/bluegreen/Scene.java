package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.Sides;
import io.jenkins.plugins.amideploy.core.traffic.DnsRecord;
import io.jenkins.plugins.amideploy.core.traffic.DnsSplit;
import io.jenkins.plugins.amideploy.core.traffic.ListenerSplit;
import io.jenkins.plugins.amideploy.core.traffic.Split;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** What the phases of one tick have in common. */
record Scene(BlueGreenRequest request, BlueGreenState state, Sides sides) {
    /** The Pipeline step, as the groups' tags name it. */
    static final String STEP = "blueGreenCutover";

    static Scene of(
            BlueGreenRequest request,
            TickContext at,
            BlueGreenState state,
            Optional<AutoScalingGroup> old,
            Optional<AutoScalingGroup> fresh) {
        Map<String, String> further = state.cutover().map(Cutover::tags).orElse(Map.of());
        return new Scene(request, state, new Sides(STEP, at, state, old, fresh, state.keeps(), further));
    }

    TickContext at() {
        return sides.at();
    }

    Optional<AutoScalingGroup> old() {
        return sides.old();
    }

    Optional<AutoScalingGroup> fresh() {
        return sides.fresh();
    }

    /** The new side's balancer, which is there. */
    End green() {
        return state.green().orElseThrow();
    }

    /** What divides the traffic. */
    Split split() {
        Cutover cutover = state.cutover().orElseThrow();
        End blue = state.blue();
        if (cutover.mode() == Mode.DNS) {
            DnsRecord record = new DnsRecord(cutover.zone(), cutover.record(), cutover.role());
            return new DnsSplit(
                    at(), maker(), record, blue.endpoint(), state.green().map(End::endpoint));
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < blue.targetGroups().size(); i++) {
            String counterpart =
                    state.green().isPresent() ? green().targetGroups().get(i) : "";
            pairs.put(blue.targetGroups().get(i), counterpart);
        }
        return new ListenerSplit(at(), maker(), blue.arn(), pairs);
    }

    /** The deployment that began this; names of what it made consist of its id. */
    String maker() {
        return state.maker(at().owner().deployment());
    }

    void say(String text) {
        sides.say(text);
    }

    void warn(String text) {
        sides.warn(text);
    }

    Tick in(Duration wait) {
        return sides.in(wait);
    }

    Tick now() {
        return sides.now();
    }
}
