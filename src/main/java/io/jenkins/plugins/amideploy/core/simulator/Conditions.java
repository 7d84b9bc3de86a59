package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Conditions of rules: Application Load Balancers, "Condition types for listener rules". */
final class Conditions {
    private Conditions() {}

    /** Hosts and paths are described both ways in which they can be asked for, which no request may do. */
    static List<RuleCondition> described(List<RuleCondition> conditions) {
        return conditions.stream().map(Conditions::described).toList();
    }

    private static RuleCondition described(RuleCondition condition) {
        boolean config = condition.hostHeaderConfig() != null || condition.pathPatternConfig() != null;
        if (config && !condition.values().isEmpty()) {
            throw Service.ELB_V2.rejection(
                    "ValidationError", "A condition must specify either values or a configuration, not both");
        }
        RuleCondition.Builder described = condition.toBuilder();
        switch (condition.field()) {
            case "host-header" -> {
                if (condition.hostHeaderConfig() == null) {
                    described.hostHeaderConfig(host -> host.values(condition.values()));
                } else if (condition.hostHeaderConfig().regexValues().isEmpty()) {
                    described.values(condition.hostHeaderConfig().values());
                }
            }
            case "path-pattern" -> {
                if (condition.pathPatternConfig() == null) {
                    described.pathPatternConfig(path -> path.values(condition.values()));
                } else if (condition.pathPatternConfig().regexValues().isEmpty()) {
                    described.values(condition.pathPatternConfig().values());
                }
            }
            case "http-header", "http-request-method", "query-string", "source-ip" -> {}
            default ->
                throw Service.ELB_V2.rejection(
                        "ValidationError",
                        "Condition field '" + condition.field() + "' must be one of '[path-pattern,"
                                + " host-header, http-header, http-request-method, query-string, source-ip]'");
        }
        return described.build();
    }

    /** A plain GET request without query, of an unnamed client, knows no condition but those of host and path. */
    static boolean applies(RuleCondition condition, String host, String path) {
        return switch (condition.field()) {
            case "host-header" ->
                any(condition.hostHeaderConfig().values(), host)
                        || regex(condition.hostHeaderConfig().regexValues(), host);
            case "path-pattern" ->
                any(condition.pathPatternConfig().values(), path)
                        || regex(condition.pathPatternConfig().regexValues(), path);
            case "http-request-method" ->
                condition.httpRequestMethodConfig().values().contains("GET");
            default -> false;
        };
    }

    private static boolean any(List<String> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> Filters.matches(pattern, text));
    }

    private static boolean regex(List<String> patterns, String text) {
        return patterns.stream().anyMatch(text::matches);
    }
}
