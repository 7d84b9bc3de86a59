package io.jenkins.plugins.amideploy.core.demo;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.deployment.Owner;
import io.jenkins.plugins.amideploy.core.plan.Rehearsal;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Behaviour;
import io.jenkins.plugins.amideploy.core.simulator.GroupSpec;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import io.jenkins.plugins.amideploy.core.simulator.TargetGroupSpec;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.util.Map;

/** Two rolling deployments of a group of twelve on the simulated AWS, with the console lines that a build would show. */
public final class Demo {
    private static final String GROUP = "web";

    private final PrintStream out;

    private Demo(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        Demo demo = new Demo(System.out);
        demo.deploy("An image that works", Application.healthy());
        demo.deploy("An image whose instances never become healthy", Application.neverHealthy());
    }

    private void deploy(String title, Application application) {
        SimulatedAws aws = new SimulatedAws(2026, Behaviour.typical());
        String old = aws.registerImage("web 1", "x86_64", Application.healthy());
        String targetGroup = aws.createTargetGroup(TargetGroupSpec.named(GROUP));
        aws.createGroup(GroupSpec.of(GROUP, old)
                .sizes(6, 12, 16)
                .zones("eu-west-1a", "eu-west-1b", "eu-west-1c")
                .targetGroup(targetGroup));
        String ami = aws.registerImage("web 2", "x86_64", application);
        out.println();
        out.println("=== " + title);
        out.println("    rollingAmiDeploy(group: '" + GROUP + "', ami: '" + ami + "', batchSize: '25%', warmup: 30)");
        out.println();
        RollingDeploy procedure =
                new RollingDeploy(Map.of("group", GROUP, "ami", ami, "batchSize", "25%", "warmup", "30"), false);
        Outcome outcome = new Rehearsal(
                        aws,
                        procedure,
                        new Owner("demo", "demo/deploy 1", "demo1"),
                        event -> out.println(event.format(ZoneOffset.UTC)))
                .play();
        out.println();
        out.println(
                outcome instanceof Outcome.Succeeded succeeded
                        ? "SUCCESS " + succeeded.result()
                        : "ERROR: " + ((Outcome.Failed) outcome).message());
        out.println("(" + aws.calls().total() + " calls to AWS; never fewer than "
                + aws.watch(GROUP).minimum() + " instances in service)");
    }
}
