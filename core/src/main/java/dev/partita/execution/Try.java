package dev.partita.execution;

import java.time.Duration;

/**
 * Which try at a step this is.
 *
 * @param attempt from 1
 * @param waited for locks of others in those before
 * @param took this try, as far as it has come
 */
record Try(int attempt, Duration waited, Duration took) {

    static final Try FIRST = new Try(1, Duration.ZERO, Duration.ZERO);

    /** The same once it has ended. */
    Try ended(long beganNanos) {
        return new Try(attempt, waited, Duration.ofNanos(System.nanoTime() - beganNanos));
    }

    /** It has met a lock: what it took was waiting. */
    Try met() {
        return new Try(attempt, waited.plus(took), took);
    }

    Try next() {
        return new Try(attempt + 1, waited, Duration.ZERO);
    }
}
