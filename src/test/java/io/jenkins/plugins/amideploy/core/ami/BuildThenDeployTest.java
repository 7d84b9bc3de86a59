package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;

/** An image is built and then deployed, in one account. */
class BuildThenDeployTest {
    private static final Filter RUNNING =
            Filter.builder().name("instance-state-name").values("running").build();

    @Test
    void aGroupRunsTheImageThatWasBuilt() {
        BuildStage stage = BuildStage.of(71).gated();
        stage.aws.createGroup(GroupSpec.of("web", stage.source).sizes(3, 3, 6));
        String ami = stage.image();
        Outcome outcome = new Rehearsal(
                        stage.aws,
                        new RollingDeploy(Map.of("group", "web", "ami", ami), false),
                        new Owner(BuildStage.CONTROLLER, "web/image 1", "deploy1"),
                        event -> {})
                .play();
        assertInstanceOf(Outcome.Succeeded.class, outcome);
        Set<String> images =
                stage.aws.operator().ec2().describeInstances(r -> r.filters(RUNNING)).reservations().stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .map(instance -> instance.imageId())
                        .collect(Collectors.toSet());
        assertEquals(Set.of(ami), images);
    }
}
