package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Image;

/** {@code plan: true}: tells what would be made and removed, after the same look that a build begins with. */
final class BuildPlan {
    private final Desk desk;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> removed = new LinkedHashMap<>();

    BuildPlan(Desk desk) {
        this.desk = desk;
    }

    Tick tick(Source source) {
        InstanceRequest instance = desk.request().instance();
        lines.add("Plan for image '" + desk.state().name() + "' of the family " + desk.family());
        lines.add("Source: " + Beginning.source(desk, source));
        lines.add("Would launch for the time of the build: a " + desk.state().instanceType()
                + (instance.spot() ? " spot instance" : " instance")
                + (instance.subnetId().isEmpty() ? " in the default VPC" : " in " + instance.subnetId())
                + (desk.request().temporaryKey() ? ", a key pair" : "")
                + (desk.request().temporaryGroup() ? ", a security group" : ""));
        lines.add("Would provision it by: " + String.join(", then ", ways()));
        lines.add("Would make: an image in " + String.join(", ", desk.regions()) + audience());
        if (desk.request().image().keep() > 0) {
            desk.regions().forEach(this::retention);
        }
        lines.add("Nothing was made or removed.");
        desk.say(String.join("\n", lines));
        return new Tick.Ended(new Outcome.Succeeded(result()));
    }

    private List<String> ways() {
        List<String> ways = new ArrayList<>();
        if (!desk.request().instance().userData().isEmpty()) {
            ways.add("user data" + (UserData.awaited(desk) ? ", awaited to its end" : ", not awaited"));
        }
        if (desk.request().provision().hasCommands()) {
            long count = desk.request().provision().commands().lines().count();
            ways.add(Words.count((int) count, "line") + " of commands by Systems Manager");
        }
        if (desk.request().provision().gated()) {
            ways.add("the block");
        }
        return ways.isEmpty() ? List.of("nothing") : ways;
    }

    private String audience() {
        ImageRequest image = desk.request().image();
        int others = image.shareWith().size() + image.shareWithOrganizations().size();
        return (others == 0 ? "" : ", shared with " + Words.count(others, "account or organization"))
                + (image.deprecateAfter() == 0 ? "" : ", deprecated after " + image.deprecateAfter() + " days");
    }

    private void retention(String region) {
        Retention.Verdict verdict = new Retention(desk)
                .judge(desk.aws(region), desk.request().image().keep());
        List<Object> ids = new ArrayList<>();
        for (Image image : verdict.go()) {
            lines.add("Would remove in " + region + ": " + Retention.words(image) + " with "
                    + String.join(", ", Made.snapshots(image)));
            ids.add(image.imageId());
        }
        verdict.stay()
                .forEach((image, why) ->
                        lines.add("Would keep in " + region + ": " + Retention.words(image) + ", " + why));
        removed.put(region, ids);
    }

    private Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("plan", true);
        result.put("name", desk.state().name());
        result.put("sourceAmi", desk.state().source());
        result.put("remove", removed);
        return result;
    }
}
