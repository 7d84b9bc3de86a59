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

/** The policies in the documentation allow what the engine calls, and nothing else. */
class PermissionsTest {
    private static final Path CORE = Path.of("src/main/java/io/jenkins/plugins/amideploy/core");
    private static final Path IMAGES = CORE.resolve("ami");
    private static final Path STACKS = CORE.resolve("cfn");
    private static final Pattern ACTION = Pattern.compile(
            "\"((?:autoscaling|cloudformation|cloudwatch|ec2|elasticloadbalancing|iam|servicequotas|ssm):\\w+)\"");
    private static final Pattern CALL = Pattern.compile(
            "(?:\\.(autoScaling|cloudFormation|ec2|elb|elbv2|cloudWatch|serviceQuotas|ssm)\\(\\)|\\bclient)\\s*\\.([a-z]\\w+)\\(");

    @Test
    void thePolicyOfDeploymentsIsWhatTheyCall() throws IOException {
        // Checked by AWS on the caller's behalf when a group is pointed at a launch template; never called by us.
        Set<String> implied = Set.of("ec2:CreateTags", "ec2:RunInstances", "iam:PassRole");
        Set<String> allowed = allowed("README.md");
        allowed.removeAll(implied);
        assertEquals(called(file -> !file.startsWith(IMAGES) && !file.startsWith(STACKS)), allowed);
    }

    @Test
    void thePolicyOfImageBuildsIsWhatTheyCall() throws IOException {
        Set<String> allowed = allowed("docs/build-ami.md");
        allowed.remove("iam:PassRole"); // checked by AWS when an instance is launched with an instance profile
        assertEquals(called(file -> file.startsWith(IMAGES)), allowed);
    }

    @Test
    void thePolicyOfStackUpdatesIsWhatTheyCall() throws IOException {
        Set<String> called = called(file -> file.startsWith(STACKS));
        called.add("ec2:DescribeImages"); // by the check of the image, which deployments share
        assertEquals(called, allowed("docs/cfn-update-policy.md"));
    }

    private static Set<String> allowed(String document) throws IOException {
        Set<String> allowed = new TreeSet<>();
        Matcher matcher = ACTION.matcher(Files.readString(Path.of(document)));
        while (matcher.find()) {
            allowed.add(matcher.group(1));
        }
        return allowed;
    }

    /** Every call in those sources of the engine, for a run would only show the calls of the paths it took. */
    private static Set<String> called(Predicate<Path> sources) throws IOException {
        Set<String> called = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CORE)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f ->
                            !f.toString().contains("simulator") && !f.toString().contains("demo"))
                    .filter(f -> !f.endsWith("PlayedDeployment.java")) // it calls the simulator
                    .filter(sources)
                    .toList()) {
                Matcher matcher = CALL.matcher(Files.readString(file));
                while (matcher.find()) {
                    // The one client that is kept is that of GroupReads.
                    String client = matcher.group(1) == null ? "autoScaling" : matcher.group(1);
                    called.add(action(client, matcher.group(2)));
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
                    case "serviceQuotas" -> "servicequotas";
                    case "ssm" -> "ssm";
                    default -> "elasticloadbalancing";
                };
        String operation = method.replace("Paginator", "");
        return service + ":" + Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
    }
}
