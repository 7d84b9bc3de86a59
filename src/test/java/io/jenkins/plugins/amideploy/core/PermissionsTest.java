package io.jenkins.plugins.amideploy.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policies in the README allow what the engine calls, and nothing else. */
class PermissionsTest {
    /** Checked by AWS on the caller's behalf when a group is pointed at a launch template; never called by us. */
    private static final Set<String> IMPLIED = Set.of("ec2:CreateTags", "ec2:RunInstances", "iam:PassRole");

    private static final Pattern ACTION =
            Pattern.compile("\"((?:autoscaling|cloudwatch|ec2|elasticloadbalancing|iam):\\w+)\"");
    private static final Pattern CALL = Pattern.compile(
            "\\.(autoScaling|ec2|elb|elbv2|cloudWatch)\\(\\)\\s*\\.((?:describe|create|delete|update|suspend|resume|terminate|put|batchPut|enable|attach|set)\\w+)\\(");

    @Test
    void thePolicyInTheReadmeIsWhatTheEngineCalls() throws IOException {
        Set<String> allowed = new TreeSet<>();
        Matcher matcher = ACTION.matcher(Files.readString(Path.of("README.md")));
        while (matcher.find()) {
            allowed.add(matcher.group(1));
        }
        allowed.removeAll(IMPLIED);
        assertEquals(called(), allowed);
    }

    /** Every call in the sources of the engine, for a run would only show the calls of the paths it took. */
    private static Set<String> called() throws IOException {
        Set<String> called = new TreeSet<>();
        Path core = Path.of("src/main/java/io/jenkins/plugins/amideploy/core");
        try (Stream<Path> files = Files.walk(core)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java"))
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
                    case "cloudWatch" -> "cloudwatch";
                    case "ec2" -> "ec2";
                    default -> "elasticloadbalancing";
                };
        String operation = method.replace("Paginator", "");
        return service + ":" + Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
    }
}
