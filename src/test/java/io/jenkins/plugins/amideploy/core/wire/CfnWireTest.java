package io.jenkins.plugins.amideploy.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.cfn.CfnUpdatePolicyDeploy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation's example, created and updated on an AWS that no one here wrote. */
class CfnWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Path EXAMPLE = Path.of("docs/examples/cfn-group.yaml");

    private static Build deploy(String stack, String ami, boolean gated, Map<String, String> more) throws IOException {
        Map<String, String> parameters =
                new HashMap<>(Map.of("stack", stack, "ami", ami, "template", Files.readString(EXAMPLE)));
        parameters.putAll(more);
        return WIRE.build(new CfnUpdatePolicyDeploy(parameters, gated));
    }

    /** moto takes a default for a change where the parameter was not given before. */
    private static final String GIVEN = "InstanceType=t3.small\nMinSize=4\nMaxSize=8\nBatchSize=2\n"
            + "MinInstancesInService=4\nSignal=4\nHealthPath=/";

    private static Build create(String stack) throws IOException {
        Build build = deploy(
                stack,
                MotoServer.FORMER_AMI,
                false,
                Map.of("onMissing", "create", "tags", "team=shop", "parameters", GIVEN));
        assertEquals("CREATE_COMPLETE", build.succeed().get("status"));
        return build;
    }

    private static List<String> groups(String stack) {
        return WIRE.aws().autoScaling().describeAutoScalingGroups().autoScalingGroups().stream()
                .map(group -> group.autoScalingGroupName())
                .filter(name -> name.startsWith(stack + "-WebGroup-"))
                .toList();
    }

    @Test
    void theExampleIsCreated() throws IOException {
        Build build = create("made");
        assertEquals(1, groups("made").size());
        assertTrue(build.console().contains("Stack made CREATE_COMPLETE"), build::console);
    }

    @Test
    void theExampleIsUpdated() throws IOException {
        create("updated");
        Build build = deploy("updated", MotoServer.NEW_AMI, true, Map.of()).restartingAllTheTime();
        build.withBlock(gate -> {
            assertEquals("updated", gate.environment().get("AMI_DEPLOY_STACK"));
            return Optional.empty();
        });
        Map<String, Object> result = build.succeed();
        assertEquals("UPDATE_COMPLETE", result.get("status"));
        assertEquals(MotoServer.NEW_AMI, result.get("ami"));
        assertTrue(build.console().contains("Image " + MotoServer.FORMER_AMI + " -> " + MotoServer.NEW_AMI));
        assertTrue(build.console().contains("AutoScalingRollingUpdate replaces 4 instances, 2 at a time"));
        assertEquals(1, build.console().split("Stack updated UPDATE_COMPLETE", -1).length - 1, build::console);
    }

    @Test
    void aGateThatFailsLeavesNothing() throws IOException {
        create("kept");
        Build build = deploy("kept", MotoServer.NEW_AMI, true, Map.of());
        build.withBlock(gate -> Optional.of("not today"));
        assertTrue(build.fails().message().contains("the stack kept is as it was"), build::console);
        assertTrue(WIRE.moto().calls().actions().contains("cloudformation:DeleteChangeSet"));
    }

    @Test
    void aStackThatIsNotThereIsRefused() throws IOException {
        Build build = deploy("nobody", MotoServer.NEW_AMI, false, Map.of());
        assertTrue(build.fails().message().contains("there is no stack named 'nobody'"));
        assertEquals(
                List.of(),
                WIRE.moto().calls().actions().stream()
                        .filter(action -> action.matches(".*:(Create|Execute|Delete).*"))
                        .toList());
    }
}
