package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Draws what goes wrong while an image is built, and when, from a seed of its own. */
public final class BuildFaults {
    private static final int LAST_MINUTE = 15;
    private static final int CALLS = 60;

    private final SimulatedAws aws;
    private final SplittableRandom random;

    public BuildFaults(SimulatedAws aws, long seed) {
        this.aws = aws;
        this.random = new SplittableRandom(Draws.mix(seed ^ 0xB11D));
    }

    /**
     * Prepares one fault.
     *
     * @param region where copies go
     * @return what was drawn
     */
    public String draw(BuildFault fault, String region) {
        Faults faults = aws.faults();
        Instant time = aws.clock().instant().plusSeconds(random.nextInt(LAST_MINUTE * 60));
        Duration length = Duration.ofSeconds(10 + random.nextInt(300));
        int call = aws.calls().total() + 1 + random.nextInt(CALLS);
        switch (fault) {
            case NONE -> time = aws.clock().instant();
            case LAUNCH_REFUSED -> {
                LaunchRefusal[] refusals = LaunchRefusal.values();
                faults.refuseLaunches(1 + random.nextInt(3), refusals[random.nextInt(refusals.length)]);
            }
            case SPOT_RECLAIMED -> faults.at(time, () -> builders().forEach(faults::reclaim));
            case IMAGE_FAILS -> faults.failImage("An internal error has occurred");
            case COPY_FAILS -> aws.region(region).faults().failCopy("An internal error has occurred");
            case AGENT_SILENT -> faults.at(time, faults::silenceAgents);
            case THROTTLED -> faults.throttleEverything(time, length);
            case NETWORK -> {
                faults.networkGone(time, length);
                faults.loseAnswer(call);
            }
            case CREDENTIALS -> faults.credentialsExpired(time, length);
            case OPERATOR_TERMINATES ->
                faults.at(
                        time,
                        () -> builders()
                                .forEach(id -> aws.operator().ec2().terminateInstances(r -> r.instanceIds(id))));
            case OPERATOR_DELETES_GROUPS -> faults.at(time, this::deleteGroups);
            case CRASH_OF_OURS -> {
                if (random.nextBoolean()) {
                    faults.crashBeforeCall(call);
                } else {
                    faults.crashAfterCall(call);
                }
            }
        }
        return fault + " at " + time + " for " + length + ", call " + call;
    }

    private List<String> builders() {
        return made("instance");
    }

    private List<String> made(String kind) {
        return aws.leftovers().stream()
                .filter(one -> one.fromCaller()
                        && one.kind().equals(kind)
                        && one.region().equals(aws.region()))
                .map(Leftover::id)
                .toList();
    }

    /** What AWS refuses, the operator shrugs off. */
    private void deleteGroups() {
        for (String id : made("security-group")) {
            try {
                aws.operator().ec2().deleteSecurityGroup(r -> r.groupId(id));
            } catch (AwsServiceException refused) {
                continue;
            }
        }
    }
}
