package dev.partita.migration;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long the server has not answered, and when to try it again: later each time, and never at the same time as others. */
final class Outage {

    /** A restart, also one with a recovery, takes minutes; what lasts longer is for a person. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private int tries;
    private long since;

    /** It answers. */
    void over() {
        tries = 0;
    }

    /** It has not answered; whether to try again. */
    boolean goesOn() {
        if (tries == 0) {
            since = System.nanoTime();
        }
        tries++;
        return System.nanoTime() - since < LONGEST.toNanos();
    }

    /** How long to stand aside before the next try. */
    Duration pause() {
        double grown = FIRST_PAUSE.toMillis() * Math.pow(2, Math.min(20, tries - 1));
        double bounded = Math.min(grown, LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(
                (long) (bounded * (0.5 + ThreadLocalRandom.current().nextDouble() / 2)));
    }
}
