package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class RunInstancesTest {
    private final BuildWorld world = new BuildWorld(Guest.working());
    private final Ec2Client ec2 = world.aws.ec2();

    private String refusal(RunInstancesRequest request) {
        return BuildWorld.code(assertThrows(Ec2Exception.class, () -> ec2.runInstances(request)));
    }

    @Test
    void anInstanceStartsStopsAndEndsAndTakesItsDiskAlong() {
        String id = world.run();
        assertEquals(InstanceStateName.PENDING, world.instance(id).state().name());
        world.until(id, InstanceStateName.RUNNING);
        assertNull(world.instance(id).publicIpAddress());
        assertEquals("1", ec2.describeVolumes().volumes().get(0).tags().get(0).value());
        ec2.stopInstances(request -> request.instanceIds(id));
        assertEquals(InstanceStateName.STOPPING, world.instance(id).state().name());
        world.until(id, InstanceStateName.STOPPED);
        assertEquals(2, world.made().size());
        ec2.terminateInstances(request -> request.instanceIds(id));
        world.until(id, InstanceStateName.TERMINATED);
        assertEquals(List.of(), world.made());
    }

    @Test
    void theSameTokenLaunchesOnceAndAnotherRequestWithItIsRefused() {
        RunInstancesRequest request = world.request().clientToken("t").build();
        assertEquals(world.run(request), world.run(request));
        assertEquals(
                "IdempotentParameterMismatch",
                refusal(request.toBuilder().instanceType("t3.large").build()));
        assertEquals(
                1,
                world.made().stream()
                        .filter(one -> one.kind().equals("instance"))
                        .count());
    }

    @Test
    void whatDoesNotExistOrNotFitIsRefusedInEc2sWords() {
        assertEquals(
                "InvalidAMIID.NotFound",
                refusal(world.request().imageId("ami-1").build()));
        assertEquals(
                "InvalidParameterValue",
                refusal(world.request().instanceType("nonsense").build()));
        assertEquals(
                "InvalidParameterValue",
                refusal(world.request().instanceType("t4g.small").build()));
        assertEquals(
                "InvalidSubnetID.NotFound",
                refusal(world.request().subnetId("subnet-1").build()));
        assertEquals(
                "InvalidGroup.NotFound",
                refusal(world.request().securityGroupIds("sg-1").build()));
        assertEquals(
                "InvalidKeyPair.NotFound",
                refusal(world.request().keyName("nobody").build()));
        assertEquals(
                "InvalidParameterValue",
                refusal(world.request().iamInstanceProfile(p -> p.name("other")).build()));
        assertEquals(
                "InvalidParameterValue", refusal(world.request().userData("%").build()));
        assertThrows(
                UnsupportedOperationException.class,
                () -> ec2.runInstances(world.request().ebsOptimized(true).build()));
        assertEquals(List.of(), world.made());
    }

    @Test
    void capacityAndQuotasRunOut() {
        world.aws.faults().refuseLaunches(1, LaunchRefusal.VCPU_LIMIT);
        world.aws.faults().refuseLaunches(1, LaunchRefusal.NO_SPOT_CAPACITY);
        assertEquals("VcpuLimitExceeded", refusal(world.request().build()));
        world.run();
        RunInstancesRequest spot =
                world.request().instanceMarketOptions(m -> m.marketType("spot")).build();
        assertEquals("InsufficientInstanceCapacity", refusal(spot));
        world.run(spot);
        world.aws.faults().noCapacity(null, world.aws.clock().instant(), Duration.ofMinutes(1));
        assertEquals("InsufficientInstanceCapacity", refusal(world.request().build()));
    }

    @Test
    void aPublicAddressIsGivenOnlyWhereAskedForAndGoesWithTheInstance() {
        String id = world.run(world.request()
                .networkInterfaces(InstanceNetworkInterfaceSpecification.builder()
                        .deviceIndex(0)
                        .associatePublicIpAddress(true)
                        .build())
                .build());
        assertNotNull(world.instance(id).publicIpAddress());
        ec2.terminateInstances(request -> request.instanceIds(id));
        assertNull(world.instance(id).publicIpAddress());
        assertEquals(
                "InvalidParameterCombination",
                refusal(world.request()
                        .subnetId("subnet-0f0000000000000061")
                        .networkInterfaces(InstanceNetworkInterfaceSpecification.builder()
                                .deviceIndex(0)
                                .build())
                        .build()));
    }

    @Test
    void aSpotInstanceCannotBeStoppedAndIsTakenBack() {
        String id = world.run(
                world.request().instanceMarketOptions(m -> m.marketType("spot")).build());
        world.until(id, InstanceStateName.RUNNING);
        assertEquals(
                "UnsupportedOperation",
                BuildWorld.code(
                        assertThrows(Ec2Exception.class, () -> ec2.stopInstances(request -> request.instanceIds(id)))));
        world.aws.faults().reclaim(id);
        assertEquals(
                "Server.SpotInstanceTermination",
                world.instance(id).stateReason().code());
    }

    @Test
    void statusChecksInitializeThenPass() {
        String id = world.run();
        assertTrue(ec2.describeInstanceStatus(r -> r.instanceIds(id))
                .instanceStatuses()
                .isEmpty());
        world.until(id, InstanceStateName.RUNNING);
        assertEquals(
                "initializing",
                ec2.describeInstanceStatus(r -> r.instanceIds(id))
                        .instanceStatuses()
                        .get(0)
                        .instanceStatus()
                        .statusAsString());
        world.advance(180);
        assertEquals(
                "ok",
                ec2.describeInstanceStatus(r -> r.instanceIds(id))
                        .instanceStatuses()
                        .get(0)
                        .instanceStatus()
                        .statusAsString());
    }

    @Test
    void aNewInstanceIsNotFoundForAWhileWhereAwsLags() {
        BuildWorld lagging =
                new BuildWorld(Guest.working(), Behaviour.immediate().withConsistencyLag(Span.seconds(2, 2)));
        String id = lagging.run();
        assertEquals(
                "InvalidInstanceID.NotFound",
                BuildWorld.code(assertThrows(
                        Ec2Exception.class, () -> lagging.aws.ec2().describeInstances(r -> r.instanceIds(id)))));
        lagging.advance(2);
        assertEquals(
                1,
                lagging.aws
                        .ec2()
                        .describeInstances(r -> r.instanceIds(id))
                        .reservations()
                        .size());
    }
}
