package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.amideploy.config.connection.AccessReport;
import io.jenkins.plugins.amideploy.config.connection.AccessReport.StepAccess;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries what an administrator has filled in, and says in words what came of it. */
final class ConnectionTest {
    /** Longer than this nobody waits for a page. */
    private static final Duration MOST = Duration.ofSeconds(8);
    /** What is left is for the answers that are under way. */
    private static final Duration TRYING = Duration.ofSeconds(6);

    private final AwsSettings given;
    private final Optional<URI> endpoint;

    /** @param given with a region */
    ConnectionTest(AwsSettings given, Optional<URI> endpoint) {
        this.given = given;
        this.endpoint = endpoint;
    }

    FormValidation run() throws InterruptedException {
        if (AwsAccess.simulation(given.region()).isPresent()) {
            return FormValidation.ok(Messages.ConnectionTest_simulated(given.region()));
        }
        AwsConnections connections = AwsConnections.get();
        try {
            Grant grant = connections.grants().administrators(given);
            return words(InTime.call(() -> connections.check(grant, given.region(), endpoint, TRYING), MOST));
        } catch (TimeoutException e) {
            return FormValidation.error(Messages.ConnectionTest_late(place(), MOST.toSeconds()));
        } catch (SdkException e) {
            return failed(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SdkException failure) {
                return failed(failure);
            }
            return FormValidation.error(e.getCause(), Messages.ConnectionTest_internal(e.getCause()));
        }
    }

    private String place() {
        return endpoint.map(URI::toString).orElse("AWS (" + given.region() + ")");
    }

    private FormValidation failed(SdkException e) {
        AwsFailure failure = AwsFailure.of(e);
        return FormValidation.error(
                switch (failure.kind()) {
                    case CREDENTIALS -> Messages.ConnectionTest_credentials(failure);
                    case DENIED -> Messages.ConnectionTest_denied(failure);
                    case THROTTLED -> Messages.ConnectionTest_throttled(failure);
                    case UNREACHABLE -> Messages.ConnectionTest_unreachable(place(), failure);
                    case REFUSED -> Messages.ConnectionTest_refused(failure);
                });
    }

    private static FormValidation words(AccessReport report) {
        StringBuilder html = new StringBuilder();
        paragraph(html, Messages.ConnectionTest_caller(report.caller(), report.account()));
        switch (report.way()) {
            case OWNER -> paragraph(html, Messages.ConnectionTest_owner());
            case SIMULATED -> paragraph(html, Messages.ConnectionTest_asked());
            case TRIED -> paragraph(html, Messages.ConnectionTest_tried(report.why()));
        }
        html.append("<ul>");
        report.steps().forEach(step -> step(html, step, report.way()));
        html.append("</ul>");
        boolean missing =
                report.steps().stream().anyMatch(step -> !step.missing().isEmpty());
        if (missing && report.way() == AccessReport.Way.SIMULATED) {
            paragraph(html, Messages.ConnectionTest_someResources());
        }
        return missing
                ? FormValidation.warningWithMarkup(html.toString())
                : FormValidation.okWithMarkup(html.toString());
    }

    private static void step(StringBuilder html, StepAccess step, AccessReport.Way way) {
        html.append("<li>").append("<code>").append(Util.escape(step.step())).append("</code>: ");
        int known = step.needed() - step.missing().size() - step.unknown().size();
        html.append(Util.escape(
                known == step.needed()
                        ? Messages.ConnectionTest_complete(known)
                        : Messages.ConnectionTest_allowed(known, step.needed())));
        if (!step.missing().isEmpty()) {
            html.append(". <strong>")
                    .append(Util.escape(Messages.ConnectionTest_missing()))
                    .append("</strong> ");
            actions(html, step.missing());
        }
        if (!step.unknown().isEmpty()) {
            String why = way == AccessReport.Way.SIMULATED
                    ? Messages.ConnectionTest_conditions(step.unknown().size())
                    : Messages.ConnectionTest_unchecked(step.unknown().size());
            html.append("<details><summary>").append(Util.escape(why)).append("</summary>");
            actions(html, step.unknown());
            html.append("</details>");
        }
        html.append("</li>");
    }

    private static void actions(StringBuilder html, Set<String> actions) {
        html.append("<code>").append(Util.escape(String.join(", ", actions))).append("</code>");
    }

    private static void paragraph(StringBuilder html, String text) {
        html.append("<p>").append(Util.escape(text)).append("</p>");
    }
}
