package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * A script that Systems Manager runs on the instance. SendCommand has no client token: the command is found again by its
 * comment, which is made of the deployment's id.
 */
final class RemoteScript {
    private static final Set<CommandInvocationStatus> UNDER_WAY = Set.of(
            CommandInvocationStatus.PENDING,
            CommandInvocationStatus.IN_PROGRESS,
            CommandInvocationStatus.DELAYED,
            CommandInvocationStatus.CANCELLING);
    /** How long Systems Manager may need to hand a command to an agent that is there, in seconds. */
    private static final int DELIVERY = 600;
    /** Longest comment (AWS Systems Manager API Reference, SendCommand). */
    private static final int COMMENT = 100;

    private final Desk desk;
    private final BuildState state;
    private final String name;

    /** @param name tells the scripts of one build apart */
    RemoteScript(Desk desk, String name) {
        this.desk = desk;
        this.state = desk.state();
        this.name = name;
    }

    private String key(String of) {
        return "script." + name + "." + of;
    }

    private String comment() {
        String comment = name + " of " + desk.ownName();
        return comment.length() > COMMENT ? comment.substring(0, COMMENT) : comment;
    }

    /**
     * Has it run and looks how far it is.
     *
     * @return what came of it; empty while it runs
     */
    Optional<GetCommandInvocationResponse> run(List<String> lines, Duration timeout) {
        Optional<String> id = state.saved().get(key("id"));
        if (id.isEmpty()) {
            id = state.asked(name) ? sent() : Optional.empty();
            if (id.isEmpty() && state.asked(name) && !desk.at().settled()) {
                return Optional.empty(); // it may have been sent and not be shown yet
            }
            String command = id.orElseGet(() -> send(lines, timeout));
            state.saved().put(key("id"), command);
            desk.at().save();
            return Optional.empty();
        }
        return look(id.get(), timeout);
    }

    private Optional<String> sent() {
        return desk.aws().ssm().listCommands(r -> r.instanceId(state.instance())).commands().stream()
                .filter(command -> comment().equals(command.comment()))
                .map(command -> command.commandId())
                .findFirst();
    }

    private String send(List<String> lines, Duration timeout) {
        SendCommandRequest request = SendCommandRequest.builder()
                .instanceIds(state.instance())
                .documentName(state.windows() ? "AWS-RunPowerShellScript" : "AWS-RunShellScript")
                .comment(comment())
                .timeoutSeconds(DELIVERY)
                .parameters(Map.of("commands", lines, "executionTimeout", List.of(Long.toString(timeout.toSeconds()))))
                .build();
        desk.aboutToMake(name);
        return desk.aws().ssm().sendCommand(request).command().commandId();
    }

    private Optional<GetCommandInvocationResponse> look(String id, Duration timeout) {
        Optional<GetCommandInvocationResponse> shown = shown(id);
        if (shown.isEmpty() || UNDER_WAY.contains(shown.get().status())) {
            shown.ifPresent(invocation -> tell(invocation, false));
            if (desk.passed(timeout.plusSeconds(DELIVERY), state.askedAt(name))) {
                throw new Stop(
                        Trouble.Kind.UNHEALTHY,
                        "Systems Manager command " + id + " (" + name + ") has not ended within " + Words.of(timeout));
            }
            return Optional.empty();
        }
        tell(shown.get(), true);
        return shown;
    }

    /** Empty just after it was sent. */
    private Optional<GetCommandInvocationResponse> shown(String id) {
        try {
            return Optional.of(
                    desk.aws().ssm().getCommandInvocation(r -> r.commandId(id).instanceId(state.instance())));
        } catch (SsmException e) {
            boolean notYet = AwsFailure.of(e).code().startsWith("InvocationDoesNotExist")
                    && !desk.passed(Desk.SHOWN, state.askedAt(name));
            if (!notYet) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void tell(GetCommandInvocationResponse invocation, boolean ended) {
        tell("out", invocation.standardOutputContent(), ended);
        tell("err", invocation.standardErrorContent(), ended);
    }

    /** Shows the lines that have come since the last look; one that is not complete waits for its rest. */
    private void tell(String stream, String content, boolean ended) {
        String all = content == null ? "" : content;
        int told = Math.min(state.saved().getInt(key(stream), 0), all.length());
        int end = ended ? all.length() : Math.max(told, all.lastIndexOf('\n') + 1);
        String fresh = all.substring(told, end).stripTrailing();
        if (end > told) {
            state.saved().put(key(stream), end);
            desk.at().save();
        }
        if (!fresh.isBlank()) {
            desk.say((stream.equals("err") ? "stderr| " : "| ")
                    + fresh.replace("\n", stream.equals("err") ? "\nstderr| " : "\n| "));
        }
    }

    /** Why it failed, in the words of Systems Manager. */
    static String failure(GetCommandInvocationResponse invocation) {
        String details =
                invocation.statusDetails() == null || invocation.statusDetails().isBlank()
                        ? invocation.statusAsString()
                        : invocation.statusDetails();
        String code = invocation.responseCode() == null || invocation.responseCode() < 0
                ? ""
                : ", exit code " + invocation.responseCode();
        return details + code;
    }
}
