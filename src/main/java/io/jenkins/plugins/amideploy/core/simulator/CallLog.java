package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The API calls that reached the simulated AWS, or tried to; calls of the operator are not among them. */
public final class CallLog {
    private static final int KEPT = 100_000;
    private static final String OK = "OK";

    private final SimulatedClock clock;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Deque<Call> calls = new ArrayDeque<>();
    private int total;
    private int throttled;

    /**
     * @param number counted from 1 over all services and regions
     * @param outcome {@code OK}, the error code, or what kept the answer from coming
     */
    public record Call(int number, Instant time, String region, String service, String operation, String outcome) {}

    CallLog(SimulatedClock clock) {
        this.clock = clock;
    }

    public int total() {
        return clock.locked(() -> total);
    }

    public int count(String operation) {
        return clock.locked(() -> counts.getOrDefault(operation, 0));
    }

    /** How many calls were made of each operation, throttled ones included. */
    public Map<String, Integer> counts() {
        return clock.locked(() -> new TreeMap<>(counts));
    }

    public int throttled() {
        return clock.locked(() -> throttled);
    }

    /** The most recent calls, oldest first. */
    public List<Call> calls() {
        return clock.locked(() -> List.copyOf(calls));
    }

    /** Forgets counts and calls; the numbering of calls, which {@link #total} tells and faults refer to, goes on. */
    public void reset() {
        clock.locked(() -> {
            counts.clear();
            calls.clear();
            throttled = 0;
            return null;
        });
    }

    int next(String operation) {
        counts.merge(operation, 1, Integer::sum);
        return ++total;
    }

    void answered(int number, String region, Operations.Operation operation) {
        ended(number, region, operation, OK);
    }

    void rejected(int number, String region, Operations.Operation operation, Rejection rejection) {
        if (rejection.code().equals(operation.service().throttled().code())) {
            throttled++;
        }
        ended(number, region, operation, rejection.code());
    }

    void ended(int number, String region, Operations.Operation operation, String outcome) {
        if (calls.size() == KEPT) {
            calls.removeFirst();
        }
        calls.addLast(
                new Call(number, clock.now(), region, operation.service().serviceName(), operation.name(), outcome));
    }
}
