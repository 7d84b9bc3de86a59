package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/** A scaling activity while it goes on, and after. */
final class SimulatedActivity {
    private final String id;
    private final SimulatedGroup group;
    private final String cause;
    private final Instant start;
    private final String zone;
    private String description;
    private ScalingActivityStatusCode status;
    private String message;
    private Instant end;
    private int progress;

    SimulatedActivity(String id, SimulatedGroup group, String description, String cause, String zone, Instant start) {
        this.id = id;
        this.group = group;
        this.description = description;
        this.cause = cause;
        this.zone = zone;
        this.start = start;
        this.status = ScalingActivityStatusCode.IN_PROGRESS;
    }

    String id() {
        return id;
    }

    boolean ended() {
        return end != null;
    }

    void at(ScalingActivityStatusCode status, int progress) {
        if (end == null) {
            this.status = status;
            this.progress = progress;
        }
    }

    void end(Instant time, ScalingActivityStatusCode status, String message) {
        if (end == null) {
            this.status = status;
            this.message = message;
            this.end = time;
            this.progress = 100;
            if (message != null) {
                description = description + ".  Status Reason: " + message;
            }
        }
    }

    Activity describe() {
        return Activity.builder()
                .activityId(id)
                .autoScalingGroupName(group.name)
                .autoScalingGroupARN(group.arn)
                .description(description)
                .cause(cause)
                .startTime(start)
                .endTime(end)
                .statusCode(status)
                .statusMessage(message)
                .progress(progress)
                .details("{\"Subnet ID\":\"" + Subnets.of(zone) + "\",\"Availability Zone\":\"" + zone + "\"}")
                .build();
    }
}
