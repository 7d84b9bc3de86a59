package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.Leases;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.RollbackTrigger;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * The one change set of a deployment. Its name and its client token are made of the deployment's id, so that it is found
 * again and never made twice: AWS CloudFormation API Reference, "CreateChangeSet".
 */
final class ChangeSets {
    private static final String ASKED = "changeset.asked";

    private final CfnRequest request;
    private final TickContext at;
    private final CfnState state;
    private final String name;

    /**
     * A change, also within a nested stack.
     *
     * @param path logical id, after those of the nested stacks around it
     */
    record Row(String path, Change change) {}

    ChangeSets(CfnRequest request, TickContext at, CfnState state) {
        this.request = request;
        this.at = at;
        this.state = state;
        this.name = CfnState.changeSet(at.owner());
    }

    String name() {
        return name;
    }

    boolean asked() {
        return at.state().has(ASKED);
    }

    /** Whether a change set that AWS does not show is not there. */
    boolean settled() {
        return at.now().isAfter(at.state().getInstant(ASKED).orElse(at.now()).plus(Leases.SETTLE));
    }

    /** Asks for it; asked twice, CloudFormation makes it once. */
    void create() {
        at.state().put(ASKED, at.now());
        at.wrote();
        at.save();
        try {
            CreateChangeSetResponse made = at.aws().cloudFormation().createChangeSet(proposed());
            state.stack(made.stackId());
        } catch (AlreadyExistsException e) {
            return; // by a call whose answer was lost
        } catch (InsufficientCapabilitiesException e) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "capabilities: CloudFormation wants them acknowledged: " + AwsFailure.of(e)
                            + ". If that is wanted, add those that it names to capabilities.");
        }
    }

    private CreateChangeSetRequest proposed() {
        CreateChangeSetRequest.Builder asked = CreateChangeSetRequest.builder()
                .stackName(request.stack())
                .changeSetName(name)
                .clientToken(name)
                .description(description())
                .changeSetType(state.creates() ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                .includeNestedStacks(true)
                .capabilitiesWithStrings(request.capabilities())
                .parameters(parameters());
        if (request.inUse()) {
            asked.usePreviousTemplate(true);
        } else if (request.byUrl()) {
            asked.templateURL(request.url(at.aws().region()));
        } else {
            asked.templateBody(request.template());
        }
        if (!request.tags().isEmpty()) {
            asked.tags(tags());
        }
        if (!request.cfnRoleArn().isEmpty()) {
            asked.roleARN(request.cfnRoleArn());
        }
        if (!request.notificationArns().isEmpty()) {
            asked.notificationARNs(request.notificationArns());
        }
        if (!state.alarms().isEmpty()) {
            asked.rollbackConfiguration(c -> c.monitoringTimeInMinutes(request.monitoring())
                    .rollbackTriggers(state.alarms().stream()
                            .map(arn -> RollbackTrigger.builder()
                                    .arn(arn)
                                    .type("AWS::CloudWatch::Alarm")
                                    .build())
                            .toList()));
        }
        return asked.build();
    }

    private String description() {
        return "AMI Deploy: " + request.ami() + " by " + at.owner();
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(Parameter.builder()
                .parameterKey(state.amiParameter())
                .parameterValue(state.amiValue())
                .build());
        request.parameters()
                .forEach((key, value) -> parameters.add(Parameter.builder()
                        .parameterKey(key)
                        .parameterValue(value)
                        .build()));
        state.previous()
                .forEach(key -> parameters.add(Parameter.builder()
                        .parameterKey(key)
                        .usePreviousValue(true)
                        .build()));
        return parameters;
    }

    /** Those of the stack with ours; CloudFormation would drop what is not named. */
    private List<Tag> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        Stacks.find(at.aws(), state.stack(request)).map(Stack::tags).orElse(List.of()).stream()
                .filter(tag -> !tag.key().startsWith("aws:"))
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        tags.putAll(request.tags());
        return tags.entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    /** The first page of it; empty where AWS shows none. */
    Optional<DescribeChangeSetResponse> find() {
        try {
            return Optional.of(at.aws()
                    .cloudFormation()
                    .describeChangeSet(r -> r.stackName(state.stack(request)).changeSetName(name)));
        } catch (CloudFormationException e) {
            if (AwsFailure.of(e).notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All its changes, those within nested stacks after the nested stack's own. */
    List<Row> rows(DescribeChangeSetResponse first) {
        List<Row> rows = new ArrayList<>();
        rows(first, "", rows);
        return rows;
    }

    private void rows(DescribeChangeSetResponse first, String where, List<Row> rows) {
        DescribeChangeSetResponse page = first;
        List<Change> changes = new ArrayList<>(page.changes());
        while (page.nextToken() != null) {
            String token = page.nextToken();
            page = at.aws()
                    .cloudFormation()
                    .describeChangeSet(r -> r.changeSetName(first.changeSetId()).nextToken(token));
            changes.addAll(page.changes());
        }
        for (Change change : changes) {
            String path = where + change.resourceChange().logicalResourceId();
            rows.add(new Row(path, change));
            String nested = change.resourceChange().changeSetId();
            if (nested != null && change.resourceChange().resourceType().equals(Template.STACK)) {
                DescribeChangeSetResponse child =
                        at.aws().cloudFormation().describeChangeSet(r -> r.changeSetName(nested));
                if (child.status() != ChangeSetStatus.FAILED) {
                    rows(child, path + "/", rows);
                }
            }
        }
    }

    /** Whether CloudFormation has found nothing to change, which it tells as a failure. */
    static boolean empty(DescribeChangeSetResponse set) {
        String reason = String.valueOf(set.statusReason());
        return set.status() == ChangeSetStatus.FAILED
                && (reason.contains("didn't contain changes") || reason.contains("No updates are to be performed"));
    }
}
