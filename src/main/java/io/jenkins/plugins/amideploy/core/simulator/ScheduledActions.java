package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;

/**
 * Lets scheduled actions happen: Amazon EC2 Auto Scaling User Guide, "Scheduled scaling for Amazon EC2 Auto Scaling" (an
 * action that was performed and has no further time is deleted; the process {@code ScheduledActions} can be suspended).
 */
final class ScheduledActions {
    private final World world;

    ScheduledActions(World world) {
        this.world = world;
    }

    /** The next time of an action after an instant; nothing where it has ended. */
    static Optional<Instant> next(ScheduledUpdateGroupAction action, Instant after) {
        Optional<Instant> next;
        if (action.recurrence() == null) {
            next = Optional.of(action.startTime()).filter(start -> start.isAfter(after));
        } else {
            ZoneId zone = ZoneId.of(action.timeZone() == null ? "UTC" : action.timeZone());
            Instant from = action.startTime() != null && action.startTime().isAfter(after)
                    ? action.startTime().minusMillis(1)
                    : after;
            next = Cron.of(action.recurrence()).next(from, zone);
        }
        return next.filter(time -> action.endTime() == null || !time.isAfter(action.endTime()));
    }

    void schedule(SimulatedGroup group, ScheduledUpdateGroupAction action) {
        next(action, world.clock.now()).ifPresent(time -> world.clock.schedule(time, () -> due(group, action)));
    }

    /** What has been replaced, deleted, or whose group is gone does not happen any more. */
    private void due(SimulatedGroup group, ScheduledUpdateGroupAction action) {
        if (group.deleting || !action.equals(group.scheduled.get(action.scheduledActionName()))) {
            return;
        }
        if (group.runs("ScheduledActions")) {
            perform(group, action);
        }
        if (next(action, world.clock.now()).isPresent()) {
            schedule(group, action);
        } else {
            group.scheduled.remove(action.scheduledActionName());
        }
    }

    private void perform(SimulatedGroup group, ScheduledUpdateGroupAction action) {
        int min = Optional.ofNullable(action.minSize()).orElse(group.min);
        int max = Optional.ofNullable(action.maxSize()).orElse(group.max);
        if (max < min) {
            return;
        }
        int wanted = Optional.ofNullable(action.desiredCapacity()).orElse(group.desired);
        int before = group.desired;
        group.min = min;
        group.max = max;
        group.desired = Math.max(min, Math.min(max, wanted));
        if (group.desired != before) {
            world.activities.scheduled(group, before);
        }
        world.reconciler.soon(group);
    }

    /** The actions as a Describe shows them, with the time of the next occurrence. */
    List<ScheduledUpdateGroupAction> seen(SimulatedGroup group) {
        List<ScheduledUpdateGroupAction> seen = new ArrayList<>();
        for (ScheduledUpdateGroupAction action : group.scheduled.seen()) {
            Instant next = next(action, world.clock.now()).orElse(action.startTime());
            seen.add(action.toBuilder().startTime(next).time(next).build());
        }
        return seen;
    }
}
