package io.jenkins.plugins.amideploy.core.blueviolet;

import io.jenkins.plugins.amideploy.core.deployment.GroupTags;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What one of two groups needs to carry alone what both carry together. While they share the load, the policies of each
 * may have scaled it in; what one group ran before there were two is therefore kept as a tag.
 */
final class Carrying {
    private static final String TAG = GroupTags.LASTING_PREFIX + "carries";

    private Carrying() {}

    static Map<String, String> tag(int desired) {
        return Map.of(TAG, Integer.toString(desired));
    }

    /** The tag that {@link #tag} gives, to be removed. */
    static String key() {
        return TAG;
    }

    /** @param shared whether the one that goes serves */
    static int needed(AutoScalingGroup goes, AutoScalingGroup stays, boolean shared) {
        if (!shared) {
            return stays.desiredCapacity();
        }
        int together = goes.desiredCapacity() + stays.desiredCapacity();
        int alone = Math.max(before(goes), before(stays));
        // Twice of what one ran is the doubling; whatever is beyond that was asked for by the load.
        int needed = alone == 0 || together > 2 * alone ? together : Math.min(together, alone);
        int most = Math.max(stays.maxSize(), goes.desiredCapacity());
        return Math.max(Math.max(goes.desiredCapacity(), stays.desiredCapacity()), Math.min(needed, most));
    }

    private static int before(AutoScalingGroup group) {
        String tag = GroupTags.of(group).getOrDefault(TAG, "0");
        return tag.matches("\\d{1,6}") ? Integer.parseInt(tag) : 0;
    }
}
