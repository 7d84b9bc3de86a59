package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The inside of an instance that was launched by itself, from boot to boot. */
final class GuestRun {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SimulatedInstance instance;
    private final World world;
    private final Guest guest;
    private Instant firstBoot;
    private Instant firstDown;
    /** Null while it is down. */
    private Instant up;

    private Instant lastTransition;
    boolean agentGone;

    GuestRun(SimulatedInstance instance, World world) {
        this.instance = instance;
        this.world = world;
        this.guest = instance.image.spec.guest();
        this.lastTransition = world.clock.now();
    }

    Guest guest() {
        return guest;
    }

    void started() {
        if (instance.state() != InstanceStateName.PENDING) {
            return;
        }
        instance.state(InstanceStateName.RUNNING);
        boot();
        if (instance.image.application.diesDuringBoot()) {
            world.clock.after(
                    world.draws.of("dies " + instance.id, world.behaviour.ec2().start()),
                    () -> world.terminator.kill(
                            instance,
                            TerminationCause.FAILED_LAUNCH,
                            "Client.InstanceInitiatedShutdown: Instance initiated shutdown"));
        }
    }

    private void boot() {
        up = world.clock.now();
        lastTransition = up;
        if (firstBoot == null) {
            firstBoot = up;
        }
    }

    void down() {
        if (up != null) {
            up = null;
            lastTransition = world.clock.now();
            if (firstDown == null) {
                firstDown = lastTransition;
            }
        }
    }

    /** It is down that long; what ran on it is cut off. */
    void reboot(Duration length) {
        down();
        world.clock.after(length, () -> {
            if (instance.running()) {
                boot();
            }
        });
    }

    private boolean upFor(Duration length) {
        return length != null
                && up != null
                && instance.running()
                && !up.plus(length).isAfter(world.clock.now());
    }

    Instant upSince() {
        return up;
    }

    boolean answersSsh() {
        return upFor(guest.ssh()) && !instance.crashed;
    }

    /** An agent that has been online stays listed when the instance goes. */
    boolean agentOnline() {
        return instance.launch.profile() != null && !agentGone && upFor(guest.agent());
    }

    Optional<Instant> userDataEnd() {
        if (firstBoot == null || guest.userData().ending() == Guest.Ending.HANGS) {
            return Optional.empty();
        }
        Duration takes = instance.launch.userData() == null
                ? Duration.ofSeconds(10)
                : guest.userData().takes();
        Instant end = firstBoot.plus(takes);
        boolean cutOff = firstDown != null && firstDown.isBefore(end);
        return cutOff ? Optional.empty() : Optional.of(end);
    }

    boolean userDataFails() {
        return instance.launch.userData() != null && guest.userData().ending() == Guest.Ending.FAILED;
    }

    /** What a script does: cloud-init's own command answers for the user data, all others do as the guest says. */
    ScriptRun run(String script) {
        if (!script.contains("cloud-init status")) {
            return guest.commands().apply(script);
        }
        Instant now = world.clock.now();
        Optional<Instant> end = userDataEnd();
        boolean ended = end.isPresent() && !end.get().isAfter(now);
        if (!ended && !script.contains("--wait")) {
            return ScriptRun.succeeds(Duration.ofSeconds(1), "status: running\n");
        }
        if (end.isEmpty()) {
            return ScriptRun.hangs("");
        }
        Duration takes = (ended ? Duration.ZERO : Duration.between(now, end.get())).plusSeconds(1);
        return userDataFails()
                ? ScriptRun.fails(takes, 1, "status: error\n", "")
                : ScriptRun.succeeds(takes, "status: done\n");
    }

    /**
     * The console at a time, without what was written later: cloud-init's documentation, "Final message", and its
     * warning about user scripts that failed.
     */
    String console(Instant time) {
        StringBuilder text = new StringBuilder();
        if (firstBoot == null || firstBoot.isAfter(time)) {
            return "";
        }
        text.append("[    0.000000] Linux version 6.1.0\n");
        Optional<Instant> end = userDataEnd().filter(done -> !done.isAfter(time));
        if (end.isPresent()) {
            if (userDataFails()) {
                text.append(DATE.format(end.get()))
                        .append(" - cc_scripts_user.py[WARNING]: Failed to run module scripts-user (scripts in"
                                + " /var/lib/cloud/instance/scripts)\n");
            }
            text.append("Cloud-init v. 22.2.2 finished at ")
                    .append(DATE.format(end.get()))
                    .append(". Datasource DataSourceEc2.  Up ")
                    .append(Duration.between(firstBoot, end.get()).toSeconds())
                    .append(".00 seconds\n");
        }
        return text.toString();
    }

    Instant lastTransition() {
        return lastTransition;
    }

    /** The instance has ended, and takes along the disks that it was told to. */
    void ended() {
        down();
        for (SimulatedVolume volume : instance.launch.volumes()) {
            volume.write(() -> volume.attached = false);
            if (volume.deletedOnTermination) {
                volume.delete();
            }
        }
    }
}
