package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.Operations.Operation;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What goes wrong between the caller and AWS, before a call takes effect or after it did. */
final class CallFaults {
    final Set<Integer> crashesBefore = new HashSet<>();
    final Set<Integer> crashesAfter = new HashSet<>();
    final Set<Integer> lostAnswers = new HashSet<>();
    final List<Window> unreachable = new ArrayList<>();
    final List<Window> answersLost = new ArrayList<>();
    final List<Window> throttled = new ArrayList<>();
    final List<Window> expired = new ArrayList<>();
    final Set<String> denied = new HashSet<>();
    final Map<Integer, List<Runnable>> afterCall = new HashMap<>();
    private final SimulatedClock clock;

    CallFaults(SimulatedClock clock) {
        this.clock = clock;
    }

    void before(int call, Operation operation, String region) {
        if (crashesBefore.remove(call)) {
            throw new SimulatedCrash("Crashed before call " + call + ", " + operation.name());
        }
        Instant now = clock.now();
        if (Window.any(unreachable, now)) {
            throw lost(new UnknownHostException(operation.service().endpoint(region)));
        }
        if (Window.any(expired, now)) {
            throw operation.service().expired();
        }
        if (denied.contains(operation.name())) {
            throw operation.service().denied(region, operation.name());
        }
        if (Window.any(throttled, now)) {
            throw operation.service().throttled();
        }
    }

    void after(int call, Operation operation) {
        List<Runnable> actions = afterCall.remove(call);
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
        if (crashesAfter.remove(call)) {
            throw new SimulatedCrash("Crashed after call " + call + ", " + operation.name());
        }
        if (lostAnswers.remove(call) || Window.any(answersLost, clock.now())) {
            throw lost(new SocketTimeoutException("Read timed out"));
        }
    }

    private static SdkClientException lost(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request: " + cause.getMessage(), cause);
    }
}
