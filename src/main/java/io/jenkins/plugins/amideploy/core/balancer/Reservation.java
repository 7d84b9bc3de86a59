package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.balancer.LiveBalancer.Kind;
import io.jenkins.plugins.amideploy.core.deployment.Event;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationPendingException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationStatus;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/**
 * Capacity that is reserved for a load balancer before its traffic comes, and given back after. It is billed until then,
 * so that whoever may have asked for it must give it back: {@link #asked} tells. Rests on Application Load Balancers,
 * "Request Load balancer Capacity Unit reservation" (minutes to hours; a reservation is changed only once it is
 * provisioned or has failed; two decreases a day), and on the API's error codes.
 */
public final class Reservation {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration UNTIL_TOMORROW = Duration.ofMinutes(15);
    private static final String NO_MORE_DECREASES = "CapacityDecreaseRequestLimitExceeded";

    private static final String ASKED = "reservation.asked";
    private static final String UNITS = "reservation.units";
    private static final String TOLD = "reservation.told";

    private final TickContext at;
    private final AwsSession aws;
    private final SavedState saved;
    private final String balancer;

    /** @param balancer the ARN of an Application or Network Load Balancer */
    public Reservation(TickContext at, String balancer) {
        this.at = at;
        this.aws = at.aws();
        this.saved = at.state();
        this.balancer = balancer;
    }

    /**
     * How far a reservation has come.
     *
     * @param units what is reserved, or was asked for
     * @param reason AWS's own where it has failed; empty otherwise
     * @param decreasesLeft how often it may be lowered or given back until the day ends (UTC)
     */
    public record State(Status status, int units, String reason, int decreasesLeft) {}

    /** What AWS says of a reservation. */
    public enum Status {
        NONE,
        PENDING,
        PROVISIONED,
        FAILED
    }

    /**
     * Why no capacity can be reserved for a load balancer such as that.
     *
     * @return sentences; empty where it can
     */
    public static List<String> problems(AwsSession aws, LiveBalancer live) {
        List<String> problems = new ArrayList<>();
        if (live.kind() != Kind.APPLICATION && live.kind() != Kind.NETWORK) {
            problems.add("for a " + live.kind() + " AWS reserves no capacity");
        } else if (live.kind() == Kind.NETWORK
                && aws.elbv2().describeListenersPaginator(r -> r.loadBalancerArn(live.arn())).listeners().stream()
                        .anyMatch(listener -> listener.protocol() == ProtocolEnum.TLS)) {
            problems.add("for a Network Load Balancer with TLS listeners AWS reserves no capacity");
        }
        return problems;
    }

    /** Whether this deployment may have asked for capacity that it has not given back. */
    public static boolean asked(SavedState saved) {
        return saved.has(ASKED);
    }

    /** Notes that a deployment that died may have asked for capacity, so that it is given back. */
    public static void adopt(SavedState saved, String balancer) {
        saved.put(ASKED, balancer);
    }

    /** The ARN of the load balancer that it was asked for. */
    public static Optional<String> askedFor(SavedState saved) {
        return saved.get(ASKED);
    }

    /** What AWS shows now. */
    public State state() {
        DescribeCapacityReservationResponse shown =
                aws.elbv2().describeCapacityReservation(r -> r.loadBalancerArn(balancer));
        int units = shown.minimumLoadBalancerCapacity() == null
                        || shown.minimumLoadBalancerCapacity().capacityUnits() == null
                ? 0
                : shown.minimumLoadBalancerCapacity().capacityUnits();
        int left = shown.decreaseRequestsRemaining() == null ? 0 : shown.decreaseRequestsRemaining();
        List<CapacityReservationStatus> zones = shown.capacityReservationState().stream()
                .map(zone -> zone.state())
                .toList();
        Optional<CapacityReservationStatus> failed = in(zones, CapacityReservationStateEnum.FAILED);
        if (failed.isPresent()) {
            String reason = failed.get().reason() == null
                    ? "no reason given"
                    : failed.get().reason();
            return new State(Status.FAILED, units, reason, left);
        }
        boolean pending = in(zones, CapacityReservationStateEnum.PENDING).isPresent()
                || in(zones, CapacityReservationStateEnum.REBALANCING).isPresent();
        Status status = pending ? Status.PENDING : units == 0 ? Status.NONE : Status.PROVISIONED;
        return new State(status, units, "", left);
    }

    private static Optional<CapacityReservationStatus> in(
            List<CapacityReservationStatus> zones, CapacityReservationStateEnum state) {
        return zones.stream().filter(zone -> zone.code() == state).findFirst();
    }

    /**
     * Asks for capacity, unless it has been asked for already.
     *
     * @param units load balancer capacity units, of all zones together
     * @return how far it has come; {@link Status#NONE} where AWS does not show it yet
     */
    public State ask(int units) {
        State state = state();
        if (saved.getInt(UNITS, 0) == units || state.units() == units) {
            return state;
        }
        saved.put(ASKED, balancer);
        at.wrote();
        at.save();
        boolean taken = modify(ModifyCapacityReservationRequest.builder()
                .minimumLoadBalancerCapacity(capacity -> capacity.capacityUnits(units)));
        if (taken) {
            saved.put(UNITS, units);
            at.save();
        }
        return state();
    }

    /** @return false where an earlier request is still pending */
    private boolean modify(ModifyCapacityReservationRequest.Builder request) {
        try {
            aws.elbv2()
                    .modifyCapacityReservation(request.loadBalancerArn(balancer).build());
            return true;
        } catch (CapacityReservationPendingException e) {
            return false;
        }
    }

    /**
     * Gives back what this deployment has asked for.
     *
     * @return when to look again; empty once AWS shows that nothing is reserved, or the load balancer is gone
     */
    public Optional<Tick> giveBack() {
        if (!saved.has(ASKED)) {
            return Optional.empty();
        }
        State state;
        try {
            state = state();
        } catch (LoadBalancerNotFoundException e) {
            return given(); // what is reserved goes with the load balancer
        }
        if (state.status() == Status.PENDING) {
            tell("The reservation of capacity is still pending; it is given back as soon as AWS lets us");
            return again(LOOK);
        }
        if (state.units() == 0) {
            return at.settled() ? given() : again(LOOK);
        }
        at.wrote();
        at.save();
        try {
            modify(ModifyCapacityReservationRequest.builder().resetCapacityReservation(true));
        } catch (ElasticLoadBalancingV2Exception e) {
            if (!NO_MORE_DECREASES.equals(e.awsErrorDetails().errorCode())) {
                throw e;
            }
            tell("AWS lets a reservation be lowered twice a day, and today it was already; " + state.units()
                    + " capacity units stay reserved, and cost, until tomorrow (UTC)");
            return again(UNTIL_TOMORROW);
        }
        return again(LOOK);
    }

    private Optional<Tick> given() {
        if (saved.has(UNITS)) {
            at.say("", saved.get(UNITS, "") + " capacity units given back");
        }
        saved.remove(ASKED, UNITS, TOLD);
        at.save();
        return Optional.empty();
    }

    private void tell(String text) {
        if (!saved.has(TOLD)) {
            saved.put(TOLD, "yes");
            at.say(Event.Kind.WARNING, "", text);
        }
    }

    private Optional<Tick> again(Duration wait) {
        return Optional.of(new Tick.LookAgain(at.now().plus(wait)));
    }
}
