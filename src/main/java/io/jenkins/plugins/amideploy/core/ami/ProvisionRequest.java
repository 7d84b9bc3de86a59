package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the instance is provisioned and what is waited for before.
 *
 * @param sshFrom the CIDR block that the temporary security group lets in; empty for the address that needs it
 * @param commands a script for Systems Manager; empty for none
 * @param awaitUserData empty where the user leaves that to us
 * @param waitFor empty for what the way of provisioning needs
 * @param gated whether there is a block
 */
record ProvisionRequest(
        String sshUser,
        int sshPort,
        String sshFrom,
        String commands,
        Duration commandTimeout,
        Optional<Boolean> awaitUserData,
        Set<Wait> waitFor,
        Duration readyTimeout,
        boolean gated) {

    static ProvisionRequest of(Parameters p, boolean gated, List<String> problems) {
        ProvisionRequest request = new ProvisionRequest(
                p.text("sshUser", "ec2-user"),
                p.number("sshPort", 22, 1, 65_535),
                p.matchingIfGiven(
                        "sshFrom", "\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}", "a CIDR block such as 203.0.113.7/32"),
                p.text("commands", ""),
                p.seconds("commandTimeout", Duration.ofHours(1), 1, Duration.ofHours(48)),
                p.flagIfGiven("awaitUserData"),
                waits(p, problems),
                p.seconds("readyTimeout", Duration.ofMinutes(15), 1, Duration.ofHours(12)),
                gated);
        if (request.awaitUserData.orElse(false) && p.text("userData", "").isEmpty()) {
            problems.add("awaitUserData: there is no userData to wait for");
        }
        return request;
    }

    private static Set<Wait> waits(Parameters p, List<String> problems) {
        Set<Wait> waits = EnumSet.noneOf(Wait.class);
        for (String name : p.words("waitFor")) {
            if (Wait.BY_NAME.containsKey(name)) {
                waits.add(Wait.BY_NAME.get(name));
            } else {
                problems.add("waitFor: '" + name + "' must be one of running, ssh, ssm, statusChecks");
            }
        }
        return waits;
    }

    boolean hasCommands() {
        return !commands.isEmpty();
    }

    /**
     * What is waited for. Commands need Systems Manager; a block mostly wants SSH, where there is a machine to connect
     * from; where nothing is said to be needed, an instance that passes its status checks has booted well.
     */
    Set<Wait> waits(boolean machine, boolean userData) {
        Set<Wait> waits = EnumSet.of(Wait.RUNNING);
        waits.addAll(waitFor);
        if (hasCommands()) {
            waits.add(Wait.SSM);
        }
        if (waitFor.isEmpty() && gated) {
            waits.add(machine ? Wait.SSH : Wait.STATUS_CHECKS);
        }
        if (waitFor.isEmpty() && !gated && !hasCommands() && !userData) {
            waits.add(Wait.STATUS_CHECKS);
        }
        return waits;
    }
}
