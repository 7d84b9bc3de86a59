package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.aws.AwsSession;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Tags of Application and Network Load Balancers and of what belongs to them. */
final class ElbTags {
    private static final int DESCRIBED_IN_A_CALL = 20;

    private ElbTags() {}

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** By ARN; every one of them must exist. */
    static Map<String, Map<String, String>> of(AwsSession aws, List<String> arns) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (int from = 0; from < arns.size(); from += DESCRIBED_IN_A_CALL) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + DESCRIBED_IN_A_CALL));
            aws.elbv2()
                    .describeTags(r -> r.resourceArns(some))
                    .tagDescriptions()
                    .forEach(description -> {
                        Map<String, String> tags = new LinkedHashMap<>();
                        description.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
                        all.put(description.resourceArn(), tags);
                    });
        }
        return all;
    }

    /** @throws Stop where something else has the name that this deployment wants to give */
    static void requireMine(AwsSession aws, CopyNames names, String arn, String what) {
        if (!names.mine(of(aws, List.of(arn)).getOrDefault(arn, Map.of()))) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "There is a " + what
                            + " already that this deployment did not make. Nothing was done to it; delete it"
                            + " or rename it, then deploy again.");
        }
    }
}
