package io.jenkins.plugins.amideploy.core.aws;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/** A group's scaling activities: where AWS says why an instance did not come or why it went. */
public final class Activities {
    private Activities() {}

    /** The latest activities that began at or after that time, newest first; at most a hundred. */
    public static List<Activity> since(AwsSession aws, String group, Instant since) {
        return aws
                .autoScaling()
                .describeScalingActivities(r -> r.autoScalingGroupName(group).maxRecords(100))
                .activities()
                .stream()
                .filter(activity -> !activity.startTime().isBefore(since))
                .toList();
    }

    /** Whether it is a launch that failed. */
    public static boolean failedLaunch(Activity activity) {
        return (activity.statusCode() == ScalingActivityStatusCode.FAILED
                        || activity.statusCode() == ScalingActivityStatusCode.CANCELLED)
                && activity.description().startsWith("Launching");
    }

    /** Whether it is the termination of that instance, by whomever. */
    public static boolean terminationOf(Activity activity, String instanceId) {
        return activity.description().startsWith("Terminating")
                && activity.description().contains(instanceId);
    }

    /** Whether it is the termination of that instance by a caller who also lowered the desired capacity. */
    public static boolean decrementedBy(Activity activity, String instanceId) {
        return terminationOf(activity, instanceId)
                && activity.cause() != null
                && activity.cause().contains("user request")
                && activity.cause().contains("shrinking the capacity");
    }
}
