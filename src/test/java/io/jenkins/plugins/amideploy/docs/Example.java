package io.jenkins.plugins.amideploy.docs;

import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.createGroup;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.formerImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.goodImage;
import static io.jenkins.plugins.amideploy.fake.SimulatedRegion.images;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.fake.SimulatedName;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.fake.SimulatedStacks;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The files in {@code docs/examples} that are builds: what there must be before, and what there must be afterwards. */
enum Example {
    BUILD_AND_ROLL("build-and-roll.Jenkinsfile") {
        @Override
        void prepare() {
            createGroup("web", 2);
            alarm();
        }

        @Override
        void check(Played played) {
            played.says("told: -i ", "site.yml", "answers");
            assertEquals(Set.of(built()), images("web"));
        }
    },
    CANARY("canary.Jenkinsfile") {
        @Override
        void prepare() {
            createGroup("web", 2);
        }

        @Override
        void check(Played played) {
            played.says("Plan for group web", "runs " + goodImage() + ". Go on?");
            assertEquals(Set.of(goodImage()), images("web"));
        }
    },
    BLUE_VIOLET("blue-violet.Jenkinsfile") {
        @Override
        void prepare() {
            createGroup("web", 2);
            alarm();
        }

        @Override
        void check(Played played) throws Exception {
            played.says("answers", "web-blue serves. Retire web?");
            assertEquals(Set.of(goodImage()), images("web-blue"));
            awaitGone("web");
        }
    },
    BLUE_VIOLET_TWO_BUILDS("blue-violet-two-builds.Jenkinsfile") {
        @Override
        void prepare() {
            createGroup("web", 2);
        }

        @Override
        void check(Played played) throws Exception {
            assertEquals(Set.of(goodImage()), images("web-blue"));
            assertEquals(Set.of(formerImage()), images("web"));
            played.again(Map.of("AMI", ""));
            awaitGone("web");
        }
    },
    BLUE_GREEN("blue-green.Jenkinsfile") {
        @Override
        void prepare() {
            createGroup("web", 2);
            SimulatedName.create();
            alarm();
        }

        @Override
        void check(Played played) throws Exception {
            played.says("0 percent of the traffic goes to web", "50 percent", "100 percent");
            assertEquals(Set.of(goodImage()), images("web-blue"));
            awaitGone("web");
        }
    },
    CLOUDFORMATION("cloudformation.Jenkinsfile") {
        @Override
        void check(Played played) throws Exception {
            played.says("Execute ami-deploy-");
            assertEquals("CREATE_COMPLETE", SimulatedStacks.status("web"));
            assertEquals("12", SimulatedStacks.parameter("web", "MaxSize"));
            assertEquals(Set.of(goodImage()), SimulatedStacks.images("web"));
            played.again(Map.of("AMI", formerImage()));
            assertEquals("UPDATE_COMPLETE", SimulatedStacks.status("web"));
            assertEquals(Set.of(formerImage()), SimulatedStacks.images("web"));
        }
    },
    IMAGE_FOR_ALL_REGIONS("image-for-all-regions.Jenkinsfile") {
        @Override
        void check(Played played) {
            played.says("In eu-central-1 it is ami-");
            assertFalse(built().isEmpty());
        }
    },
    RESTORE("restore.Jenkinsfile") {
        @Override
        void prepare() {
            createGroup("web", 2);
        }

        @Override
        void check(Played played) {
            played.says("Is no controller deploying to web any more?", "nothing to restore");
        }
    },
    FREESTYLE_JOB("freestyle-job.xml") {
        @Override
        void prepare() {
            createGroup("web", 2);
        }

        @Override
        void check(Played played) {
            played.says("| dnf -y install nginx");
            assertEquals(Set.of(built()), images("web"));
        }
    };

    private final String file;

    Example(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /** Makes what the example takes for granted, in a new world. */
    void prepare() {}

    abstract void check(Played played) throws Exception;

    /** The parameters with which people would build it. */
    Map<String, String> parameters() {
        return Map.of("AMI", goodImage(), "GROUP", "web");
    }

    /** AWS shows a group for a while after it was deleted. */
    private static void awaitGone(String group) throws InterruptedException {
        while (SimulatedRegion.exists(group)) {
            Thread.sleep(50);
        }
    }

    private static void alarm() {
        SimulatedRegion.aws().faults().alarm("web-5xx", StateValue.OK, "fine");
    }

    /** The image that was built. */
    private static String built() {
        var images = SimulatedRegion.aws().operator().ec2().describeImages(r -> r.owners("self")).images().stream()
                .filter(image -> image.tags().stream().anyMatch(tag -> tag.key().equals("ami-deploy:inputs")))
                .toList();
        assertTrue(images.size() == 1, images::toString);
        return images.get(0).imageId();
    }
}
