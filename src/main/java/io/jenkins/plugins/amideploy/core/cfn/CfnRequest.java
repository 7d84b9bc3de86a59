package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the user asked for, checked as far as that is possible without AWS.
 *
 * @param ami the image, or the name of the Systems Manager parameter that holds it, where the template takes one
 * @param amiParameter the template's parameter that takes it; empty for the only one of such a type
 * @param template the text of a template, its URL, or empty for the one in use
 * @param parameters other parameters of the template; those that are not named keep their values
 * @param rollbackAlarms names or ARNs of CloudWatch alarms that CloudFormation watches
 * @param monitoring for how long CloudFormation watches them after the update
 * @param create whether a stack that does not exist is created
 * @param gated whether there is a block
 */
public record CfnRequest(
        String stack,
        String ami,
        String amiParameter,
        String template,
        Map<String, String> parameters,
        List<String> capabilities,
        Map<String, String> tags,
        String cfnRoleArn,
        List<String> notificationArns,
        List<String> rollbackAlarms,
        int monitoring,
        boolean create,
        boolean disableRollback,
        boolean allowReplacements,
        boolean plan,
        Duration timeout,
        boolean gated) {

    /** Longest template that goes along with a call (AWS CloudFormation API Reference, CreateChangeSet). */
    private static final int MOST_BYTES = 51_200;
    /** Most rollback triggers and notification topics (AWS CloudFormation API Reference). */
    private static final int MOST_ARNS = 5;

    private static final Set<String> CAPABILITIES =
            Set.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND");

    /**
     * Reads the parameters by their names in the Pipeline step; absent ones have their defaults.
     *
     * @param problems takes a sentence for each parameter that is unknown or impossible
     */
    public static CfnRequest of(Map<String, String> given, boolean gated, List<String> problems) {
        Parameters p = new Parameters(given, problems);
        CfnRequest request = new CfnRequest(
                p.matching("stack", "[a-zA-Z][-a-zA-Z0-9]{0,127}", "the name of a stack"),
                p.matching(
                        "ami",
                        "ami-[0-9a-f]+|(?!ami-)[\\w./-]+",
                        "an image id such as ami-0123456789abcdef0, nor the name of a Systems Manager parameter"),
                p.parsed("amiParameter", "", text -> text),
                p.parsed("template", "", text -> text),
                p.parsed("parameters", "", text -> pairs("parameters", text)),
                p.parsed("capabilities", "", CfnRequest::words),
                p.parsed("tags", "", text -> pairs("tags", text)),
                p.parsed("cfnRoleArn", "", text -> text),
                p.parsed("notificationArns", "", CfnRequest::words),
                p.parsed("rollbackAlarms", "", CfnRequest::lines),
                p.number("monitoringMinutes", 0, 0, 180),
                p.choice("onMissing", false, Map.of("create", true, "fail", false)),
                p.flag("disableRollback"),
                p.flag("allowReplacements"),
                p.flag("plan"),
                p.seconds("timeout", Duration.ofHours(4), 1, Duration.ofDays(14)),
                gated);
        p.refuseUnknown();
        request.check(problems);
        return request;
    }

    private void check(List<String> problems) {
        capabilities.stream()
                .filter(capability -> !CAPABILITIES.contains(capability))
                .forEach(capability -> problems.add("capabilities: '" + capability + "' must be one of "
                        + String.join(", ", CAPABILITIES.stream().sorted().toList())));
        int bytes = template.getBytes(StandardCharsets.UTF_8).length;
        if (!byUrl() && bytes > MOST_BYTES) {
            problems.add("template: it has " + bytes + " bytes, and CloudFormation takes " + MOST_BYTES
                    + " along with a call; put it into S3 and give its URL");
        }
        if (rollbackAlarms.size() > MOST_ARNS) {
            problems.add("rollbackAlarms: CloudFormation watches " + MOST_ARNS + " at most");
        }
        if (notificationArns.size() > MOST_ARNS) {
            problems.add("notificationArns: CloudFormation takes " + MOST_ARNS + " at most");
        }
        if (!cfnRoleArn.isEmpty() && !cfnRoleArn.matches("arn:[\\w-]+:iam::\\d{12}:role/.+")) {
            problems.add("cfnRoleArn: '" + cfnRoleArn + "' is not the ARN of a role");
        }
        if (disableRollback && !rollbackAlarms.isEmpty()) {
            problems.add("rollbackAlarms: an alarm rolls nothing back with disableRollback");
        }
        if (rollbackAlarms.isEmpty() && monitoring > 0) {
            problems.add("monitoringMinutes: there are no rollbackAlarms to watch");
        }
    }

    boolean byUrl() {
        return template.startsWith("https://") || template.startsWith("s3://");
    }

    /** Whether the template in use is kept. */
    boolean inUse() {
        return template.isEmpty();
    }

    /** Whether the image itself is named, and not a Systems Manager parameter. */
    boolean namesImage() {
        return ami.startsWith("ami-");
    }

    /** The URL as CloudFormation takes it, which does not know the form {@code s3://}. */
    String url(String region) {
        if (!template.startsWith("s3://")) {
            return template;
        }
        String[] parts = template.substring("s3://".length()).split("/", 2);
        return "https://" + parts[0] + ".s3." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn/" : "/")
                + (parts.length > 1 ? parts[1] : "");
    }

    private static List<String> words(String text) {
        return split(text, "[,\\s]+");
    }

    /** Names that may hold blanks. */
    private static List<String> lines(String text) {
        return split(text, "[,\\n]");
    }

    private static List<String> split(String text, String by) {
        return Arrays.stream(text.split(by))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static Map<String, String> pairs(String name, String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : text.split("\\R")) {
            int equals = line.indexOf('=');
            if (line.isBlank()) {
                continue;
            }
            if (equals < 1) {
                throw new IllegalArgumentException(name + ": a line is not Key=value");
            }
            if (pairs.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip())
                    != null) {
                throw new IllegalArgumentException(
                        name + ": " + line.substring(0, equals).strip() + " is there twice");
            }
        }
        return pairs;
    }
}
