package io.jenkins.plugins.amideploy.core.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/**
 * How instances are, and what they write on their console: Amazon EC2 API Reference, "DescribeInstanceStatus" (only
 * running instances unless all are asked for) and "GetConsoleOutput" (what was posted shortly after the last start or
 * stop unless the latest is asked for, which only Nitro instances can give).
 */
final class StatusOperations {
    private static final Duration POSTED_AFTER = Duration.ofMinutes(3);
    private static final String BEFORE_NITRO = "(t2|m1|m2|m3|m4|c1|c3|c4|r3|r4|i2|i3|d2|g2|g3|p2|p3)\\..*";

    private final World world;

    StatusOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, DescribeInstanceStatusRequest.class, this::status);
        operations.on(Service.EC2, GetConsoleOutputRequest.class, this::console);
    }

    private DescribeInstanceStatusResponse status(DescribeInstanceStatusRequest request) {
        Members.only(request, "InstanceIds", "IncludeAllInstances", "NextToken", "MaxResults");
        List<InstanceStatus> all = InstanceOperations.named(world, request.instanceIds()).stream()
                .filter(instance -> instance.running() || Boolean.TRUE.equals(request.includeAllInstances()))
                .map(this::status)
                .toList();
        Pages<InstanceStatus> page =
                Pages.of(all, request.nextToken(), request.maxResults(), 1000, InstanceOperations.badToken());
        return DescribeInstanceStatusResponse.builder()
                .instanceStatuses(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private InstanceStatus status(SimulatedInstance instance) {
        SummaryStatus checks = checks(instance);
        InstanceStatusSummary summary =
                InstanceStatusSummary.builder().status(checks).build();
        return InstanceStatus.builder()
                .instanceId(instance.id)
                .availabilityZone(instance.zone)
                .instanceState(InstanceView.state(instance.state()))
                .instanceStatus(summary)
                .systemStatus(checks == SummaryStatus.IMPAIRED ? ok() : summary)
                .build();
    }

    private static InstanceStatusSummary ok() {
        return InstanceStatusSummary.builder().status(SummaryStatus.OK).build();
    }

    private SummaryStatus checks(SimulatedInstance instance) {
        if (!instance.running()) {
            return SummaryStatus.NOT_APPLICABLE;
        }
        if (instance.crashed) {
            return SummaryStatus.IMPAIRED;
        }
        Duration needed = world.draws.of(
                "status checks " + instance.id, world.behaviour.ec2().statusChecks());
        return instance.runningSince.plus(needed).isAfter(world.clock.now())
                ? SummaryStatus.INITIALIZING
                : SummaryStatus.OK;
    }

    private GetConsoleOutputResponse console(GetConsoleOutputRequest request) {
        Members.only(request, "InstanceId", "Latest");
        SimulatedInstance instance =
                InstanceOperations.named(world, List.of(request.instanceId())).get(0);
        if (instance.guest == null) {
            throw new UnsupportedOperationException("The simulator does not model the console of a group's instance");
        }
        Instant now = world.clock.now();
        Instant posted = instance.guest.lastTransition().plus(POSTED_AFTER);
        boolean latest = Boolean.TRUE.equals(request.latest());
        if (latest && instance.type.matches(BEFORE_NITRO)) {
            throw Service.EC2.rejection(
                    "UnsupportedOperation", "This instance type does not support retrieving the latest console logs.");
        }
        Instant shown = latest ? now : posted;
        String text = shown.isAfter(now) ? "" : instance.guest.console(shown);
        return GetConsoleOutputResponse.builder()
                .instanceId(instance.id)
                .timestamp(now)
                .output(
                        text.isEmpty()
                                ? null
                                : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
