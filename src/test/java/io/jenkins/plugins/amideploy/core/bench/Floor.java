package io.jenkins.plugins.amideploy.core.bench;

import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.Termination;
import io.jenkins.plugins.amideploy.core.simulator.TerminationCause;
import java.util.stream.Stream;

/** Whether a group always had as many instances in service as it was to have. */
final class Floor {
    private final SimulatedAws aws;

    Floor(SimulatedAws aws) {
        this.aws = aws;
    }

    /**
     * Whether it had fewer at some moment. Not counted is what the group itself takes out when it makes its zones even,
     * which it does only before and after a deployment.
     */
    boolean broken(String group, int floor) {
        return aws.watch(group).minimum() < floor
                && rebalancing(group)
                        .noneMatch(termination ->
                                termination.time().equals(aws.watch(group).minimumAt()));
    }

    boolean rebalanced(String group) {
        return rebalancing(group).findAny().isPresent();
    }

    private Stream<Termination> rebalancing(String group) {
        return aws.terminations().stream()
                .filter(termination -> termination.cause() == TerminationCause.REBALANCE)
                .filter(termination -> group.equals(termination.group()));
    }
}
