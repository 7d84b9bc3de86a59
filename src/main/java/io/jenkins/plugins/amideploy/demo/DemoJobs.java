package io.jenkins.plugins.amideploy.demo;

import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.TopLevelItem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiConsumer;
import jenkins.model.Jenkins;

/** Makes the demo jobs, each with a group or a stack of its own. */
public final class DemoJobs {
    private static final int SIZE = 12;

    private DemoJobs() {}

    /** Once all jobs are loaded; jobs that are there already are made anew, for the images have new ids. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void create() throws IOException, InterruptedException {
        if (!Demo.on()) {
            return;
        }
        job(
                "1-good-image",
                "An image that works, rolled through a group of twelve.",
                "rollingAmiDeploy(group: '%s', ami: '%s', batchSize: '25%%', warmup: 30, replaceMatching: true, region: '%s')",
                "good");
        job(
                "2-bad-image",
                "An image whose instances never become healthy: it is found out and rolled back.",
                "rollingAmiDeploy(group: '%s', ami: '%s', batchSize: '25%%', healthTimeout: 300, region: '%s')",
                "bad");
        job(
                "3-canary-with-approval",
                "One instance first; a person decides; then half, then the rest. Abort it, and it rolls back.",
                """
                rollingAmiDeploy(group: '%s', ami: '%s', batchSize: '25%%', checkpoints: '5,50', replaceMatching: true, region: '%s') {
                    echo "New instances: $AMI_DEPLOY_INSTANCE_IDS"
                    input "$AMI_DEPLOY_CHECKPOINT of the group runs the new image. Go on?"
                }""",
                "good");
        job(
                "4-plan",
                "What a deployment would do, without doing it.",
                "rollingAmiDeploy(group: '%s', ami: '%s', batchSize: '25%%', plan: true, region: '%s')",
                "good");
        job(
                "5-build-and-deploy",
                "An image is built by commands on a temporary instance, and rolled out.",
                """
                def ami = buildAmi(sourceAmi: '%2$s', name: 'web {time}', iamInstanceProfile: 'builder', keep: 3, region: '%3$s',
                                   commands: ['dnf -y install nginx', 'systemctl enable nginx'])
                rollingAmiDeploy(group: '%1$s', ami: ami.imageId, batchSize: '25%%', region: '%3$s')""",
                "source");
        job(
                "6-two-groups",
                "A second group comes up behind the same target group; when it has served for a while, the first one"
                        + " goes. Build it again, and it goes the other way round.",
                """
                blueVioletDeploy(group: '%s', ami: '%s', warmup: 30, bake: 120, region: '%s') {
                    echo "$AMI_DEPLOY_GROUP serves beside $AMI_DEPLOY_OLD_GROUP: $AMI_DEPLOY_INSTANCE_IDS"
                }""",
                "good");
        job(
                "7-cloudformation",
                "The image of a CloudFormation stack is changed; its update policy replaces the instances.",
                "cfnUpdatePolicyDeploy(stack: '%s', ami: '%s', region: '%s')",
                "good",
                DemoRegion::createStack);
        job(
                "8-new-load-balancer",
                "A new group behind a new load balancer; the visitors of a name move there step by step, and when none"
                        + " comes to the old one any more, it goes. Build it again, and it goes the other way round.",
                """
                blueGreenCutover(group: '%s', ami: '%s', warmup: 30, hostedZone: 'example.org', recordName: '%1$s.example.org',
                                 steps: [10, 50, 100], interval: 120, region: '%3$s') {
                    echo "$AMI_DEPLOY_PERCENT percent of the traffic goes to $AMI_DEPLOY_DNS_NAME"
                }""",
                "good",
                (region, group) -> region.createNamedGroup(group, 4));
        Jenkins.get()
                .setSystemMessage(
                        "AMI Deploy on a simulated AWS, whose minutes pass in seconds. Build one of the jobs and"
                                + " look at its console.");
    }

    private static void job(String name, String description, String script, String image)
            throws IOException, InterruptedException {
        job(name, description, script, image, (region, group) -> region.createGroup(group, SIZE));
    }

    /** @param setUp makes what the job deploys to, which is named like the job without its number */
    private static void job(
            String name, String description, String script, String image, BiConsumer<DemoRegion, String> setUp)
            throws IOException, InterruptedException {
        Jenkins jenkins = Jenkins.get();
        TopLevelItem former = jenkins.getItem(name);
        if (former != null) {
            former.delete();
        }
        String group = name.replaceFirst("^\\d-", "");
        DemoRegion region = DemoRegion.get();
        setUp.accept(region, group);
        String pipeline = String.format(Locale.ROOT, script, group, region.image(image), DemoRegion.NAME);
        String xml = "<flow-definition><description>" + Util.xmlEscape(description) + "</description>"
                + "<definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>"
                + Util.xmlEscape(pipeline) + "</script><sandbox>true</sandbox></definition></flow-definition>";
        jenkins.createProjectFromXML(name, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
