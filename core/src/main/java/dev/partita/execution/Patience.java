package dev.partita.execution;

import java.time.Duration;

/**
 * How long the runner waits for locks, and how often it comes back.
 *
 * <p>While it waits, everybody who comes after waits behind it; so a single wait is short, and between two waits it stands
 * aside for a time that grows and is never the same for two runners.
 *
 * @param lockTimeout the longest single wait; the runner keeps it below the server's {@code deadlock_timeout}, so that in a
 *     deadlock it is we who give way
 * @param attempts how often a step is tried
 * @param firstPause how long it stands aside after the first try, before jitter
 * @param longestPause the longest it stands aside
 */
public record Patience(Duration lockTimeout, int attempts, Duration firstPause, Duration longestPause) {

    /** 300 ms a try, about half a minute of tries. */
    public static final Patience KIND =
            new Patience(Duration.ofMillis(300), 12, Duration.ofMillis(200), Duration.ofSeconds(5));

    public Patience {
        if (lockTimeout.isNegative() || lockTimeout.isZero() || attempts < 1) {
            throw new IllegalArgumentException("a lock timeout and the attempts must be positive");
        }
    }

    /** With another limit for a single wait. */
    public Patience withLockTimeout(Duration timeout) {
        return new Patience(timeout, attempts, firstPause, longestPause);
    }

    public Patience withAttempts(int count) {
        return new Patience(lockTimeout, count, firstPause, longestPause);
    }

    /**
     * How long to stand aside after the n-th try.
     *
     * @param attempt from 1
     * @param jitter from 0 to 1
     */
    Duration pause(int attempt, double jitter) {
        double grown = firstPause.toMillis() * Math.pow(2, attempt - 1d);
        double bounded = Math.min(grown, longestPause.toMillis());
        return Duration.ofMillis((long) (bounded * (0.5 + jitter / 2)));
    }
}
