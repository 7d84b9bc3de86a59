package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * Waits for the end of the user data, which cloud-init runs: by {@code cloud-init status --wait} where Systems Manager is
 * there anyway, else by the last line that cloud-init writes to the console.
 */
final class UserData {
    private static final String NAME = "user-data";
    /** cloud-init documentation, "final_message". */
    private static final Pattern FINISHED = Pattern.compile("(?i)cloud-init v\\.? ?\\S+ finished at[^\\r\\n]*");

    private static final Pattern FAILED = Pattern.compile(
            "[^\\r\\n]*(Failed running /var/lib/cloud/instance/scripts|Failed to run module scripts[-_]user"
                    + "|\\('scripts[-_]user', )[^\\r\\n]*");
    /** EC2 takes a new picture of the console rarely. */
    private static final Duration CONSOLE = Duration.ofSeconds(10);

    private final Desk desk;
    private final BuildState state;

    UserData(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    /** Whether its end is waited for. */
    static boolean awaited(Desk desk) {
        boolean given = !desk.request().instance().userData().isEmpty();
        return given
                && desk.request()
                        .provision()
                        .awaitUserData()
                        .orElse(!desk.state().windows());
    }

    Tick tick() {
        if (!awaited(desk)) {
            return desk.next(Phase.COMMANDS);
        }
        new BuildInstance(desk).lookRunning();
        Instant since = state.saved().getInstant("user-data").orElse(desk.at().now());
        if (!state.saved().has("user-data")) {
            state.saved().put("user-data", since);
            desk.say("Waiting for the end of the user data");
        }
        boolean bySsm = state.ready().contains(Wait.SSM.name());
        Optional<Tick> again = bySsm ? command() : console(since);
        if (again.isEmpty()) {
            desk.say("The user data has ended well");
        }
        return again.orElseGet(() -> desk.next(Phase.COMMANDS));
    }

    private Duration timeout() {
        return desk.request().provision().commandTimeout();
    }

    private Optional<Tick> command() {
        Optional<GetCommandInvocationResponse> ended =
                new RemoteScript(desk, NAME).run(List.of("cloud-init status --wait --long"), timeout());
        if (ended.isEmpty()) {
            return Optional.of(Commands.soon(desk));
        }
        // Exit code 2 is for errors that cloud-init recovered from (cloud-init documentation, "Exported errors").
        boolean recovered = Integer.valueOf(2).equals(ended.get().responseCode())
                && String.valueOf(ended.get().standardOutputContent()).contains("status: done");
        if (ended.get().status() != CommandInvocationStatus.SUCCESS && !recovered) {
            throw failed("cloud-init status: " + RemoteScript.failure(ended.get()) + ". Its output is above");
        }
        if (recovered) {
            desk.warn("cloud-init recovered from errors while it ran the user data; they are above.");
        }
        return Optional.empty();
    }

    private Stop failed(String why) {
        return new Stop(Trouble.Kind.UNHEALTHY, "The user data failed on " + state.instance() + ": " + why + ".");
    }

    private Optional<Tick> console(Instant since) {
        String output = output();
        Matcher failed = FAILED.matcher(output);
        if (failed.find()) {
            throw failed("the console says: " + failed.group().strip());
        }
        if (FINISHED.matcher(output).find()) {
            return Optional.empty();
        }
        if (desk.passed(timeout(), since)) {
            throw failed("the console does not say within " + Words.of(timeout()) + " that cloud-init has finished"
                    + ". For an image without cloud-init, set awaitUserData: false");
        }
        Tick.LookAgain soon = (Tick.LookAgain) desk.awaiting(since);
        Tick.LookAgain rarely = (Tick.LookAgain) desk.in(CONSOLE);
        return Optional.of(soon.at().isAfter(rarely.at()) ? soon : rarely);
    }

    /** Only instances on the Nitro system can show their latest output (Amazon EC2 API Reference, GetConsoleOutput). */
    private String output() {
        boolean latest = !state.done("old-console");
        try {
            String output = desk.aws()
                    .ec2()
                    .getConsoleOutput(r -> r.instanceId(state.instance()).latest(latest ? true : null))
                    .output();
            return output == null ? "" : new String(Base64.getMimeDecoder().decode(output), StandardCharsets.UTF_8);
        } catch (Ec2Exception e) {
            if (!latest || !AwsFailure.of(e).code().equals("UnsupportedOperation")) {
                throw e;
            }
            state.markDone("old-console");
            return "";
        }
    }
}
