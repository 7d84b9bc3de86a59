package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.util.Optional;
import java.util.Set;

/** A machine with one address of its own and one in the internet, from which a simulated region is reached. */
public final class SimulatedWorkplace implements Workplace {
    private final SimulatedAws aws;
    private final String own;
    private final String internet;

    /** @param internet empty where it is not known; instances then see the own address */
    public SimulatedWorkplace(SimulatedAws aws, String own, String internet) {
        this.aws = aws;
        this.own = own;
        this.internet = internet;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public Optional<Addresses> addresses() {
        return Optional.of(new Addresses(Set.of(own), internet));
    }

    /** Private addresses are reached from the own one, public ones from that in the internet. */
    @Override
    public Optional<Greeting> ssh(String host, int port) {
        String from = host.startsWith("10.") || internet.isEmpty() ? own : internet;
        return aws.clock().locked(() -> {
            Ssh.Greeting greeting = Ssh.connect(aws.world(), from, host, port);
            return Optional.of(new Greeting(greeting.answered(), greeting.text()));
        });
    }
}
