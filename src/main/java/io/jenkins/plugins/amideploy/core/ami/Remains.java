package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** What builds have made in one region and what is still there of it, found by tags. */
final class Remains {
    private final AwsSession aws;
    private final List<Filter> tags;

    private Remains(AwsSession aws, Filter whose) {
        this.aws = aws;
        this.tags = List.of(Tags.filter(Tags.ROLE, Tags.BUILD_ROLE), whose);
    }

    static Remains ofDeployment(AwsSession aws, String deployment) {
        return new Remains(aws, Tags.filter(Tags.DEPLOYMENT, deployment));
    }

    static Remains ofController(AwsSession aws, String controller) {
        return new Remains(aws, Tags.filter(Tags.CONTROLLER, controller));
    }

    /** Those that have not been terminated; some may be shutting down. */
    List<Instance> instances() {
        Filter states = Filter.builder()
                .name("instance-state-name")
                .values("pending", "running", "stopping", "stopped", "shutting-down")
                .build();
        return aws.ec2().describeInstances(r -> r.filters(tags.get(0), tags.get(1), states)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
    }

    List<Image> images() {
        return aws.ec2().describeImages(r -> r.owners("self").filters(tags)).images();
    }

    List<Snapshot> snapshots() {
        return aws.ec2()
                .describeSnapshots(r -> r.ownerIds("self").filters(tags))
                .snapshots();
    }

    List<SecurityGroup> groups() {
        return aws.ec2().describeSecurityGroups(r -> r.filters(tags)).securityGroups();
    }

    List<KeyPairInfo> keys() {
        return aws.ec2().describeKeyPairs(r -> r.filters(tags)).keyPairs();
    }
}
