package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.NEW_AMI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rolling deployment of every kind of group, over the wire. */
class RollingDeployWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private static final Sizes FOUR = new Sizes(4, 4, 8);

    private final Operator operator = WIRE.operator();
    private final Aftermath aftermath = new Aftermath(operator);

    @Test
    void replacesEveryInstanceOfATemplateGroup() {
        String group = operator.templateGroup(FOUR);
        Set<String> before = operator.instances(group);

        Map<String, Object> result =
                WIRE.rolling(group, Map.of("batchSize", "2")).succeed();

        aftermath.everyInstanceRuns(NEW_AMI, group, FOUR);
        Set<String> stayed = new TreeSet<>(operator.instances(group));
        stayed.retainAll(before);
        assertEquals(Set.of(), stayed);
        assertEquals(group, result.get("group"));
        assertEquals(NEW_AMI, result.get("ami"));
        assertEquals("2", result.get("version"));
        assertEquals(4, result.get("replaced"));
        assertEquals(0, result.get("skipped"));
    }
}
