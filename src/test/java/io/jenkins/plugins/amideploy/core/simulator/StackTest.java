package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Stacks behave as the documents that their sources name say. */
class StackTest {
    private static final String TEMPLATE = """
            Parameters:
              Image: {Type: 'AWS::EC2::Image::Id'}
              Title: {Type: String, Default: one}
            Resources:
              Group:
                Type: AWS::AutoScaling::AutoScalingGroup
                UpdatePolicy:
                  AutoScalingRollingUpdate:
                    {MinInstancesInService: 3, MaxBatchSize: 2, PauseTime: PT5M, WaitOnResourceSignals: true}
                Properties:
                  AvailabilityZones: !GetAZs ''
                  MinSize: 1
                  MaxSize: 5
                  DesiredCapacity: 4
                  LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
              Template:
                Type: AWS::EC2::LaunchTemplate
                Properties: {LaunchTemplateData: {ImageId: !Ref Image, InstanceType: t3.small}}
              Queue:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Ref Title}
            Outputs:
              Group: {Value: !Ref Group}
            """;

    private final SimulatedAws aws = new SimulatedAws(1, Behaviour.typical());
    private final String old = aws.registerImage("old", "x86_64", Application.healthy());
    private final String good = aws.registerImage("good", "x86_64", Application.healthy());
    private final String dead = aws.registerImage("dead", "x86_64", Application.neverHealthy());
    private final CloudFormationClient client = aws.operator().cloudFormation();

    private static Parameter parameter(String key, String value) {
        return Parameter.builder().parameterKey(key).parameterValue(value).build();
    }

    private void create() {
        client.createStack(r -> r.stackName("s").templateBody(TEMPLATE).parameters(parameter("Image", old)));
        pass(20);
        assertEquals("CREATE_COMPLETE", status());
    }

    private void pass(int minutes) {
        aws.clock().advance(Duration.ofMinutes(minutes));
    }

    private String status() {
        return client.describeStacks(r -> r.stackName("s")).stacks().get(0).stackStatusAsString();
    }

    private String group() {
        return client.describeStacks(r -> r.stackName("s"))
                .stacks()
                .get(0)
                .outputs()
                .get(0)
                .outputValue();
    }

    private void propose(String name, String image, String title) {
        client.createChangeSet(r -> r.stackName("s")
                .changeSetName(name)
                .clientToken(name)
                .usePreviousTemplate(true)
                .parameters(parameter("Image", image), parameter("Title", title)));
        pass(1);
    }

    private void execute(String name) {
        client.executeChangeSet(r -> r.stackName("s").changeSetName(name).clientRequestToken(name));
    }

    private List<String> reasons(String logicalId) {
        List<StackEvent> events = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            DescribeStackEventsResponse page =
                    client.describeStackEvents(r -> r.stackName("s").nextToken(from));
            page.stackEvents().forEach(event -> events.add(0, event));
            token = page.nextToken();
        } while (token != null);
        return events.stream()
                .filter(event -> event.logicalResourceId().equals(logicalId))
                .map(event -> event.resourceStatusAsString() + " " + event.resourceStatusReason())
                .toList();
    }

    @Test
    void aStackMakesItsResourcesInTheirOrder() {
        create();
        assertTrue(aws.exists(group()));
        assertEquals(4, aws.watch(group()).serving());
    }

    @Test
    void aRollingUpdateKeepsItsFloorAndItsSizes() {
        create();
        aws.watch(group()).reset();
        propose("a", good, "one");
        execute("a");
        pass(40);
        assertEquals("UPDATE_COMPLETE", status());
        assertTrue(
                aws.watch(group()).minimum() >= 3, () -> "" + aws.watch(group()).minimum());
        var now = aws.operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group()))
                .autoScalingGroups()
                .get(0);
        assertEquals(List.of(1, 4, 5), List.of(now.minSize(), now.desiredCapacity(), now.maxSize()));
        assertEquals(4, now.instances().size());
        assertTrue(
                reasons("Group").stream().anyMatch(r -> r.contains("Temporarily setting autoscaling group MinSize")));
        assertTrue(reasons("Group").stream().anyMatch(r -> r.contains("(Progress 100%)")));
    }

    @Test
    void aDeadImageIsRolledBackByItself() {
        create();
        propose("a", dead, "one");
        execute("a");
        pass(60);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
        assertEquals(4, aws.watch(group()).serving());
    }

    @Test
    void aChangeSetShowsWhatIsReplaced() {
        create();
        propose("a", good, "two");
        List<String> changes = client.describeChangeSet(r -> r.stackName("s").changeSetName("a")).changes().stream()
                .map(c -> c.resourceChange().logicalResourceId() + " "
                        + c.resourceChange().replacementAsString())
                .toList();
        assertEquals(List.of("Template False", "Group False", "Queue True"), changes);
    }

    @Test
    void anEmptyChangeSetFailsAndCannotBeExecuted() {
        create();
        propose("a", old, "one");
        var set = client.describeChangeSet(r -> r.stackName("s").changeSetName("a"));
        assertTrue(set.statusReason().contains("didn't contain changes"));
        assertThrows(InvalidChangeSetStatusException.class, () -> execute("a"));
    }

    @Test
    void theSameTokenIsTheSameCall() {
        create();
        propose("a", good, "one");
        propose("a", good, "one");
        execute("a");
        execute("a");
        assertThrows(CloudFormationException.class, () -> propose("b", old, "one"), "an update is in progress");
        pass(40);
        assertEquals(
                1,
                reasons("s").stream()
                        .filter(r -> r.startsWith("UPDATE_COMPLETE null"))
                        .count());
    }

    @Test
    void onlyAnUpdateCanBeCancelled() {
        create();
        assertThrows(CloudFormationException.class, () -> client.cancelUpdateStack(r -> r.stackName("s")));
        propose("a", good, "one");
        execute("a");
        pass(1);
        client.cancelUpdateStack(r -> r.stackName("s"));
        pass(40);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
    }

    @Test
    void aProposedStackIsInReviewUntilItIsExecuted() {
        client.createChangeSet(r -> r.stackName("s")
                .changeSetName("a")
                .clientToken("a")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(TEMPLATE)
                .parameters(parameter("Image", old)));
        pass(1);
        assertEquals("REVIEW_IN_PROGRESS", status());
        execute("a");
        pass(20);
        assertEquals("CREATE_COMPLETE", status());
    }

    @Test
    void aDeletedStackTakesItsResourcesAlongAndIsFoundByItsArnOnly() {
        create();
        String group = group();
        String arn =
                client.describeStacks(r -> r.stackName("s")).stacks().get(0).stackId();
        client.deleteStack(r -> r.stackName("s"));
        pass(20);
        assertTrue(!aws.exists(group));
        assertThrows(CloudFormationException.class, this::status);
        assertEquals(
                "DELETE_COMPLETE",
                client.describeStacks(r -> r.stackName(arn)).stacks().get(0).stackStatusAsString());
    }
}
