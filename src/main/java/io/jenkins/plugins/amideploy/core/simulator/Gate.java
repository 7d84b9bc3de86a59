package io.jenkins.plugins.amideploy.core.simulator;

import io.jenkins.plugins.amideploy.core.simulator.Operations.Operation;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The one place that every call passes: counting, latency, faults, throttling, and the SDK's exceptions. */
final class Gate {
    private final World world;
    private final Operations operations;
    private final CallLog log;
    private final CallFaults faults;
    private final TokenBuckets buckets;

    Gate(World world, Operations operations, CallLog log, CallFaults faults) {
        this.world = world;
        this.operations = operations;
        this.log = log;
        this.faults = faults;
        this.buckets = new TokenBuckets(world.behaviour, world.clock);
    }

    /** A call of the code under test. */
    AwsResponse call(AwsRequest request) {
        Operation operation = operations.of(request.getClass());
        return world.clock.locked(() -> {
            int number = log.next(operation.name());
            Duration latency = world.clock.followsRealTime()
                    ? Duration.ZERO
                    : world.draws.span("latency", world.behaviour.apiLatency());
            world.clock.advance(latency.dividedBy(2));
            try {
                return answer(number, operation, request);
            } finally {
                world.clock.advance(latency.dividedBy(2));
            }
        });
    }

    private AwsResponse answer(int number, Operation operation, AwsRequest request) {
        try {
            faults.before(number, operation, world.region);
            buckets.take(operation, request);
            AwsResponse response = null;
            Rejection refusal = null;
            try {
                response = perform(
                        operation, request, new Actor(Actor.Kind.CALLER, operation.name() + ", call " + number));
            } catch (Rejection rejection) {
                refusal = rejection;
            }
            faults.after(number, operation);
            if (refusal != null) {
                throw refusal;
            }
            log.answered(number, world.region, operation);
            return response;
        } catch (Rejection rejection) {
            log.rejected(number, world.region, operation, rejection);
            throw rejection.toException(operation.service(), requestId(number));
        } catch (SdkClientException | SimulatedCrash lost) {
            log.ended(number, world.region, operation, lost.getClass().getSimpleName());
            throw lost;
        }
    }

    /** A call that nothing can go wrong with: the set-up's or the operator's. */
    AwsResponse callUndisturbed(AwsRequest request, Actor actor) {
        Operation operation = operations.of(request.getClass());
        return world.clock.locked(() -> {
            try {
                return perform(operation, request, actor);
            } catch (Rejection rejection) {
                throw rejection.toException(operation.service(), requestId(0));
            }
        });
    }

    private AwsResponse perform(Operation operation, AwsRequest request, Actor actor) {
        Actor before = world.actor;
        world.actor = actor;
        try {
            return operation.handler().apply(request);
        } finally {
            world.actor = before;
            if (!operation.reads()) {
                world.account.touched();
            }
        }
    }

    private static String requestId(int number) {
        return new UUID(Draws.mix(number), number).toString();
    }
}
