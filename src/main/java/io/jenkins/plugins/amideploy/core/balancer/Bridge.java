package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Balancers;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.group.GroupCopy.Front;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * A new group serves behind an old load balancer too, so that whoever still comes there reaches it. Attaching what is
 * attached changes nothing (Amazon EC2 Auto Scaling API Reference, "AttachLoadBalancerTargetGroups").
 */
public final class Bridge {
    /** Most balancers in one call (Amazon EC2 Auto Scaling API Reference). */
    private static final int IN_A_CALL = 10;

    private static final String NOT_ATTACHED = "not part of the group";

    private static final Duration LOOK = Duration.ofSeconds(5);
    /** What Auto Scaling calls one whose instances it has registered, and one through which an instance serves. */
    private static final Set<String> THERE = Set.of("Added", "InService");

    private final TickContext at;
    private final AwsSession aws;
    private final Front old;

    /** @param old what stands in front of the old group */
    public Bridge(TickContext at, Front old) {
        this.at = at;
        this.aws = at.aws();
        this.old = old;
    }

    /**
     * Attaches the group to the old balancer.
     *
     * @param group the new one, as AWS shows it now
     * @return when to look again; empty once AWS has registered all of its instances
     */
    public Optional<Tick> attach(AutoScalingGroup group) {
        String name = group.autoScalingGroupName();
        List<String> targetGroups = missing(old.targetGroups(), Balancers.targetGroups(group));
        List<String> classic = missing(old.classic(), Balancers.classic(group));
        if (!targetGroups.isEmpty() || !classic.isEmpty()) {
            write();
            each(
                    targetGroups,
                    some -> aws.autoScaling()
                            .attachLoadBalancerTargetGroups(
                                    r -> r.autoScalingGroupName(name).targetGroupARNs(some)));
            each(
                    classic,
                    some -> aws.autoScaling()
                            .attachLoadBalancers(
                                    r -> r.autoScalingGroupName(name).loadBalancerNames(some)));
            return again();
        }
        return registered(name) ? Optional.empty() : again();
    }

    private static List<String> missing(Collection<String> wanted, Set<String> attached) {
        return wanted.stream().filter(one -> !attached.contains(one)).toList();
    }

    private boolean registered(String group) {
        return aws
                        .autoScaling()
                        .describeLoadBalancerTargetGroups(r -> r.autoScalingGroupName(group))
                        .loadBalancerTargetGroups()
                        .stream()
                        .filter(one -> old.targetGroups().contains(one.loadBalancerTargetGroupARN()))
                        .allMatch(one -> THERE.contains(one.state()))
                && aws.autoScaling().describeLoadBalancers(r -> r.autoScalingGroupName(group)).loadBalancers().stream()
                        .filter(one -> old.classic().contains(one.loadBalancerName()))
                        .allMatch(one -> THERE.contains(one.state()));
    }

    /**
     * Detaches the group from the old balancer; its instances drain there and serve on behind the new one.
     *
     * @param group the new one, as AWS shows it now
     * @return when to look again; empty once AWS shows it detached
     */
    public Optional<Tick> detach(AutoScalingGroup group) {
        String name = group.autoScalingGroupName();
        List<String> targetGroups = old.targetGroups().stream()
                .filter(Balancers.targetGroups(group)::contains)
                .toList();
        List<String> classic = old.classic().stream()
                .filter(Balancers.classic(group)::contains)
                .toList();
        if (targetGroups.isEmpty() && classic.isEmpty()) {
            return at.settled() ? Optional.empty() : again();
        }
        List<String> going = leaving(name);
        List<String> targetGroupsLeft =
                targetGroups.stream().filter(one -> !going.contains(one)).toList();
        List<String> classicLeft =
                classic.stream().filter(one -> !going.contains(one)).toList();
        if (!targetGroupsLeft.isEmpty() || !classicLeft.isEmpty()) {
            write();
            each(
                    targetGroupsLeft,
                    some -> unlessDetached(() -> aws.autoScaling()
                            .detachLoadBalancerTargetGroups(
                                    r -> r.autoScalingGroupName(name).targetGroupARNs(some))));
            each(
                    classicLeft,
                    some -> unlessDetached(() -> aws.autoScaling()
                            .detachLoadBalancers(
                                    r -> r.autoScalingGroupName(name).loadBalancerNames(some))));
        }
        return again();
    }

    /** A group may be shown attached for some seconds after it was detached. */
    private static void unlessDetached(Runnable call) {
        try {
            call.run();
        } catch (AutoScalingException e) {
            if (!AwsFailure.of(e).reason().contains(NOT_ATTACHED)) {
                throw e;
            }
        }
    }

    /** Those whose instances are draining. */
    private List<String> leaving(String group) {
        var targetGroups = aws
                .autoScaling()
                .describeLoadBalancerTargetGroups(r -> r.autoScalingGroupName(group))
                .loadBalancerTargetGroups()
                .stream()
                .filter(one -> one.state().startsWith("Remov"))
                .map(one -> one.loadBalancerTargetGroupARN());
        var classic =
                aws.autoScaling().describeLoadBalancers(r -> r.autoScalingGroupName(group)).loadBalancers().stream()
                        .filter(one -> one.state().startsWith("Remov"))
                        .map(one -> one.loadBalancerName());
        return Stream.concat(targetGroups, classic).toList();
    }

    private static void each(List<String> all, Consumer<List<String>> call) {
        for (int from = 0; from < all.size(); from += IN_A_CALL) {
            call.accept(all.subList(from, Math.min(all.size(), from + IN_A_CALL)));
        }
    }

    private void write() {
        at.wrote();
        at.save();
    }

    private Optional<Tick> again() {
        return Optional.of(new Tick.LookAgain(at.now().plus(LOOK)));
    }
}
