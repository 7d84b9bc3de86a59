package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

class GuestTest {
    private static BuildWorld world(Guest guest) {
        return new BuildWorld(guest);
    }

    private static String send(BuildWorld world, String instance, String... lines) {
        return world.aws
                .ssm()
                .sendCommand(r -> r.instanceIds(instance)
                        .documentName("AWS-RunShellScript")
                        .comment("build 1")
                        .parameters(Map.of("commands", List.of(lines), "executionTimeout", List.of("600"))))
                .command()
                .commandId();
    }

    private static GetCommandInvocationResponse invocation(BuildWorld world, String instance, String command) {
        return world.aws.ssm().getCommandInvocation(r -> r.instanceId(instance).commandId(command));
    }

    private static boolean online(BuildWorld world, String instance) {
        return !world.aws
                .ssm()
                .describeInstanceInformation(r -> r.filters(InstanceInformationStringFilter.builder()
                        .key("InstanceIds")
                        .values(instance)
                        .build()))
                .instanceInformationList()
                .isEmpty();
    }

    @Test
    void aCommandsOutputGrowsUntilItsExitCode() {
        BuildWorld world = world(Guest.working()
                .withCommands(script -> ScriptRun.fails(Duration.ofSeconds(40), 3, "one\ntwo\nthree\nfour\n", script)));
        String instance = world.runUntilRunning();
        assertThrows(InvalidInstanceIdException.class, () -> send(world, instance, "make"));
        world.until(() -> online(world, instance));
        String command = send(world, instance, "make", "make install");
        assertEquals(
                CommandInvocationStatus.PENDING,
                invocation(world, instance, command).status());
        world.advance(24);
        assertEquals(
                CommandInvocationStatus.IN_PROGRESS,
                invocation(world, instance, command).status());
        assertEquals("one\ntwo\n", invocation(world, instance, command).standardOutputContent());
        world.advance(24);
        GetCommandInvocationResponse over = invocation(world, instance, command);
        assertEquals(CommandInvocationStatus.FAILED, over.status());
        assertEquals(3, over.responseCode());
        assertEquals("make\nmake install", over.standardErrorContent());
        assertEquals(
                "build 1",
                world.aws
                        .ssm()
                        .listCommands(r -> r.instanceId(instance))
                        .commands()
                        .get(0)
                        .comment());
        world.aws.ec2().terminateInstances(r -> r.instanceIds(instance));
        assertEquals(
                CommandInvocationStatus.FAILED,
                invocation(world, instance, command).status());
    }

    @Test
    void aCommandThatHangsTimesOutAndOneCanBeCancelled() {
        BuildWorld world = world(Guest.working().withCommands(script -> ScriptRun.hangs("")));
        String instance = world.runUntilRunning();
        world.until(() -> online(world, instance));
        String first = send(world, instance, "sleep");
        String second = send(world, instance, "sleep");
        world.advance(10);
        world.aws.ssm().cancelCommand(r -> r.commandId(second));
        world.advance(600);
        assertEquals(
                CommandInvocationStatus.TIMED_OUT,
                invocation(world, instance, first).status());
        assertEquals(
                CommandInvocationStatus.CANCELLED,
                invocation(world, instance, second).status());
    }

    @Test
    void aCommandIsNotKnownForAMomentWhereAwsLags() {
        BuildWorld world =
                new BuildWorld(Guest.working(), Behaviour.immediate().withConsistencyLag(Span.seconds(2, 2)));
        String instance = world.run();
        world.until(instanceRuns(world, instance));
        world.until(() -> online(world, instance));
        String command = send(world, instance, "make");
        assertThrows(InvocationDoesNotExistException.class, () -> invocation(world, instance, command));
        world.advance(60);
        assertEquals(
                CommandInvocationStatus.SUCCESS,
                invocation(world, instance, command).status());
    }

    private static Supplier<Boolean> instanceRuns(BuildWorld world, String instance) {
        return () -> world.instance(instance).state().name() == InstanceStateName.RUNNING;
    }

    @Test
    void anAgentThatNeverComesAndAnInstanceWithoutProfileAreNotListed() {
        BuildWorld silent = world(Guest.working().withAgent(null));
        String first = silent.runUntilRunning();
        BuildWorld plain = world(Guest.working());
        String second = plain.run(plain.request()
                .iamInstanceProfile((IamInstanceProfileSpecification) null)
                .build());
        plain.until(second, InstanceStateName.RUNNING);
        silent.advance(600);
        plain.advance(600);
        assertFalse(online(silent, first));
        assertFalse(online(plain, second));
    }

    @Test
    void cloudInitTellsOnTheConsoleAndThroughTheAgentHowUserDataEnded() {
        BuildWorld world = world(Guest.working().withUserData(Duration.ofMinutes(2), Guest.Ending.FAILED));
        String instance = world.run(world.request().userData("IyEvYmluL3NoCg==").build());
        world.until(instance, InstanceStateName.RUNNING);
        world.until(() -> online(world, instance));
        String waiting = send(world, instance, "cloud-init status --wait");
        assertFalse(console(world, instance).contains("finished at"));
        world.advance(125);
        assertTrue(console(world, instance).contains("Failed to run module scripts-user"));
        assertTrue(console(world, instance).contains("Cloud-init v. "));
        assertEquals(1, invocation(world, instance, waiting).responseCode());
    }

    private static String console(BuildWorld world, String instance) {
        String output = world.aws
                .ec2()
                .getConsoleOutput(r -> r.instanceId(instance).latest(true))
                .output();
        return output == null ? "" : new String(Base64.getDecoder().decode(output), StandardCharsets.UTF_8);
    }

    @Test
    void sshAnswersWhoIsLetInOnceItsServerIsUp() {
        BuildWorld world = world(Guest.working());
        String group = world.aws
                .ec2()
                .createSecurityGroup(r -> r.groupName("g").description("d"))
                .groupId();
        world.aws
                .ec2()
                .authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipPermissions(IpPermission.builder()
                                .ipProtocol("tcp")
                                .fromPort(22)
                                .toPort(22)
                                .ipRanges(
                                        IpRange.builder().cidrIp("10.9.0.0/16").build())
                                .build()));
        String instance = world.run(world.request().securityGroupIds(group).build());
        world.until(instance, InstanceStateName.RUNNING);
        String host = world.instance(instance).privateIpAddress();
        Workplace near = new SimulatedWorkplace(world.aws, "10.9.0.5", "");
        Workplace stranger = new SimulatedWorkplace(world.aws, "10.8.0.5", "");
        assertEquals("connection refused", near.ssh(host, 22).orElseThrow().text());
        world.advance(20);
        assertTrue(near.ssh(host, 22).orElseThrow().answered());
        assertEquals(
                "connection timed out", stranger.ssh(host, 22).orElseThrow().text());
    }

    @Test
    void parametersNameImages() {
        BuildWorld world = world(Guest.working());
        world.aws.parameter("/aws/service/ami", world.source);
        assertEquals(
                world.source,
                world.aws
                        .ssm()
                        .getParameter(r -> r.name("/aws/service/ami"))
                        .parameter()
                        .value());
        assertThrows(ParameterNotFoundException.class, () -> world.aws.ssm().getParameter(r -> r.name("/other")));
    }
}
