package io.jenkins.plugins.amideploy.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Stacks in the {@link SimulatedRegion}, each with one group of four instances. */
public final class SimulatedStacks {
    /** A group that is updated two instances at a time, each of which signals. */
    public static final String TEMPLATE = """
            AWSTemplateFormatVersion: '2010-09-09'
            Parameters:
              Image:
                Type: AWS::EC2::Image::Id
              Most:
                Type: Number
                Default: '6'
            Resources:
              WebTemplate:
                Type: AWS::EC2::LaunchTemplate
                Properties:
                  LaunchTemplateData:
                    ImageId: !Ref Image
                    InstanceType: t3.small
              WebGroup:
                Type: AWS::AutoScaling::AutoScalingGroup
                UpdatePolicy:
                  AutoScalingRollingUpdate:
                    MinInstancesInService: 2
                    MaxBatchSize: 2
                    PauseTime: PT10M
                    WaitOnResourceSignals: true
                Properties:
                  AvailabilityZones: !GetAZs ''
                  MinSize: '2'
                  DesiredCapacity: '4'
                  MaxSize: !Ref Most
                  LaunchTemplate:
                    LaunchTemplateId: !Ref WebTemplate
                    Version: !GetAtt WebTemplate.LatestVersionNumber
            Outputs:
              Group:
                Value: !Ref WebGroup
            """;

    private SimulatedStacks() {}

    private static CloudFormationClient operator() {
        return SimulatedRegion.aws().operator().cloudFormation();
    }

    /** Creates a stack whose instances run {@link SimulatedRegion#formerImage()}, and waits for it. */
    public static void create(String name) throws InterruptedException {
        operator()
                .createStack(r -> r.stackName(name)
                        .templateBody(TEMPLATE)
                        .parameters(p -> p.parameterKey("Image").parameterValue(SimulatedRegion.formerImage())));
        while (!status(name).equals("CREATE_COMPLETE")) {
            Thread.sleep(50);
        }
    }

    /** Empty where there is no such stack. */
    public static String status(String name) {
        try {
            return stack(name).stackStatusAsString();
        } catch (CloudFormationException e) {
            return "";
        }
    }

    private static Stack stack(String name) {
        return operator().describeStacks(r -> r.stackName(name)).stacks().get(0);
    }

    /** The images of the instances of the stack's group. */
    public static Set<String> images(String name) {
        return SimulatedRegion.images(stack(name).outputs().get(0).outputValue());
    }

    /** The value of a parameter of the stack. */
    public static String parameter(String name, String key) {
        return stack(name).parameters().stream()
                .filter(parameter -> parameter.parameterKey().equals(key))
                .findFirst()
                .orElseThrow()
                .parameterValue();
    }

    /** What a deployment did to the stack, in order, each as {@code WebGroup UPDATE_COMPLETE} or with a reason. */
    public static List<String> events(String name) {
        List<String> events = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            var page = operator().describeStackEvents(r -> r.stackName(name).nextToken(from));
            page.stackEvents().stream()
                    .filter(event -> event.clientRequestToken() != null)
                    .filter(event -> event.clientRequestToken().startsWith("ami-deploy-"))
                    .forEach(event -> events.add(0, text(name, event)));
            token = page.nextToken();
        } while (token != null);
        return events;
    }

    private static String text(String name, StackEvent event) {
        String resource = event.logicalResourceId().equals(name) ? "Stack " + name : event.logicalResourceId();
        String reason = event.resourceStatusReason() == null ? "" : ": " + event.resourceStatusReason();
        return resource + " " + event.resourceStatusAsString() + reason;
    }
}
