package io.jenkins.plugins.amideploy.core.aws;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What there is in the account, for people who choose. Each list is read by a few calls at most; of an account that has
 * more, the rest is left out.
 *
 * <p>All methods throw an {@link SdkException} where AWS does not answer.
 */
public final class Inventory {
    private static final int MOST = 500;

    private Inventory() {}

    private static <T> List<InventoryEntry> list(Stream<T> things, Function<T, InventoryEntry> entry) {
        return things.limit(MOST)
                .map(entry)
                .sorted(Comparator.comparing(InventoryEntry::id))
                .toList();
    }

    /** The Auto Scaling groups by name. */
    public static List<InventoryEntry> groups(AwsSession aws) {
        var pages = aws.autoScaling().describeAutoScalingGroupsPaginator(r -> r.maxRecords(100));
        return list(pages.autoScalingGroups().stream(), Inventory::entry);
    }

    /** The first of the groups that exists. */
    public static Optional<InventoryEntry> group(AwsSession aws, List<String> names) {
        return aws
                .autoScaling()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(names))
                .autoScalingGroups()
                .stream()
                .findFirst()
                .map(Inventory::entry);
    }

    private static InventoryEntry entry(AutoScalingGroup group) {
        String sizes = group.minSize() + " to " + group.maxSize() + " instances, desired " + group.desiredCapacity();
        return InventoryEntry.of(group.autoScalingGroupName(), group.autoScalingGroupName(), sizes, group.status());
    }

    /** The account's own images that are available, the newest first. */
    public static List<InventoryEntry> images(AwsSession aws) {
        Filter available = Filter.builder().name("state").values("available").build();
        return aws.ec2().describeImages(r -> r.owners("self").filters(available)).images().stream()
                .sorted(Comparator.comparing(Inventory::created).reversed())
                .limit(MOST)
                .map(Inventory::entry)
                .toList();
    }

    /** The image, whoever's it is; empty where AWS knows none, or shows it to others only. */
    public static Optional<InventoryEntry> image(AwsSession aws, String id) {
        try {
            return aws.ec2().describeImages(r -> r.imageIds(id)).images().stream()
                    .findFirst()
                    .map(Inventory::entry);
        } catch (Ec2Exception e) {
            AwsFailure failure = AwsFailure.of(e);
            if (failure.notFound() || failure.code().startsWith("InvalidAMIID")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String created(Image image) {
        return image.creationDate() == null ? "" : image.creationDate();
    }

    private static InventoryEntry entry(Image image) {
        String state = image.state() == ImageState.AVAILABLE ? "" : "state " + image.stateAsString();
        String date = created(image).length() < 16
                ? ""
                : created(image).substring(0, 16).replace('T', ' ');
        InventoryEntry entry =
                InventoryEntry.of(image.imageId(), image.name(), date, image.architectureAsString(), state);
        return new InventoryEntry(entry.id(), entry.about(), state.isEmpty());
    }

    /** The stacks that were not deleted, by name. */
    public static List<InventoryEntry> stacks(AwsSession aws) {
        List<StackStatus> present = StackStatus.knownValues().stream()
                .filter(status -> status != StackStatus.DELETE_COMPLETE)
                .toList();
        var pages = aws.cloudFormation().listStacksPaginator(r -> r.stackStatusFilters(present));
        return list(
                pages.stackSummaries().stream(),
                (StackSummary stack) ->
                        InventoryEntry.of(stack.stackName(), stack.stackName(), stack.stackStatusAsString()));
    }

    /** The stack; empty where AWS shows none. */
    public static Optional<InventoryEntry> stack(AwsSession aws, String name) {
        return described(aws, name).map(stack -> InventoryEntry.of(name, stack.stackStatusAsString()));
    }

    /** The parameters of a stack, with their values; none of one that does not exist. */
    public static List<InventoryEntry> stackParameters(AwsSession aws, String name) {
        Stream<InventoryEntry> parameters = name.isEmpty()
                ? Stream.empty()
                : described(aws, name).stream()
                        .flatMap(stack -> stack.parameters().stream())
                        .map(parameter -> InventoryEntry.of(
                                parameter.parameterKey(), parameter.parameterKey(), parameter.parameterValue()));
        return list(parameters, entry -> entry);
    }

    private static Optional<Stack> described(AwsSession aws, String name) {
        try {
            return aws.cloudFormation().describeStacks(r -> r.stackName(name)).stacks().stream()
                    .findFirst();
        } catch (CloudFormationException e) {
            if (AwsFailure.of(e).notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The subnets, with name, zone and addresses. */
    public static List<InventoryEntry> subnets(AwsSession aws) {
        return list(
                aws.ec2().describeSubnetsPaginator(r -> r.maxResults(MOST)).subnets().stream(),
                (Subnet subnet) -> InventoryEntry.of(
                        subnet.subnetId(),
                        name(subnet.tags()),
                        subnet.availabilityZone(),
                        subnet.cidrBlock(),
                        subnet.vpcId()));
    }

    public static List<InventoryEntry> securityGroups(AwsSession aws) {
        return list(
                aws.ec2().describeSecurityGroupsPaginator(r -> r.maxResults(MOST)).securityGroups().stream(),
                (SecurityGroup group) -> InventoryEntry.of(group.groupId(), group.groupName(), group.vpcId()));
    }

    public static List<InventoryEntry> keyPairs(AwsSession aws) {
        return list(
                aws.ec2().describeKeyPairs(r -> {}).keyPairs().stream(),
                (KeyPairInfo pair) -> InventoryEntry.of(pair.keyName(), pair.keyName(), pair.keyTypeAsString()));
    }

    private static String name(List<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.key().equals("Name"))
                .map(Tag::value)
                .findFirst()
                .orElse(null);
    }
}
