package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.core.simulator.Application;
import io.jenkins.plugins.amideploy.core.simulator.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One update of a stack drawn from the seed, with a fault of one class. */
final class RandomUpdate {
    /** What goes wrong. */
    enum Fault {
        NONE,
        DEAD_IMAGE,
        SIGNALS_LOST,
        RESOURCE_FAILS,
        ROLLBACK_FAILS,
        NO_CAPACITY,
        THROTTLED,
        NETWORK,
        CREDENTIALS,
        ACCESS_DENIED,
        CRASHES,
        ABORT,
        SOMEONE_CANCELS,
        GATE_FAILS
    }

    private static final List<String> POLICIES =
            List.of(Templates.ROLLING, Templates.REPLACING, Templates.REFRESH, Templates.ROLLING);
    private static final List<String> SOURCES =
            List.of(Templates.FROM_TEMPLATE, Templates.FROM_CONFIGURATION, Templates.MIXED);
    private static final List<String> DENIABLE = List.of(
            "DescribeStacks",
            "DescribeStackEvents",
            "CreateChangeSet",
            "DescribeChangeSet",
            "ExecuteChangeSet",
            "GetTemplateSummary",
            "DescribeAutoScalingGroups");

    private final long seed;
    private final Fault fault;
    private final SplittableRandom random;
    private final List<String> wrong = new ArrayList<>();
    private final boolean nested;
    private final Stage stage;

    private RandomUpdate(long seed, Fault fault) {
        this.seed = seed;
        this.fault = fault;
        this.random = new SplittableRandom(seed * 31 + fault.ordinal());
        String template = Templates.web(
                POLICIES.get(random.nextInt(POLICIES.size())), SOURCES.get(random.nextInt(SOURCES.size())));
        nested = random.nextInt(4) == 0;
        Application application = fault != Fault.DEAD_IMAGE
                ? Application.healthy()
                : template.contains("InstanceRefresh") ? Application.dyingDuringBoot() : Application.neverHealthy();
        stage = Stage.empty(seed, application);
        stage.aws.stacks().template("https://templates/web.yaml", template);
        stage.create(nested ? Templates.around("https://templates/web.yaml") : template, stage.oldImage);
        if (random.nextInt(3) == 0 || fault == Fault.GATE_FAILS) {
            stage.gated();
        }
    }

    /** What went wrong with that seed and how to replay it; null where nothing did. */
    static String failure(long seed, Fault fault, boolean print) {
        RandomUpdate update = new RandomUpdate(seed, fault);
        try {
            update.run();
        } catch (RuntimeException | AssertionError e) {
            update.wrong.add(e.toString());
        }
        if (print) {
            System.out.println(update.stage.story());
        }
        return update.wrong.isEmpty()
                ? null
                : "\n" + String.join("\n", update.wrong) + "\nseed " + seed + ", " + fault
                        + "\nReplay: mvn -f pom-core.xml test -Dtest=CfnSeedsTest -Dseed=" + seed + " -DfaultClass="
                        + fault + "\n";
    }

    private void run() {
        arrange(stage.aws.faults());
        Outcome outcome = stage.play();
        stage.settle();
        String status = stage.status();
        boolean good = outcome instanceof Outcome.Succeeded;
        check(!status.endsWith("_IN_PROGRESS"), "it is " + status + " after " + outcome);
        List<String> twice = new ArrayList<>(stage.console);
        stage.console.stream().distinct().forEach(twice::remove);
        // A rollback gives a resource the same events once more, maybe in the same second.
        twice.removeIf(line -> stage.told("ROLLBACK") && line.matches(".* [A-Z]+_(IN_PROGRESS|COMPLETE)"));
        check(twice.isEmpty(), "said twice: " + twice);
        switch (fault) {
            case NONE, CRASHES, THROTTLED, NETWORK -> check(good, "" + outcome);
            case DEAD_IMAGE, GATE_FAILS -> check(!good, "" + outcome);
            default -> {
                // either way
            }
        }
        if (fault == Fault.ACCESS_DENIED || fault == Fault.CREDENTIALS) {
            return; // it may be left where it stood, and says so
        }
        stage.assertNoChangeSetUnlessExecuted();
        switch (status) {
            case "UPDATE_COMPLETE" -> {
                check(images().equals(Set.of(stage.newImage)), "deployed, but runs " + images());
                check(good || outcome.toString().contains("too late to cancel"), "" + outcome);
            }
            case "UPDATE_ROLLBACK_COMPLETE", "CREATE_COMPLETE" -> {
                check(images().equals(Set.of(stage.oldImage)), "rolled back, but runs " + images());
                String end =
                        status.startsWith("C") ? "(?s).*(as it was|Nothing was changed).*" : "(?s).*" + status + ".*";
                check(!good && outcome.toString().matches(end), "" + outcome);
            }
            case "UPDATE_ROLLBACK_FAILED" ->
                check(outcome.toString().contains("continue-update-rollback"), "" + outcome);
            default -> check(false, "it is " + status);
        }
    }

    private Set<String> images() {
        return stage.images();
    }

    private void arrange(Faults faults) {
        Instant start = stage.aws.clock().instant();
        Instant at = start.plusSeconds(random.nextInt(400));
        Duration length = Duration.ofSeconds(10 + random.nextInt(300));
        String name = nested
                ? stage.operator()
                        .listStackResources(r -> r.stackName("web"))
                        .stackResourceSummaries()
                        .get(0)
                        .physicalResourceId()
                        .replaceFirst(".*stack/([^/]*)/.*", "$1")
                : "web";
        int call = 1 + random.nextInt(60);
        switch (fault) {
            case SIGNALS_LOST -> stage.aws.stacks().loseSignals(stage.newImage);
            case RESOURCE_FAILS -> stage.aws.stacks().fail(name, resource(), "Resource handler returned message");
            case ROLLBACK_FAILS -> {
                stage.aws.stacks().fail(name, "WebGroup", "Resource handler returned message");
                stage.aws.stacks().failRollback(nested ? "web" : name, nested ? "Web" : "WebTemplate", "no way back");
            }
            case NO_CAPACITY -> faults.noCapacity(null, at, length);
            case THROTTLED -> faults.throttleEverything(at, length);
            case NETWORK -> {
                faults.networkGone(at, length);
                faults.loseAnswer(call);
            }
            case CREDENTIALS -> faults.credentialsExpired(at, Duration.ofSeconds(random.nextInt(1800)));
            case ACCESS_DENIED -> {
                String operation = DENIABLE.get(random.nextInt(DENIABLE.size()));
                faults.at(at, () -> faults.deny(operation));
            }
            case CRASHES -> {
                faults.crashAfterCall(call);
                faults.crashBeforeCall(call + 1 + random.nextInt(20));
            }
            case ABORT -> stage.abortedWhen(() -> !stage.aws.clock().instant().isBefore(at));
            case SOMEONE_CANCELS ->
                faults.at(at, () -> {
                    if (stage.status().equals("UPDATE_IN_PROGRESS")) {
                        stage.operator().cancelUpdateStack(r -> r.stackName("web"));
                    }
                });
            case GATE_FAILS -> stage.rehearsal().gatekeeper(gate -> Optional.of("no"));
            default -> {
                // the image alone, or nothing
            }
        }
    }

    private String resource() {
        return List.of("WebTemplate", "WebConfiguration", "WebGroup").get(random.nextInt(3));
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            wrong.add(otherwise);
        }
    }
}
