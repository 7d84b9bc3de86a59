package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.aws.Likeness;
import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/**
 * Copies of target groups, empty and without a listener, made over as many ticks as it takes. They are found again after
 * a crash: CreateTargetGroup gives the one that it has made before where name and settings are the same.
 */
public final class TargetGroupCopies {
    private static final String COPIES = "copy.target-groups";
    private static final String DONE = "copy.target-groups.done";

    private final TickContext at;
    private final AwsSession aws;
    private final SavedState saved;
    private final CopyNames names;

    public TargetGroupCopies(TickContext at) {
        this.at = at;
        this.aws = at.aws();
        this.saved = at.state();
        this.names = new CopyNames(at.owner());
    }

    /**
     * Does the next pieces.
     *
     * @param originals ARNs
     * @return when to look again; empty once {@link #copies} holds one of each
     */
    public Optional<Tick> make(Collection<String> originals) {
        if (copies().keySet().containsAll(originals) && saved.has(DONE + ".all")) {
            return Optional.empty();
        }
        List<TargetGroup> shown = LiveBalancer.targetGroups(aws, originals);
        Pieces pieces = new Pieces(at, DONE);
        add(pieces, shown, ElbTags.of(aws, List.copyOf(originals)));
        Optional<Tick> tick = pieces.work();
        if (tick.isEmpty()) {
            saved.put(DONE + ".all", "yes");
            at.save();
        }
        return tick;
    }

    /** The ARN of each original with that of its copy, as far as they are made. */
    public Map<String, String> copies() {
        return Pairs.in(saved, COPIES);
    }

    void add(Pieces pieces, List<TargetGroup> originals, Map<String, Map<String, String>> tags) {
        for (TargetGroup original : originals) {
            String key = original.targetGroupArn();
            pieces.add(key, () -> create(original, tags.getOrDefault(key, Map.of())));
            pieces.add(key + ".attributes", () -> attributes(original));
        }
    }

    private void create(TargetGroup original, Map<String, String> tags) {
        String name = names.of(CopyNames.base(tags, original.targetGroupName()));
        CreateTargetGroupRequest request = Likeness.exact()
                .copy(original, CreateTargetGroupRequest.builder())
                .name(name)
                .tags(ElbTags.list(names.tags(tags, original.targetGroupName())))
                .build();
        Pairs.add(saved, COPIES, original.targetGroupArn(), created(request));
        at.save();
    }

    private String created(CreateTargetGroupRequest request) {
        try {
            return aws.elbv2().createTargetGroup(request).targetGroups().get(0).targetGroupArn();
        } catch (DuplicateTargetGroupNameException e) {
            String arn = aws.elbv2()
                    .describeTargetGroups(r -> r.names(request.name()))
                    .targetGroups()
                    .get(0)
                    .targetGroupArn();
            ElbTags.requireMine(aws, names, arn, "target group " + request.name());
            return arn;
        }
    }

    private void attributes(TargetGroup original) {
        Map<String, String> wanted = attributes(original.targetGroupArn());
        String copy = copies().get(original.targetGroupArn());
        List<TargetGroupAttribute> changes = Differences.between(wanted, attributes(copy)).entrySet().stream()
                .map(change -> TargetGroupAttribute.builder()
                        .key(change.getKey())
                        .value(change.getValue())
                        .build())
                .toList();
        if (!changes.isEmpty()) {
            aws.elbv2().modifyTargetGroupAttributes(r -> r.targetGroupArn(copy).attributes(changes));
        }
    }

    private Map<String, String> attributes(String arn) {
        return aws.elbv2().describeTargetGroupAttributes(r -> r.targetGroupArn(arn)).attributes().stream()
                .collect(Collectors.toMap(
                        TargetGroupAttribute::key,
                        attribute -> attribute.value() == null ? "" : attribute.value(),
                        (a, b) -> b,
                        TreeMap::new));
    }

    /** Forgets how far it was, where what it made is being removed. */
    static void forget(SavedState saved) {
        saved.remove(COPIES, DONE, DONE + ".all");
    }
}
