package io.jenkins.plugins.amideploy.core.plan;

import io.jenkins.plugins.amideploy.core.simulator.GroupWatch;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many serve in two groups together, at every moment. */
final class BothGroups {
    private final SimulatedAws aws;
    private final List<String> names;
    private final Map<String, GroupWatch> watches = new HashMap<>();
    private int floor = Integer.MAX_VALUE;
    private int peak;

    BothGroups(SimulatedAws aws, List<String> names) {
        this.aws = aws;
        this.names = names;
        look();
        aws.listen(change -> look());
    }

    private void look() {
        names.stream().filter(aws::exists).forEach(name -> watches.put(name, aws.watch(name)));
        floor = Math.min(
                floor, watches.values().stream().mapToInt(GroupWatch::serving).sum());
        peak = Math.max(
                peak, watches.values().stream().mapToInt(GroupWatch::peak).sum());
    }

    /** The fewest that were in service. */
    int floor() {
        return floor;
    }

    /** The most that there were. */
    int peak() {
        return peak;
    }
}
