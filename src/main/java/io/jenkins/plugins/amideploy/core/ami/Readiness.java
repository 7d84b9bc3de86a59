package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** Waits until the instance can be provisioned. */
final class Readiness {
    private static final String WAITS = "waits";

    private final Desk desk;
    private final BuildState state;
    /** Why what is awaited has not come true yet. */
    private String obstacle = "";

    Readiness(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    Tick tick() {
        Instant since = state.saved().getInstant("launched").orElseThrow();
        Set<Wait> waits = waits();
        Optional<Instance> shown = new BuildInstance(desk).lookRunning();
        for (Wait wait : waits) {
            if (!state.ready().contains(wait.name())) {
                if (!met(wait, shown, waits)) {
                    return again(wait, since);
                }
                state.ready(wait);
                desk.at().save();
                desk.say("Instance " + state.instance() + " " + wait + (wait == Wait.RUNNING ? " " + where() : ""));
            }
        }
        return desk.next(Phase.USER_DATA);
    }

    /** Decided once: the block's machine may be away when it is asked for again. */
    private Set<Wait> waits() {
        if (!state.saved().has(WAITS)) {
            Set<Wait> waits =
                    desk.request().provision().waits(desk.at().workplace().exists(), UserData.awaited(desk));
            state.saved()
                    .put(WAITS, String.join(" ", waits.stream().map(Wait::name).toList()));
        }
        Set<Wait> waits = EnumSet.noneOf(Wait.class);
        state.saved().getSet(WAITS).forEach(name -> waits.add(Wait.valueOf(name)));
        return waits;
    }

    private Tick again(Wait wait, Instant since) {
        if (desk.passed(desk.request().provision().readyTimeout(), since)) {
            throw new Stop(
                    Trouble.Kind.UNHEALTHY,
                    "Not ready within the readyTimeout of "
                            + Words.of(desk.request().provision().readyTimeout()) + ": it is not so that the instance "
                            + state.instance() + " " + wait + ". " + obstacle);
        }
        return desk.awaiting(since);
    }

    private boolean met(Wait wait, Optional<Instance> shown, Set<Wait> waits) {
        return switch (wait) {
            case RUNNING -> running(shown, waits);
            case STATUS_CHECKS -> statusChecks();
            case SSH -> ssh();
            case SSM -> ssm();
        };
    }

    private boolean running(Optional<Instance> shown, Set<Wait> waits) {
        boolean runs = shown.map(instance -> instance.state().name() == InstanceStateName.RUNNING)
                .orElse(false);
        obstacle = "AWS shows it as "
                + shown.map(instance -> instance.state().nameAsString()).orElse("unknown") + ".";
        if (runs && !new Reach(desk).open(shown.orElseThrow(), waits)) {
            obstacle = "Its address, or that of the block's machine, is not known yet.";
            return false;
        }
        return runs;
    }

    private String where() {
        String other = state.publicIp().isEmpty() ? "" : ", public " + state.publicIp();
        return "(private address " + state.privateIp() + other + ")";
    }

    private boolean statusChecks() {
        List<InstanceStatus> statuses = desk.aws()
                .ec2()
                .describeInstanceStatus(r -> r.instanceIds(state.instance()))
                .instanceStatuses();
        if (statuses.isEmpty()) {
            obstacle = "AWS shows no status of it.";
            return false;
        }
        InstanceStatus status = statuses.get(0);
        obstacle = "Its instance status is " + status.instanceStatus().statusAsString() + ", its system status "
                + status.systemStatus().statusAsString() + ".";
        return status.instanceStatus().status() == SummaryStatus.OK
                && status.systemStatus().status() == SummaryStatus.OK;
    }

    private boolean ssh() {
        int port = desk.request().provision().sshPort();
        Optional<Workplace.Greeting> greeting = desk.at().workplace().ssh(state.host(), port);
        obstacle = "Connecting to " + state.host() + " port " + port + ": "
                + greeting.map(Workplace.Greeting::text).orElse("no answer yet")
                + ". Look at security group, route and the agent's address (sshFrom).";
        return greeting.map(Workplace.Greeting::answered).orElse(false);
    }

    private boolean ssm() {
        InstanceInformationStringFilter filter = InstanceInformationStringFilter.builder()
                .key("InstanceIds")
                .values(state.instance())
                .build();
        List<InstanceInformation> known = desk.aws()
                .ssm()
                .describeInstanceInformation(r -> r.filters(filter))
                .instanceInformationList();
        obstacle = known.isEmpty()
                ? "Its agent never reported: the image needs the SSM agent, the instance an iamInstanceProfile with the "
                        + "policy AmazonSSMManagedInstanceCore and a way to the endpoints of Systems Manager."
                : "Its agent is " + known.get(0).pingStatusAsString() + ".";
        return !known.isEmpty() && known.get(0).pingStatus() == PingStatus.ONLINE;
    }
}
