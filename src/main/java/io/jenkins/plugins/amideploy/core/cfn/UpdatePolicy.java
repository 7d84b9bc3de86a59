package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** How CloudFormation replaces a group's instances: User Guide, "UpdatePolicy attribute". */
sealed interface UpdatePolicy {
    /** What an instance takes to be launched and to boot, for an estimate, where nothing else is known. */
    Duration BOOT = Duration.ofMinutes(3);

    /** What the policy does to a group of so many instances, for people. */
    String does(int size);

    /**
     * {@code AutoScalingRollingUpdate}.
     *
     * @param batch at most so many at once
     * @param floor {@code MinInstancesInService}
     * @param pause {@code PauseTime}: with signals how long each batch may take, else how long to wait after it
     * @param percent of the new instances that must signal success
     */
    record Rolling(int batch, int floor, int max, Duration pause, boolean signals, int percent)
            implements UpdatePolicy {
        /** CloudFormation makes batches smaller where the floor and the maximum leave no room. */
        int fitting() {
            return Math.max(1, Math.min(batch, max - floor));
        }

        @Override
        public String does(int size) {
            int batches = (size + fitting() - 1) / fitting();
            String each = signals
                    ? "each batch has " + Words.of(pause) + " (PauseTime) for success signals from " + percent
                            + "% of its new instances"
                    : "after each batch it waits " + Words.of(pause) + " (PauseTime), whatever the new instances do";
            Duration about = (signals ? BOOT : BOOT.plus(pause)).multipliedBy(batches);
            String most = signals ? ", at most " + Words.of(pause.plus(BOOT).multipliedBy(batches)) : "";
            return "AutoScalingRollingUpdate replaces " + Words.count(size, "instance") + ", " + fitting()
                    + " at a time (MaxBatchSize); at least " + floor + " stay in service (MinInstancesInService); "
                    + each + "; about " + minutes(about) + most;
        }
    }

    /**
     * {@code AutoScalingReplacingUpdate}: a new group beside the old one.
     *
     * @param signals how many signals the group's CreationPolicy awaits; 0 where it has none
     */
    record Replacing(int signals, Duration timeout) implements UpdatePolicy {
        @Override
        public String does(int size) {
            String waits = signals == 0
                    ? "without waiting for a sign of life"
                    : "which has " + Words.of(timeout) + " (CreationPolicy) for "
                            + Words.count(signals, "success signal");
            return "AutoScalingReplacingUpdate makes a second group of " + Words.count(size, "instance") + ", " + waits
                    + ", and then deletes the old group with all its instances; about " + minutes(BOOT.multipliedBy(2));
        }
    }

    /** {@code AutoScalingInstanceRefresh}: percentages of the desired capacity. */
    record Refresh(int minHealthy, int maxHealthy, Duration warmup, Duration bake, Duration checkpoints)
            implements UpdatePolicy {
        int atOnce(int size) {
            int below = size - (size * minHealthy + 99) / 100;
            return Math.max(1, below + size * (maxHealthy - 100) / 100);
        }

        @Override
        public String does(int size) {
            int batches = (size + atOnce(size) - 1) / atOnce(size);
            Duration about = BOOT.plus(warmup).multipliedBy(batches).plus(bake).plus(checkpoints);
            return "AutoScalingInstanceRefresh replaces " + Words.count(size, "instance") + ", about " + atOnce(size)
                    + " at a time; at least " + minHealthy + "% stay in service (MinHealthyPercentage); a new instance"
                    + " counts after " + Words.of(warmup) + " (InstanceWarmup); about " + minutes(about);
        }
    }

    private static String minutes(Duration duration) {
        return Math.max(1, (duration.toSeconds() + 59) / 60) + " min";
    }

    /** The policies of a group as they are written. */
    record Written(Map<?, ?> rolling, Map<?, ?> replacing, Map<?, ?> refresh, Map<?, ?> signal, TemplateValues values) {
        static Written of(Template.Resource group, TemplateValues values) {
            Map<?, ?> policy = Template.map(values.decided(group.body().get("UpdatePolicy")));
            Map<?, ?> creation = Template.map(values.decided(group.body().get("CreationPolicy")));
            return new Written(
                    Template.map(values.decided(policy.get("AutoScalingRollingUpdate"))),
                    Template.map(values.decided(policy.get("AutoScalingReplacingUpdate"))),
                    Template.map(values.decided(policy.get("AutoScalingInstanceRefresh"))),
                    Template.map(values.decided(creation.get("ResourceSignal"))),
                    values);
        }

        boolean replaces() {
            return values.flag(replacing.get("WillReplace")).orElse(false);
        }

        private int number(Map<?, ?> from, String name, int otherwise) {
            return values.number(from.get(name)).orElse(otherwise);
        }

        Rolling rollingUpdate(int max) {
            boolean signals = values.flag(rolling.get("WaitOnResourceSignals")).orElse(false);
            return new Rolling(
                    number(rolling, "MaxBatchSize", 1),
                    number(rolling, "MinInstancesInService", 0),
                    max,
                    duration(rolling.get("PauseTime"), signals ? Duration.ofMinutes(5) : Duration.ZERO),
                    signals,
                    number(rolling, "MinSuccessfulInstancesPercent", 100));
        }

        Replacing replacingUpdate() {
            return new Replacing(
                    signal.isEmpty() ? 0 : number(signal, "Count", 1),
                    duration(signal.get("Timeout"), Duration.ofMinutes(5)));
        }

        Refresh instanceRefresh() {
            Map<?, ?> preferences = Template.map(values.decided(refresh.get("Preferences")));
            int checkpoints =
                    Template.list(preferences.get("CheckpointPercentages")).size();
            return new Refresh(
                    number(preferences, "MinHealthyPercentage", 90),
                    number(preferences, "MaxHealthyPercentage", 100),
                    Duration.ofSeconds(number(preferences, "InstanceWarmup", 0)),
                    Duration.ofSeconds(number(preferences, "BakeTime", 0)),
                    Duration.ofSeconds(checkpoints == 0 ? 0 : number(preferences, "CheckpointDelay", 3600))
                            .multipliedBy(Math.max(0, checkpoints - 1)));
        }

        private Duration duration(Object value, Duration otherwise) {
            try {
                return values.text(value).map(Duration::parse).orElse(otherwise);
            } catch (DateTimeParseException e) {
                return otherwise; // CloudFormation itself refuses it, in its own words
            }
        }
    }
}
