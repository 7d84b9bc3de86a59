package io.jenkins.plugins.amideploy.core.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.Quota;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

class CopyCheckTest {
    private final BalancerStage stage = new BalancerStage(3, Behaviour.immediate());
    private final String image = stage.aws.registerImage("web", "x86_64", Application.healthy());
    private final String targets = stage.aws.createTargetGroup(TargetGroupSpec.named("web"));

    private void group(String name, String targetGroup) {
        stage.aws.createGroup(GroupSpec.of(name, image).sizes(1, 2, 4).targetGroup(targetGroup));
    }

    private AutoScalingGroup shown(String name) {
        return stage.aws
                .operator()
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(name))
                .autoScalingGroups()
                .get(0);
    }

    private CopyCheck check() {
        AwsSession session = Rehearsal.session(stage.aws);
        AutoScalingGroup group = shown("web");
        List<LiveBalancer> live = LiveBalancer.of(session, group);
        assertEquals(1, live.size());
        assertEquals("web-alb", live.get(0).name());
        return CopyCheck.of(session, live.get(0), group);
    }

    @Test
    void aPlainBalancerOfOneGroupCanBeCopied() {
        group("web", targets);
        assertEquals(List.of(), check().problems());
        assertFalse(check().isProtected());
        assertTrue(String.join("\n", check().notCopied()).contains("AWS WAF"));
    }

    @Test
    void aTargetGroupOfOthersOnTheSameBalancerIsInTheWay() {
        group("web", targets);
        group("shop", stage.aws.createTargetGroup(TargetGroupSpec.named("shop").withLoadBalancer("web-alb")));
        String problem = String.join("\n", check().problems());
        assertTrue(problem.contains("target group shop of web-alb is not the group's and has 2 targets"), problem);
    }

    @Test
    void targetsThatAreNotTheGroupsAreNamed() {
        group("web", targets);
        group("batch", targets);
        assertEquals(List.of(), check().problems());
        String lost = String.join("\n", check().notCopied());
        assertTrue(lost.contains("2 targets of target group web that are not instances of the group"), lost);
    }

    @Test
    void aSecretThatAwsDoesNotShowIsInTheWay() {
        group("web", targets);
        var elb = stage.aws.operator().elbv2();
        String balancer = LiveBalancer.named(Rehearsal.session(stage.aws), "web-alb")
                .orElseThrow()
                .arn();
        elb.createListener(r -> r.loadBalancerArn(balancer)
                .port(8080)
                .protocol("HTTP")
                .defaultActions(
                        Action.builder()
                                .type("authenticate-oidc")
                                .order(1)
                                .authenticateOidcConfig(c -> c.clientId("web").clientSecret("secret"))
                                .build(),
                        Action.builder()
                                .type("forward")
                                .order(2)
                                .targetGroupArn(targets)
                                .build()));
        String problem = String.join("\n", check().problems());
        assertTrue(problem.contains("port 8080 of web-alb authenticates users with OpenID Connect"), problem);
    }

    @Test
    void quotasAreLookedAtBefore() {
        group("web", targets);
        stage.aws.quota(Quota.APPLICATION_LOAD_BALANCERS, 1);
        stage.aws.quota(Quota.TARGET_GROUPS, 1);
        assertEquals(
                List.of(
                        "quota: the account has 1 of 1 Application Load Balancers in this region; 1 more is needed",
                        "quota: the account has 1 of 1 target groups in this region; 1 more is needed"),
                check().problems());
    }

    @Test
    void aClassicLoadBalancerIsFoundFromItsGroupAndChecked() {
        String name = new Maximal(stage.aws).classic();
        stage.aws.createGroup(GroupSpec.of("web", image).sizes(1, 2, 4).classicLoadBalancer(name));
        AwsSession session = Rehearsal.session(stage.aws);
        LiveBalancer live = LiveBalancer.of(session, shown("web")).get(0);
        assertTrue(live.classic());
        assertEquals(List.of(), CopyCheck.of(session, live, shown("web")).problems());
        stage.aws.quota(Quota.CLASSIC_LOAD_BALANCERS, 1);
        assertEquals(
                List.of("quota: the account has 1 of 1 Classic Load Balancers in this region; 1 more is needed"),
                CopyCheck.of(session, live, shown("web")).problems());
    }

    @Test
    void protectionFromDeletionIsSeen() {
        String name = new Maximal(stage.aws).application();
        AwsSession session = Rehearsal.session(stage.aws);
        group("web", targets);
        assertTrue(CopyCheck.of(session, LiveBalancer.named(session, name).orElseThrow(), shown("web"))
                .isProtected());
    }
}
