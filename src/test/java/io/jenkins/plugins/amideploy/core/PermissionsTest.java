package io.jenkins.plugins.amideploy.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policies in the documents allow what the engine calls, and nothing else. */
class PermissionsTest {
    /** Checked by AWS on the caller's behalf when a group is pointed at a launch template; never called by us. */
    private static final Set<String> IMPLIED = Set.of("ec2:CreateTags", "ec2:RunInstances", "iam:PassRole");

    private static final Pattern ACTION =
            Pattern.compile("\"((?:autoscaling|cloudformation|cloudwatch|ec2|elasticloadbalancing|iam):\\w+)\"");
    private static final Pattern CALL = Pattern.compile(
            "\\.(autoScaling|cloudFormation|ec2|elb|elbv2|cloudWatch)\\(\\)\\s*\\.((?:describe|get|list|create|delete"
                    + "|update|suspend|resume|terminate|execute|cancel)\\w+)\\(");

    private static final Path CORE = Path.of("src/main/java/io/jenkins/plugins/amideploy/core");
    private static final Path CFN = CORE.resolve("cfn");

    @Test
    void thePolicyInTheReadmeIsWhatTheEngineCalls() throws IOException {
        assertEquals(called(CORE, file -> !file.startsWith(CFN)), allowed(Path.of("README.md")));
    }

    @Test
    void thePolicyForStacksIsWhatIsCalledForThem() throws IOException {
        Set<String> called = called(CFN, file -> true);
        called.add("ec2:DescribeImages"); // by the check of the image, which all procedures share
        assertEquals(called, allowed(Path.of("docs/cfn-update-policy.md")));
    }

    private static Set<String> allowed(Path document) throws IOException {
        Set<String> allowed = new TreeSet<>();
        Matcher matcher = ACTION.matcher(Files.readString(document));
        while (matcher.find()) {
            allowed.add(matcher.group(1));
        }
        allowed.removeAll(IMPLIED);
        return allowed;
    }

    /** Every call in the sources of the engine, for a run would only show the calls of the paths it took. */
    private static Set<String> called(Path folder, Predicate<Path> which) throws IOException {
        Set<String> called = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                    .filter(which)
                    .filter(f ->
                            !f.toString().contains("simulator") && !f.toString().contains("demo"))
                    .toList()) {
                Matcher matcher = CALL.matcher(Files.readString(file));
                while (matcher.find()) {
                    called.add(action(matcher.group(1), matcher.group(2)));
                }
            }
        }
        return called;
    }

    private static String action(String client, String method) {
        String service =
                switch (client) {
                    case "autoScaling" -> "autoscaling";
                    case "cloudFormation" -> "cloudformation";
                    case "cloudWatch" -> "cloudwatch";
                    case "ec2" -> "ec2";
                    default -> "elasticloadbalancing";
                };
        String operation = method.replace("Paginator", "");
        return service + ":" + Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
    }
}
