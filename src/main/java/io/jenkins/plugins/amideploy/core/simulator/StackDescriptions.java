package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;

/**
 * What is shown of stacks and templates: AWS CloudFormation API Reference, "DescribeStackEvents" (newest first, a
 * hundred a page; here fewer, so that pages are turned), "ListStacks", "ListStackResources",
 * "GetTemplateSummary".
 */
final class StackDescriptions {
    private static final int EVENTS_IN_A_PAGE = 20;
    private static final int STACKS_IN_A_PAGE = 100;
    private static final int RESOURCES_IN_A_PAGE = 100;

    private final Stacks stacks;

    StackDescriptions(Operations operations, Stacks stacks) {
        this.stacks = stacks;
        operations.on(Service.CLOUD_FORMATION, DescribeStacksRequest.class, this::describe);
        operations.on(Service.CLOUD_FORMATION, ListStacksRequest.class, this::list);
        operations.on(Service.CLOUD_FORMATION, DescribeStackEventsRequest.class, this::events);
        operations.on(Service.CLOUD_FORMATION, ListStackResourcesRequest.class, this::resources);
        operations.on(Service.CLOUD_FORMATION, GetTemplateRequest.class, this::template);
        operations.on(Service.CLOUD_FORMATION, GetTemplateSummaryRequest.class, this::summary);
    }

    private DescribeStacksResponse describe(DescribeStacksRequest request) {
        SimulatedStack stack = stacks.find(request.stackName());
        return DescribeStacksResponse.builder()
                .stacks(stack.lag.read(stack::describe).orElseThrow())
                .build();
    }

    private ListStacksResponse list(ListStacksRequest request) {
        List<StackSummary> all = stacks.all().stream()
                .flatMap(stack -> stack.lag.read(stack::describe).stream())
                .filter(stack -> request.stackStatusFilters().isEmpty()
                        || request.stackStatusFilters().contains(stack.stackStatus()))
                .map(stack -> StackSummary.builder()
                        .stackName(stack.stackName())
                        .stackId(stack.stackId())
                        .stackStatus(stack.stackStatus())
                        .build())
                .toList();
        Pages<StackSummary> page = Pages.of(all, request.nextToken(), null, STACKS_IN_A_PAGE, badToken());
        return ListStacksResponse.builder()
                .stackSummaries(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static Rejection badToken() {
        return Service.CLOUD_FORMATION.rejection("ValidationError", "Invalid NextToken");
    }

    private DescribeStackEventsResponse events(DescribeStackEventsRequest request) {
        Pages<StackEvent> page = Pages.of(
                stacks.find(request.stackName()).events(), request.nextToken(), null, EVENTS_IN_A_PAGE, badToken());
        return DescribeStackEventsResponse.builder()
                .stackEvents(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private ListStackResourcesResponse resources(ListStackResourcesRequest request) {
        List<StackResourceSummary> all = new ArrayList<>();
        stacks.find(request.stackName())
                .resources
                .values()
                .forEach(resource -> all.add(StackResourceSummary.builder()
                        .logicalResourceId(resource.logicalId)
                        .physicalResourceId(resource.physicalId)
                        .resourceType(resource.type)
                        .resourceStatus(resource.status)
                        .build()));
        Pages<StackResourceSummary> page = Pages.of(all, request.nextToken(), null, RESOURCES_IN_A_PAGE, badToken());
        return ListStackResourcesResponse.builder()
                .stackResourceSummaries(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private GetTemplateResponse template(GetTemplateRequest request) {
        SimulatedStack stack = stacks.find(request.stackName());
        StackTemplate template = request.changeSetName() == null
                ? stack.template
                : ChangeSetOperations.find(stacks, request.stackName(), request.changeSetName())
                        .plan
                        .template();
        return GetTemplateResponse.builder().templateBody(template.text()).build();
    }

    private GetTemplateSummaryResponse summary(GetTemplateSummaryRequest request) {
        StackTemplate template = request.templateBody() != null
                ? StackTemplate.of(request.templateBody())
                : request.templateURL() != null
                        ? stacks.fetched(request.templateURL())
                        : stacks.find(request.stackName()).template;
        List<ParameterDeclaration> parameters = new ArrayList<>();
        template.section("Parameters")
                .forEach((key, body) -> parameters.add(ParameterDeclaration.builder()
                        .parameterKey(String.valueOf(key))
                        .parameterType(String.valueOf(StackTemplate.map(body).get("Type")))
                        .defaultValue((String) StackTemplate.map(body).get("Default"))
                        .build()));
        return GetTemplateSummaryResponse.builder()
                .parameters(parameters)
                .capabilitiesWithStrings(template.capabilities())
                .capabilitiesReason(
                        template.capabilities().isEmpty()
                                ? null
                                : "The following resource(s) require capabilities: [AWS::IAM::Role]")
                .build();
    }
}
