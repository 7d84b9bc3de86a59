package io.jenkins.plugins.amideploy.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.LimitExceededException;
import software.amazon.awssdk.services.autoscaling.model.Tag;

class TagTest {
    private final TestWorld world = new TestWorld();

    @BeforeEach
    void createGroup() {
        world.aws.createGroup(world.spec());
    }

    private void put(String group, String key, String value) {
        world.aws.autoScaling().createOrUpdateTags(request -> request.tags(tag(group, key, value)));
    }

    private static Tag tag(String group, String key, String value) {
        return Tag.builder()
                .resourceId(group)
                .resourceType("auto-scaling-group")
                .key(key)
                .value(value)
                .propagateAtLaunch(true)
                .build();
    }

    @Test
    void tagsAreWrittenFoundAndDeleted() {
        put(TestWorld.GROUP, "a", "1");
        put(TestWorld.GROUP, "a", "2");
        assertEquals("2", world.group().tags().get(0).value());
        assertEquals(
                1,
                world.aws
                        .autoScaling()
                        .describeTags(request -> request.filters(
                                Filter.builder().name("key").values("a").build()))
                        .tags()
                        .size());
        world.aws.autoScaling().deleteTags(request -> request.tags(tag(TestWorld.GROUP, "a", null)));
        assertTrue(world.group().tags().isEmpty());
    }

    @Test
    void propagatedTagsAreOnNewInstances() {
        put(TestWorld.GROUP, "team", "shop");
        world.desired(3);
        world.until(() -> world.aws.watch(TestWorld.GROUP).serving() == 3);
        assertEquals(
                1,
                world.aws
                        .ec2()
                        .describeInstances(
                                request -> request.filters(software.amazon.awssdk.services.ec2.model.Filter.builder()
                                        .name("tag:team")
                                        .values("sh*")
                                        .build()))
                        .reservations()
                        .size());
    }

    @Test
    void theLimitsOfTagsAreKept() {
        AutoScalingException tooLong =
                assertThrows(AutoScalingException.class, () -> put(TestWorld.GROUP, "long", "x".repeat(257)));
        assertTrue(tooLong.getMessage().contains("length less than or equal to 256"));
        for (int i = 0; i < 50; i++) {
            put(TestWorld.GROUP, "key-" + i, "x");
        }
        assertThrows(LimitExceededException.class, () -> put(TestWorld.GROUP, "one-more", "x"));
        assertThrows(AutoScalingException.class, () -> put("other", "a", "b"));
    }
}
