package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;

/** What becomes of the visitors of a name. Every moment is looked at, not only those at which one of them comes. */
public final class Visitors {
    private final Population population;
    private final SimulatedClock clock;

    Visitors(Population population, SimulatedClock clock) {
        this.population = population;
        this.clock = clock;
    }

    /**
     * Those that may have met no healthy instance: for whom the name did not resolve, or who came to a balancer, by a
     * fresh answer of any name server or by one that a resolver still kept, that would have sent them to nobody.
     */
    public List<Refusal> refused() {
        return clock.locked(() -> new ArrayList<>(population.refusals));
    }

    /**
     * The share of new connections that go there now, by the answers that the resolvers have.
     *
     * @param there the DNS name of a load balancer, or the ARN of a target group
     */
    public double share(String there) {
        return clock.locked(() -> population.share(there));
    }

    /** How many connections are open there now. */
    public double connections(String dnsName) {
        return clock.locked(() -> population.connections(Entrance.plain(dnsName)));
    }

    /** How many connections were open to a load balancer when it was deleted. */
    public double cut() {
        return clock.locked(() -> population.cut);
    }

    /** They come no more; what they have met stays. */
    public void leave() {
        clock.locked(() -> {
            population.leave();
            return null;
        });
    }
}
