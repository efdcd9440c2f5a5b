package dev.partita.test;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that stands still until a test moves it, in the place of the database's: {@code testingClock::now}.
 *
 * <p>Safe for use by several threads.
 */
public final class TestingClock {

    private volatile Instant now;

    private TestingClock(Instant now) {
        this.now = now;
    }

    /** A clock that shows this instant, in ISO-8601: {@code 2024-01-31T23:59:59Z}. */
    public static TestingClock at(String instant) {
        return new TestingClock(Instant.parse(instant));
    }

    public Instant now() {
        return now;
    }

    /** The same, whatever the connection's server says. */
    public Instant now(Connection connection) {
        return now();
    }

    public synchronized void set(String instant) {
        now = Instant.parse(instant);
    }

    /** Moves it on, or back by a negative duration. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }
}
