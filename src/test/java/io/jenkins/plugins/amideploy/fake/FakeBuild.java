package io.jenkins.plugins.amideploy.fake;

import hudson.Extension;
import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Procedure;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import io.jenkins.plugins.amideploy.driver.BuildAmiProcedure;
import io.jenkins.plugins.amideploy.driver.DeploymentOrder;
import io.jenkins.plugins.amideploy.driver.ProcedureFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds an image without AWS, for tests of what a build needs of the block's agent: it asks for the agent's addresses,
 * for an SSH server where {@code waitFor} says so, and for a file with a secret. While its instance is there, the group
 * of the image's name has one instance.
 */
public final class FakeBuild implements Procedure {
    /** A secret of two lines between the usual ones. */
    public static final String KEY = """
            -----BEGIN PRIVATE KEY-----
            Zmlyc3QgbGluZSBvZiBhIGtleSB0aGF0IG9wZW5zIG5vdGhpbmc=
            c2Vjb25kIGxpbmUgb2YgYSBrZXkgdGhhdCBvcGVucyBub3RoaW5n
            -----END PRIVATE KEY-----
            """;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Map<String, String> parameters;
    private final boolean gated;

    private FakeBuild(DeploymentOrder order) {
        this.parameters = order.parameters();
        this.gated = order.gated();
    }

    /** Takes the place of the real procedure in the region of {@link FakeProcedure}. */
    @Extension(ordinal = 2)
    public static final class Factory implements ProcedureFactory {
        @Override
        public Optional<Procedure> create(DeploymentOrder order) {
            return order.region().equals(FakeProcedure.REGION)
                            && order.procedure().equals(BuildAmiProcedure.NAME)
                    ? Optional.of(new FakeBuild(order))
                    : Optional.empty();
        }
    }

    @Override
    public Tick tick(TickContext at) {
        String name = parameters.get("name");
        if (at.trouble().isPresent()) {
            FakeWorld.set(name, 0);
            return new Tick.Ended(new Outcome.Failed(at.trouble().get(), "The instance is gone."));
        }
        if (!begun(at.state())) {
            at.keepSecret("ssh-key", KEY);
            at.state().put("begun", "yes");
            at.save();
            FakeWorld.set(name, 1);
        }
        if (gated && !ready(at)) {
            return new Tick.LookAgain(at.now().plus(PAUSE));
        }
        if (gated && !at.gatePassed("provision")) {
            var gate = new Tick.Gate(
                    "provision", Map.of("AMI_BUILD_HOST", "192.0.2.1"), Map.of("AMI_BUILD_KEY_FILE", "ssh-key"));
            return new Tick.AwaitGate(gate, at.now().plus(PAUSE));
        }
        FakeWorld.set(name, 0);
        return new Tick.Ended(new Outcome.Succeeded(Map.of(
                "imageId",
                "ami-1",
                "images",
                Map.of("eu-west-1", "ami-1", "us-east-1", "ami-2"),
                "snapshots",
                List.of("snap-1", "snap-2"),
                "seconds",
                7L)));
    }

    private boolean ready(TickContext at) {
        if (!at.state().has("addresses")) {
            Optional<Workplace.Addresses> addresses = at.workplace().addresses();
            if (addresses.isEmpty()) {
                return false;
            }
            at.say("", "Machine: " + at.workplace().exists() + " " + addresses.get());
            at.state().put("addresses", "said");
            at.save();
        }
        if (!"ssh".equals(parameters.get("waitFor")) || at.state().has("ssh")) {
            return true;
        }
        Optional<Workplace.Greeting> greeting =
                at.workplace().ssh("127.0.0.1", Integer.parseInt(parameters.get("sshPort")));
        greeting.ifPresent(found -> {
            at.say("", "SSH: " + found);
            if (found.answered()) {
                at.state().put("ssh", "answered");
                at.save();
            }
        });
        return false;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(Integer.parseInt(parameters.getOrDefault("timeout", "3600")));
    }

    @Override
    public boolean begun(SavedState state) {
        return state.has("begun");
    }

    @Override
    public String wayBack(SavedState state) {
        return "Remove the instance.";
    }
}
