package io.jenkins.plugins.amideploy.core.group;

import io.jenkins.plugins.amideploy.core.aws.Activities;
import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;

/** AWS's own words on why an instance waits or has gone, looked up only when there is something to explain. */
public final class Hooks {
    private static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";
    private static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";

    private final AwsSession aws;
    private final String group;

    public Hooks(AwsSession aws, String group) {
        this.aws = aws;
        this.group = group;
    }

    /** The hooks a launching instance waits for, with what happens when nobody answers them. */
    public String waitingAtLaunch() {
        return aws.autoScaling().describeLifecycleHooks(r -> r.autoScalingGroupName(group)).lifecycleHooks().stream()
                .filter(hook -> LAUNCHING.equals(hook.lifecycleTransition()))
                .map(Hooks::describe)
                .collect(Collectors.joining(", ", " for lifecycle hook ", ""));
    }

    static boolean terminating(LifecycleHook hook) {
        return TERMINATING.equals(hook.lifecycleTransition());
    }

    private static String describe(LifecycleHook hook) {
        Duration timeout = Duration.ofSeconds(hook.heartbeatTimeout() == null ? 3600 : hook.heartbeatTimeout());
        return "'" + hook.lifecycleHookName() + "' (" + hook.defaultResult() + " after " + Words.of(timeout)
                + " without an answer)";
    }

    /** Why the group gave an instance up; empty where AWS does not say. */
    public String whyGone(String instanceId) {
        return Activities.since(aws, group, Instant.EPOCH).stream()
                .filter(activity -> activity.description().contains(instanceId))
                .findFirst()
                .map(activity -> ": "
                        + (activity.statusMessage() == null
                                        || activity.statusMessage().isBlank()
                                ? activity.cause()
                                : activity.statusMessage()))
                .orElse("");
    }
}
