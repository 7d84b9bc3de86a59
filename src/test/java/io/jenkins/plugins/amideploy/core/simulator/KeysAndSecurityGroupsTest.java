package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Tag;

class KeysAndSecurityGroupsTest {
    private final BuildWorld world = new BuildWorld(Guest.working());
    private final Ec2Client ec2 = world.aws.ec2();

    private static String code(Runnable call) {
        return BuildWorld.code(assertThrows(Ec2Exception.class, call::run));
    }

    private void importKey() {
        ec2.importKeyPair(r -> r.keyName("k")
                .publicKeyMaterial(SdkBytes.fromUtf8String("ssh-rsa AAAAB3Nz test"))
                .tagSpecifications(BuildWorld.tags("key-pair")));
    }

    private void open(String group, String cidr) {
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group)
                .ipPermissions(IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(22)
                        .toPort(22)
                        .ipRanges(IpRange.builder().cidrIp(cidr).build())
                        .build()));
    }

    @Test
    void aKeyPairIsImportedOnceFoundByTagAndDeletedAsOftenAsOneLikes() {
        importKey();
        assertEquals("InvalidKeyPair.Duplicate", code(this::importKey));
        assertEquals(
                "k",
                ec2.describeKeyPairs(r -> r.filters(BuildWorld.filter("tag:build", "1")))
                        .keyPairs()
                        .get(0)
                        .keyName());
        ec2.deleteKeyPair(r -> r.keyName("k"));
        ec2.deleteKeyPair(r -> r.keyName("k"));
        assertEquals(List.of(), world.made());
    }

    @Test
    void aSecurityGroupStaysWhileAnInstanceUsesIt() {
        String group =
                ec2.createSecurityGroup(r -> r.groupName("g").description("d")).groupId();
        assertEquals(
                "InvalidGroup.Duplicate",
                code(() -> ec2.createSecurityGroup(r -> r.groupName("g").description("d"))));
        open(group, "192.0.2.7/32");
        assertEquals("InvalidPermission.Duplicate", code(() -> open(group, "192.0.2.7/32")));
        String instance = world.run(world.request().securityGroupIds(group).build());
        ec2.terminateInstances(r -> r.instanceIds(instance));
        assertEquals("DependencyViolation", code(() -> ec2.deleteSecurityGroup(r -> r.groupId(group))));
        world.until(instance, InstanceStateName.TERMINATED);
        ec2.deleteSecurityGroup(r -> r.groupId(group));
        assertEquals("InvalidGroup.NotFound", code(() -> ec2.deleteSecurityGroup(r -> r.groupId(group))));
        assertEquals(List.of(), world.made());
    }

    @Test
    void tagsAreSetAndTakenFromAllKindsOfResources() {
        String group =
                ec2.createSecurityGroup(r -> r.groupName("g").description("d")).groupId();
        String instance = world.run();
        ec2.createTags(r -> r.resources(group, instance).tags(BuildWorld.tag("keep", "yes")));
        assertEquals(
                group,
                ec2.describeSecurityGroups(r -> r.filters(BuildWorld.filter("tag:keep", "y*")))
                        .securityGroups()
                        .get(0)
                        .groupId());
        ec2.deleteTags(r -> r.resources(group).tags(Tag.builder().key("keep").build()));
        assertTrue(ec2.describeSecurityGroups(r -> r.filters(BuildWorld.filter("tag-key", "keep")))
                .securityGroups()
                .isEmpty());
        assertEquals(
                "InvalidGroup.NotFound",
                code(() -> ec2.createTags(r -> r.resources("sg-1").tags(BuildWorld.tag("a", "b")))));
    }
}
