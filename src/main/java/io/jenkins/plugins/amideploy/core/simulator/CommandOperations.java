package io.jenkins.plugins.amideploy.core.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/**
 * Run Command and its agents: AWS Systems Manager API Reference, "SendCommand", "GetCommandInvocation" (which does not
 * know a command for a moment), "ListCommands", "CancelCommand" and "DescribeInstanceInformation".
 */
final class CommandOperations {
    private static final Set<String> DOCUMENTS = Set.of("AWS-RunShellScript", "AWS-RunPowerShellScript");

    private final World world;
    private final Map<String, SimulatedCommand> commands = new LinkedHashMap<>();

    CommandOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.SSM, DescribeInstanceInformationRequest.class, this::agents);
        operations.on(Service.SSM, SendCommandRequest.class, this::send);
        operations.on(Service.SSM, GetCommandInvocationRequest.class, this::invocation);
        operations.on(Service.SSM, ListCommandsRequest.class, this::list);
        operations.on(Service.SSM, CancelCommandRequest.class, this::cancel);
    }

    private DescribeInstanceInformationResponse agents(DescribeInstanceInformationRequest request) {
        Members.only(request, "Filters", "NextToken", "MaxResults");
        List<InstanceInformation> online = world.instances.values().stream()
                .filter(instance -> instance.guest != null && instance.guest.agentOnline())
                .filter(instance -> request.filters().stream().allMatch(filter -> {
                    if (!filter.key().equals("InstanceIds")) {
                        throw new UnsupportedOperationException(
                                "The simulator does not model the filter " + filter.key());
                    }
                    return filter.values().contains(instance.id);
                }))
                .map(instance -> InstanceInformation.builder()
                        .instanceId(instance.id)
                        .pingStatus(PingStatus.ONLINE)
                        .lastPingDateTime(world.clock.now())
                        .agentVersion("3.3.0.0")
                        .platformType(PlatformType.LINUX)
                        .build())
                .toList();
        return DescribeInstanceInformationResponse.builder()
                .instanceInformationList(online)
                .build();
    }

    private SendCommandResponse send(SendCommandRequest request) {
        Members.only(request, "InstanceIds", "DocumentName", "Parameters", "TimeoutSeconds", "Comment");
        if (!DOCUMENTS.contains(request.documentName())) {
            throw new Rejection(
                    InvalidDocumentException.builder(),
                    400,
                    "InvalidDocument",
                    "Document with name " + request.documentName() + " does not exist.");
        }
        if (request.comment() != null && request.comment().length() > 100) {
            throw Service.SSM.rejection(
                    "ValidationException",
                    "1 validation error detected: Value at 'comment' failed to satisfy constraint: Member must have"
                            + " length less than or equal to 100");
        }
        if (request.instanceIds().size() != 1) {
            throw new UnsupportedOperationException("The simulator models commands to one instance");
        }
        String id = request.instanceIds().get(0);
        SimulatedInstance instance = world.instances.get(id);
        if (instance == null || instance.guest == null || !instance.guest.agentOnline()) {
            throw new Rejection(
                    InvalidInstanceIdException.builder(),
                    400,
                    "InvalidInstanceId",
                    "Instances [[" + id + "]] not in a valid state for account " + Service.ACCOUNT);
        }
        SimulatedCommand command = new SimulatedCommand(world, request, instance);
        commands.put(command.id, command);
        return SendCommandResponse.builder().command(describe(command)).build();
    }

    private static Command describe(SimulatedCommand command) {
        return Command.builder()
                .commandId(command.id)
                .documentName(command.request.documentName())
                .comment(command.request.comment() == null ? "" : command.request.comment())
                .instanceIds(command.instance.id)
                .requestedDateTime(command.requested)
                .status(command.status().toString())
                .statusDetails(command.status().toString())
                .build();
    }

    private GetCommandInvocationResponse invocation(GetCommandInvocationRequest request) {
        SimulatedCommand command = commands.get(request.commandId());
        if (command == null || !command.lag.visible() || !command.instance.id.equals(request.instanceId())) {
            throw new Rejection(
                    InvocationDoesNotExistException.builder(), 400, "InvocationDoesNotExist", "InvocationDoesNotExist");
        }
        return GetCommandInvocationResponse.builder()
                .commandId(command.id)
                .instanceId(command.instance.id)
                .documentName(command.request.documentName())
                .comment(command.request.comment())
                .status(command.status())
                .statusDetails(details(command.status()))
                .responseCode(command.responseCode())
                .executionStartDateTime(
                        command.begun() == null ? "" : command.begun().toString())
                .standardOutputContent(command.output())
                .standardErrorContent(command.errors())
                .build();
    }

    private static String details(CommandInvocationStatus status) {
        return switch (status) {
            case IN_PROGRESS -> "InProgress";
            case TIMED_OUT -> "ExecutionTimedOut";
            default -> status.toString();
        };
    }

    private ListCommandsResponse list(ListCommandsRequest request) {
        Members.only(request, "CommandId", "InstanceId", "NextToken", "MaxResults");
        List<Command> found = commands.values().stream()
                .filter(command -> command.lag.visible())
                .filter(command ->
                        request.commandId() == null || request.commandId().equals(command.id))
                .filter(command ->
                        request.instanceId() == null || request.instanceId().equals(command.instance.id))
                .map(CommandOperations::describe)
                .toList();
        Pages<Command> page = Pages.of(
                found,
                request.nextToken(),
                request.maxResults(),
                50,
                Service.SSM.rejection("InvalidNextToken", "The specified token isn't valid."));
        return ListCommandsResponse.builder()
                .commands(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private CancelCommandResponse cancel(CancelCommandRequest request) {
        SimulatedCommand command = commands.get(request.commandId());
        if (command == null) {
            throw Service.SSM.rejection("InvalidCommandId", "The specified command ID isn't valid.");
        }
        command.cancel();
        return CancelCommandResponse.builder().build();
    }
}
