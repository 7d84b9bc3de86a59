package io.jenkins.plugins.amideploy.core.wire;

import static io.jenkins.plugins.amideploy.core.wire.MotoServer.NEW_AMI;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a deployment costs in calls where AWS answers at once. */
class CallBudgetWireTest {
    @RegisterExtension
    static final Wire WIRE = new Wire();

    private final Operator operator = WIRE.operator();

    @Test
    void twentyInstancesTwoAtATimeBehindATargetGroup() {
        int n = 20;
        int k = 2;
        Sizes twenty = new Sizes(n, n, n + k);
        String targets = operator.targetGroup();
        String group = operator.group(
                twenty, g -> g.launchTemplate(operator.version("1")).targetGroupARNs(targets));

        Build build = WIRE.rolling(group, Map.of("batchSize", Integer.toString(k)));
        build.succeed();

        new Aftermath(operator).everyInstanceRuns(NEW_AMI, group, twenty);
        Calls calls = WIRE.moto().calls();
        int budget = n + 3 * ((n + k - 1) / k) + 30;
        assertTrue(calls.total() <= budget, () -> calls.total() + " calls, the budget is " + budget + ":\n" + calls);
    }
}
