package io.jenkins.plugins.amideploy.core.docs;

import io.jenkins.plugins.amideploy.core.ami.BuildAmi;
import io.jenkins.plugins.amideploy.core.bluegreen.BlueGreenDeploy;
import io.jenkins.plugins.amideploy.core.blueviolet.BlueVioletDeploy;
import io.jenkins.plugins.amideploy.core.cfn.CfnUpdatePolicyDeploy;
import io.jenkins.plugins.amideploy.core.deployment.RestoreGroup;
import io.jenkins.plugins.amideploy.core.plan.RollingPlan;
import io.jenkins.plugins.amideploy.core.rolling.RollingDeploy;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Guest;
import io.jenkins.plugins.amideploy.core.simulator.ImageSpec;
import io.jenkins.plugins.amideploy.core.simulator.ScriptRun;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What the documentation shows consoles of, by the name that it has there. */
final class Stories {
    private static final Map<String, Supplier<Story>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("rolling", () -> rolling(Application.healthy())),
            Map.entry("rolling-bad-image", () -> rolling(Application.neverHealthy(), "healthTimeout", "300")),
            Map.entry("rolling-no-launch", Stories::rollingWithoutLaunches),
            Map.entry("rolling-alarm", Stories::rollingWithAlarm),
            Map.entry("rolling-abort", Stories::rollingAborted),
            Map.entry("rolling-refused", Stories::rollingRefused),
            Map.entry("rolling-taken", Stories::rollingTaken),
            Map.entry("rolling-permission", Stories::rollingWithoutPermission),
            Map.entry("rolling-network", Stories::rollingWithoutNetwork),
            Map.entry("rolling-plan", Stories::rollingPlan),
            Map.entry("restore", Stories::restored),
            Map.entry("blue-violet", () -> blueViolet(Application.healthy())),
            Map.entry("blue-violet-bad-image", () -> blueViolet(Application.neverHealthy())),
            Map.entry("blue-green", Stories::blueGreen),
            Map.entry("blue-green-gate", Stories::blueGreenWithFailedBlock),
            Map.entry("ami", () -> image(ScriptRun.succeeds(Duration.ofSeconds(40), "Complete!\n"))),
            Map.entry(
                    "ami-failed-command",
                    () -> image(ScriptRun.fails(Duration.ofSeconds(9), 1, "", "No match for argument: ngnix\n"))),
            Map.entry("ami-unreachable", Stories::imageOfAMachineWithoutAgent),
            Map.entry("cfn", () -> stack(Application.healthy())),
            Map.entry("cfn-bad-image", () -> stack(Application.neverHealthy())),
            Map.entry("cfn-refused", Stories::stackRefused)));

    private Stories() {}

    static Map<String, Supplier<Story>> all() {
        return ALL;
    }

    private static Map<String, String> with(Map<String, String> basis, String... more) {
        Map<String, String> all = new HashMap<>(basis);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static Map<String, String> web(String ami, String... more) {
        return with(Map.of("group", "web", "ami", ami), more);
    }

    private static Story rolling(Application application, String... more) {
        Story story = new Story().group("web", 4);
        return story.play(new RollingDeploy(with(web(story.image(application), "batchSize", "2"), more), false));
    }

    private static Story rollingWithoutLaunches() {
        Story story = new Story().group("web", 4);
        story.aws
                .faults()
                .at(
                        SimulatedClock.START.plusSeconds(5),
                        () -> story.aws
                                .faults()
                                .failLaunches(
                                        "web",
                                        1000,
                                        "You have requested more vCPU capacity than your current vCPU limit of 32 allows."));
        return story.play(new RollingDeploy(web(story.image(Application.healthy())), false));
    }

    private static Story rollingWithAlarm() {
        Story story = new Story().group("web", 4);
        story.aws.faults().alarm("web-5xx", StateValue.OK, "fine");
        story.aws
                .faults()
                .at(
                        Story.midway(),
                        () -> story.aws
                                .faults()
                                .alarm(
                                        "web-5xx",
                                        StateValue.ALARM,
                                        "Threshold Crossed: 1 datapoint [42.0] was greater than the threshold (10.0)."));
        return story.play(new RollingDeploy(web(story.image(Application.healthy()), "alarms", "web-5xx"), false));
    }

    private static Story rollingAborted() {
        Story story = new Story().group("web", 4);
        return story.aborted(new RollingDeploy(web(story.image(Application.healthy())), false));
    }

    private static Story rollingRefused() {
        Story story = new Story().group("web", 4);
        story.aws.faults().alarm("web-5xx", StateValue.ALARM, "Threshold Crossed");
        return story.play(new RollingDeploy(
                web("ami-0123456789abcdef0", "batchsize", "2", "warmup", "1h", "alarms", "web-5xx"), false));
    }

    private static Story rollingTaken() {
        Story story = new Story().group("web", 4);
        String ami = story.image(Application.healthy());
        var first = story.rehearsal(new RollingDeploy(web(ami), true), 1);
        var deployment = first.deployment();
        while (story.aws.clock().instant().isBefore(Story.midway())) {
            first.step(deployment);
        }
        story.console().clear();
        story.ended(story.rehearsal(new RollingDeploy(web(ami), false), 2).play());
        return story;
    }

    private static Story rollingWithoutPermission() {
        Story story = new Story().group("web", 4);
        story.aws.faults().deny("SuspendProcesses");
        return story.play(new RollingDeploy(web(story.image(Application.healthy())), false));
    }

    private static Story rollingWithoutNetwork() {
        Story story = new Story().group("web", 4);
        story.aws.faults().networkGone(Story.midway(), Duration.ofMinutes(3));
        return story.play(new RollingDeploy(web(story.image(Application.healthy())), false));
    }

    private static Story rollingPlan() {
        Story story = new Story().group("web", 12);
        return story.play(new RollingPlan(web(story.image(Application.healthy()), "batchSize", "25%"), false));
    }

    /** The controller of the first deployment is lost for good. */
    private static Story restored() {
        Story story = new Story().group("web", 4);
        var lost = story.rehearsal(new RollingDeploy(web(story.image(Application.healthy())), false), 1);
        var deployment = lost.deployment();
        while (story.aws.clock().instant().isBefore(SimulatedClock.START.plusSeconds(40))) {
            lost.step(deployment);
        }
        story.console().clear();
        story.ended(story.rehearsal(new RestoreGroup("web", true), 2).play());
        return story;
    }

    private static Story blueViolet(Application application) {
        Story story = new Story().group("web", 4);
        return story.play(new BlueVioletDeploy(
                web(story.image(application), "warmup", "30", "bake", "120", "healthTimeout", "300"), false));
    }

    private static Story blueGreen() {
        Story story = new Story().group("web", 4).visited("www.example.org");
        return story.play(new BlueGreenDeploy(cutover(story), false));
    }

    private static Story blueGreenWithFailedBlock() {
        Story story = new Story().group("web", 4).visited("www.example.org");
        story.ended(story.rehearsal(new BlueGreenDeploy(cutover(story), true), 1)
                .gatekeeper(gate ->
                        gate.name().equals("50%") ? Optional.of("script returned exit code 1") : Optional.empty())
                .play());
        return story;
    }

    private static Map<String, String> cutover(Story story) {
        return web(story.image(Application.healthy()), "hostedZone", "example.org", "recordName", "www.example.org");
    }

    private static Story image(ScriptRun run) {
        Story story = new Story();
        story.aws.instanceProfile("image-builder");
        String source = source(story, Guest.working().withCommands(script -> run));
        return story.play(new BuildAmi(
                Map.of(
                        "sourceAmi", source,
                        "family", "web",
                        "name", "web 42",
                        "iamInstanceProfile", "image-builder",
                        "commands", "dnf -y install nginx"),
                false));
    }

    private static String source(Story story, Guest guest) {
        return story.aws.registerImage(
                ImageSpec.of("al2023-ami-2023.9", "x86_64").amazon().guest(guest));
    }

    private static Story imageOfAMachineWithoutAgent() {
        Story story = new Story();
        story.aws.faults().silenceAgents();
        String source = source(story, Guest.working());
        return story.play(new BuildAmi(
                Map.of("sourceAmi", source, "family", "web", "name", "web 42", "commands", "dnf -y install nginx"),
                false));
    }

    private static Story stack(Application application) {
        return stack(application, template());
    }

    private static Story stack(Application application, String template) {
        Story story = new Story();
        story.aws
                .operator()
                .cloudFormation()
                .createStack(r -> r.stackName("web")
                        .templateBody(template)
                        .parameters(parameter("Image", story.former), parameter("MaxSize", "8")));
        story.aws.clock().advance(Duration.ofMinutes(30));
        return story.play(new CfnUpdatePolicyDeploy(Map.of("stack", "web", "ami", story.image(application)), false));
    }

    private static Parameter parameter(String key, String value) {
        return Parameter.builder().parameterKey(key).parameterValue(value).build();
    }

    private static Story stackRefused() {
        return stack(
                Application.healthy(),
                template().replace("Version: !GetAtt WebTemplate.LatestVersionNumber", "Version: $Latest"));
    }

    /** The one among the examples. */
    private static String template() {
        try {
            return Files.readString(Path.of("docs/examples/cfn-group.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
