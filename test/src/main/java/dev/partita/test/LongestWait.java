package dev.partita.test;

import java.time.Duration;

/**
 * The longest time that one statement of the application stood in a queue because of partita.
 *
 * @param duration how long it was seen waiting; zero if nobody waited
 * @param uncertainty how much longer it may have been: the time between the samples around its end
 * @param statement what waited; empty if nobody did
 * @param behind the statement of partita that it waited for, directly or behind others; empty if nobody did
 */
public record LongestWait(Duration duration, Duration uncertainty, String statement, String behind) {

    static final LongestWait NONE = new LongestWait(Duration.ZERO, Duration.ZERO, "", "");

    @Override
    public String toString() {
        return statement.isEmpty()
                ? "nobody waited"
                : "%d ms (+%d): «%s» waited for «%s»"
                        .formatted(duration.toMillis(), uncertainty.toMillis(), statement, behind);
    }
}
