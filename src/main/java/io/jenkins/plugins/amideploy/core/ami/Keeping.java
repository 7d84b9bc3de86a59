package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Owner;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The instance of a build that failed, left for a look where that is asked for. */
final class Keeping {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String UNTIL = "keep.until";

    private final Desk desk;
    private final BuildState state;

    Keeping(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** Whether it stays: an instance that was let go already does not. */
    boolean wanted() {
        return desk.request().keepsOnFailure()
                && !state.finished()
                && !state.instance().isEmpty()
                && !state.done("terminated");
    }

    /** Finds out whether there is anything to keep: what is gone already is not left for a look. */
    void look(Supplier<List<Instance>> living) {
        if (wanted()
                && !state.done("kept")
                && living.get().stream()
                        .allMatch(instance -> instance.state().name() == InstanceStateName.SHUTTING_DOWN)) {
            state.markDone("terminated");
        }
    }

    /** Says in its tags until when the sweeper leaves it, together with its security group. */
    void keep() {
        if (state.done("kept")) {
            return;
        }
        Instant until = state.saved()
                .getInstant(UNTIL)
                .orElse(desk.at().now().plus(desk.request().keepFor()).truncatedTo(ChronoUnit.SECONDS));
        state.saved().put(UNTIL, until);
        desk.at().save();
        List<String> resources = new ArrayList<>(List.of(state.instance()));
        if (!state.group().isEmpty()) {
            resources.add(state.group());
        }
        desk.aws()
                .ec2()
                .createTags(r -> r.resources(resources).tags(Tags.list(Map.of(Tags.KEEP_UNTIL, until.toString()))));
        state.markDone("kept");
        desk.at().save();
    }

    /** How to reach it and what becomes of it. */
    String words(Owner owner) {
        Instant until = state.saved().getInstant(UNTIL).orElseThrow();
        String id = state.instance();
        List<String> lines = new ArrayList<>();
        lines.add("Instance " + id + " is left for a look until " + TIME.format(until)
                + "; then the sweeper of " + owner.controller() + " terminates it"
                + (state.group().isEmpty() ? "." : ", and its security group " + state.group() + " goes, too."));
        if (state.asked("stop")) {
            lines.add("It was stopped for its image; start it first: aws ec2 start-instances --instance-ids " + id);
        }
        String key = desk.request().instance().keyName();
        String user = desk.request().provision().sshUser();
        if (!key.isEmpty()) {
            lines.add("With the private key of " + key + ": ssh -p "
                    + desk.request().provision().sshPort() + " " + user + "@" + state.host());
        }
        if (!desk.request().instance().profile().isEmpty()) {
            lines.add("By Systems Manager: aws ssm start-session --target " + id + " --region " + desk.home());
        }
        if (key.isEmpty()) {
            lines.add("By EC2 Instance Connect: aws ec2-instance-connect ssh --instance-id " + id + " --os-user " + user
                    + " --region " + desk.home() + ", from an address that its security group lets in");
        }
        return String.join("\n", lines);
    }
}
