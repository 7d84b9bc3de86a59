package io.jenkins.plugins.amideploy.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

class LeaseTest {
    private static final WayBack WAY_BACK = new WayBack(2, 10, 5, 3, 1, Set.of("AZRebalance"), "lt-0abc version 7");
    private static final Owner OWNER = new Owner("https://ci.example.org/", "web/deploy 42", "d-1");

    private static AutoScalingGroup groupWith(List<Tag> tags) {
        return AutoScalingGroup.builder()
                .tags(tags.stream()
                        .map(tag -> TagDescription.builder()
                                .key(tag.key())
                                .value(tag.value())
                                .build())
                        .toList())
                .build();
    }

    @Test
    void theGroupsTagsAloneTellTheWholeLease() {
        Lease lease = new Lease(OWNER, WAY_BACK, new LinkedHashSet<>(List.of("i-0123456789abcdef0", "i-1")));
        assertEquals(Optional.of(lease), Lease.on(groupWith(lease.tags("web"))));
    }

    @Test
    void aGroupWithoutOurTagsIsFree() {
        assertEquals(Optional.empty(), Lease.on(groupWith(List.of())));
    }

    @Test
    void noTagIsLongerThanAwsAllowsAndNoneGoesToInstances() {
        Set<String> many = IntStream.range(0, 100)
                .mapToObj(i -> String.format("i-%017d", i))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Owner verbose = new Owner("https://ci.example.org/" + "x".repeat(300), "folder »ä« #42", "d-1");
        List<Tag> tags = new Lease(verbose, WAY_BACK, many).tags("web");
        assertTrue(tags.size() <= Lease.MOST_TAGS);
        assertTrue(tags.stream().allMatch(tag -> tag.value().length() <= 256 && !tag.propagateAtLaunch()));
        assertEquals(many, Lease.on(groupWith(tags)).orElseThrow().closing());
    }

    @Test
    void anyNameOfALaunchConfigurationFitsIntoTheTagAndComesBackAsItIs() {
        WayBack named = new WayBack(2, 10, 5, 3, 1, Set.of(), "launch configuration my_app v=2");
        List<Tag> tags = new Lease(OWNER, named, Set.of()).tags("web");
        assertEquals(named, Lease.on(groupWith(tags)).orElseThrow().wayBack());

        WayBack longest = new WayBack(2, 10, 5, 3, 1, Set.of(), "launch configuration " + "x#".repeat(120));
        List<Tag> cut = new Lease(OWNER, longest, Set.of()).tags("web");
        assertTrue(cut.stream().allMatch(tag -> tag.value().length() <= 256));
        assertTrue(cut.stream().noneMatch(tag -> tag.value().contains("#")));
        assertEquals(3, Lease.on(groupWith(cut)).orElseThrow().wayBack().surge());
    }

    @Test
    void itIsRememberedInTheSavedStateToo() {
        SavedState state = SavedState.empty();
        Lease lease = new Lease(OWNER, WAY_BACK, Set.of("i-1"));
        lease.keepIn(state);
        lease.closing(Set.of()).keepIn(state);
        assertEquals(Optional.of(lease.closing(Set.of())), Lease.in(SavedState.of(state.toMap())));
    }
}
