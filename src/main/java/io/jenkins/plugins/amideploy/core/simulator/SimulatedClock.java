package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The time of a simulated world, in milliseconds, and everything that is going to happen in it.
 *
 * <p>A virtual clock moves only when it is told to, or by the latency of an API call. A clock that follows real time
 * catches up whenever someone looks. Events run in the order of their time, then of their scheduling, under the one lock
 * that guards the whole world.
 */
public final class SimulatedClock implements InstantSource {
    /** When every world begins. */
    public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.time).thenComparingLong(event -> event.sequence));
    private final double speed;
    private final long realStart = System.nanoTime();
    private long now = START.toEpochMilli();
    private long sequence;

    private SimulatedClock(double speed) {
        this.speed = speed;
    }

    public static SimulatedClock virtual() {
        return new SimulatedClock(0);
    }

    /** @param speed virtual seconds for each real second */
    public static SimulatedClock followingRealTime(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("The speed must be positive: " + speed);
        }
        return new SimulatedClock(speed);
    }

    /** What is going to happen; one that is cancelled stays in the queue and does nothing. */
    static final class Event {
        private final long time;
        private final long sequence;
        private Runnable action;

        private Event(long time, long sequence, Runnable action) {
            this.time = time;
            this.sequence = sequence;
            this.action = action;
        }

        void cancel() {
            action = null;
        }
    }

    @Override
    public Instant instant() {
        return locked(() -> Instant.ofEpochMilli(now));
    }

    /** Runs everything due until then, in order; a time that has passed changes nothing. */
    public void advanceTo(Instant time) {
        locked(() -> {
            runUntil(time.toEpochMilli());
            return null;
        });
    }

    public void advance(Duration duration) {
        locked(() -> {
            runUntil(now + duration.toMillis());
            return null;
        });
    }

    /** Lets something happen at a time, or at once when that time has passed. */
    public void at(Instant time, Runnable action) {
        locked(() -> schedule(time.toEpochMilli(), action));
    }

    boolean followsRealTime() {
        return speed > 0;
    }

    /** Runs the action alone in the world, after the world has caught up with the real time that it follows. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            if (followsRealTime() && lock.getHoldCount() == 1) {
                runUntil(START.toEpochMilli() + (long) ((System.nanoTime() - realStart) / 1e6 * speed));
            }
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** The time for those who hold the lock. */
    Instant now() {
        return Instant.ofEpochMilli(now);
    }

    Event after(Duration delay, Runnable action) {
        return schedule(now + delay.toMillis(), action);
    }

    Event schedule(Instant time, Runnable action) {
        return schedule(time.toEpochMilli(), action);
    }

    private Event schedule(long time, Runnable action) {
        Event event = new Event(Math.max(time, now), sequence++, action);
        events.add(event);
        return event;
    }

    private void runUntil(long time) {
        while (!events.isEmpty() && events.peek().time <= time) {
            Event event = events.poll();
            if (event.action != null) {
                now = Math.max(now, event.time);
                event.action.run();
            }
        }
        now = Math.max(now, time);
    }
}
