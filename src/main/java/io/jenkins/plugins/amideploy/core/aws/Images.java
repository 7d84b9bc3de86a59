package io.jenkins.plugins.amideploy.core.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Which image each instance runs. This, from EC2, is what tells an old instance from a new one: what the group shows of
 * an instance is the template or configuration it was launched from, and two of those may hold the same image.
 */
public final class Images {
    /** Most values of one filter (Amazon EC2 API Reference, DescribeInstances). */
    private static final int VALUES_IN_A_FILTER = 200;

    private Images() {}

    /**
     * The image of each instance that EC2 shows. By filter rather than by id, because an id that EC2 does not show yet
     * would fail the whole call.
     */
    public static Map<String, String> of(AwsSession aws, Collection<String> instanceIds) {
        Map<String, String> images = new HashMap<>();
        List<String> ids = new ArrayList<>(instanceIds);
        for (int from = 0; from < ids.size(); from += VALUES_IN_A_FILTER) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + VALUES_IN_A_FILTER));
            Filter filter = Filter.builder().name("instance-id").values(some).build();
            aws.ec2().describeInstancesPaginator(r -> r.filters(filter).maxResults(1000)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .forEach((Instance instance) -> images.put(instance.instanceId(), instance.imageId()));
        }
        return images;
    }
}
