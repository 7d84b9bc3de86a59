package io.jenkins.plugins.amideploy.core.bluegreen;

import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer;
import io.jenkins.plugins.amideploy.core.balancer.Made;
import io.jenkins.plugins.amideploy.core.balancer.Reservation;
import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Finds both balancers again, for whoever goes on after a deployment of which only the tags of the groups are left. */
final class Ends {
    private final TickContext at;
    private final Made made;

    /** @param maker the deployment that has made the new side */
    Ends(TickContext at, String maker) {
        this.at = at;
        this.made =
                new Made(at.aws(), new Owner(at.owner().controller(), at.owner().build(), maker));
    }

    /** Either may be gone already, or not have been made. */
    void find(Cutover cutover, BlueGreenState state) {
        List<String> targetGroups = targetGroups(cutover.targetGroups());
        End blue = LiveBalancer.named(at.aws(), cutover.balancer())
                .map(balancer -> end(balancer, targetGroups))
                .orElse(new End(cutover.balancer(), "", "", "", targetGroups));
        state.blue(blue);
        Map<String, String> copies = made.counterparts(targetGroups);
        boolean all = copies.size() == targetGroups.size();
        if (cutover.mode() == Mode.LISTENER) {
            if (all) {
                fresh(state, new End(blue.name(), blue.arn(), blue.dnsName(), blue.zoneId(), inOrder(blue, copies)));
            }
        } else {
            Optional<LiveBalancer> copy = made.balancers().stream().findFirst();
            copy.filter(balancer ->
                            all || targetGroups.size() < cutover.targetGroups().size())
                    .ifPresent(balancer -> fresh(state, end(balancer, inOrder(blue, copies))));
            copy.filter(balancer -> !balancer.classic())
                    .ifPresent(balancer -> Reservation.adopt(at.state(), balancer.arn()));
        }
    }

    private static void fresh(BlueGreenState state, End end) {
        state.green(end);
        state.markSplit();
    }

    private static List<String> inOrder(End blue, Map<String, String> copies) {
        return blue.targetGroups().stream().map(copies::get).toList();
    }

    private static End end(LiveBalancer balancer, List<String> targetGroups) {
        return new End(balancer.name(), balancer.arn(), balancer.dnsName(), balancer.hostedZoneId(), targetGroups);
    }

    /** The ARNs of those of the names that exist. */
    private List<String> targetGroups(List<String> names) {
        return names.stream().flatMap(name -> targetGroup(name).stream()).toList();
    }

    /** Empty where it is gone already: its removal had begun. */
    private Optional<String> targetGroup(String name) {
        try {
            return at.aws().elbv2().describeTargetGroups(r -> r.names(name)).targetGroups().stream()
                    .map(TargetGroup::targetGroupArn)
                    .findFirst();
        } catch (TargetGroupNotFoundException e) {
            return Optional.empty();
        }
    }
}
