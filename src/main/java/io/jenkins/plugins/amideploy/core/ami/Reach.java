package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** By which address the block reaches the instance, and from which the temporary security group lets it in. */
final class Reach {
    private final Desk desk;
    private final BuildState state;

    Reach(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** Whether someone connects to the instance at all. */
    private boolean wanted(Set<Wait> waits) {
        return desk.request().provision().gated() || waits.contains(Wait.SSH);
    }

    /**
     * Finds the instance's address and opens the way there.
     *
     * @return false where the addresses are not known yet
     */
    boolean open(Instance instance, Set<Wait> waits) {
        Optional<Workplace.Addresses> machine =
                wanted(waits) ? desk.at().workplace().addresses() : Workplace.NONE.addresses();
        if (machine.isEmpty() || instance.privateIpAddress() == null) {
            return false;
        }
        Optional<Cidr> vpc = Cidr.of(state.cidr());
        Set<String> inVpc = machine.get().own().stream()
                .filter(address -> vpc.map(block -> block.contains(address)).orElse(false))
                .collect(Collectors.toSet());
        String publicIp = instance.publicIpAddress() == null ? "" : instance.publicIpAddress();
        boolean direct = publicIp.isEmpty() || !inVpc.isEmpty();
        if (wanted(waits) && desk.request().temporaryGroup()) {
            letIn(
                    direct
                            ? inVpc.isEmpty() ? machine.get().own() : inVpc
                            : Set.of(machine.get().internet()));
        }
        state.addresses(direct ? instance.privateIpAddress() : publicIp, instance.privateIpAddress(), publicIp);
        return true;
    }

    private void letIn(Set<String> addresses) {
        ProvisionRequest provision = desk.request().provision();
        List<String> blocks = provision.sshFrom().isEmpty()
                ? addresses.stream()
                        .filter(address -> address.matches("[\\d.]+"))
                        .sorted()
                        .map(address -> address + "/32")
                        .toList()
                : List.of(provision.sshFrom());
        if (blocks.isEmpty()) {
            nobody();
            return;
        }
        for (String block : blocks) {
            authorize(block, provision.sshPort());
        }
        desk.say("Security group " + state.group() + " lets " + String.join(", ", blocks) + " in to port "
                + provision.sshPort());
    }

    private void nobody() {
        if (desk.at().workplace().exists()) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "It is not known by which address the block's machine reaches the instance, so the temporary security "
                            + "group cannot let it in; say it by sshFrom, or give securityGroupIds.");
        }
        desk.say("Security group " + state.group() + " lets nobody in, for no agent surrounds the block; where one "
                + "inside it connects to the instance, give sshFrom");
    }

    private void authorize(String block, int port) {
        IpPermission permission = IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(IpRange.builder()
                        .cidrIp(block)
                        .description("The machine that provisions")
                        .build())
                .build();
        try {
            desk.aws()
                    .ec2()
                    .authorizeSecurityGroupIngress(r -> r.groupId(state.group()).ipPermissions(permission));
        } catch (Ec2Exception e) {
            if (!AwsFailure.of(e).code().equals("InvalidPermission.Duplicate")) {
                throw e;
            }
        }
    }
}
