package dev.partita.plan;

import dev.partita.declaration.Period;
import dev.partita.declaration.Retention;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** How long a retired partition is left alone. */
final class Grace {

    private Grace() {}

    /** The declared grace; the usual one where nothing is dropped and none is declared. */
    static Period of(Retention retention) {
        return retention.limited().flatMap(Retention.Limited::grace).orElse(Retention.USUAL_GRACE);
    }

    /** When it is over, on the calendar of a zone. */
    static Instant end(Instant detached, Period grace, ZoneId zone) {
        return grace.unit().elapsed()
                ? detached.plus(grace.elapsed())
                : grace.after(LocalDateTime.ofInstant(detached, zone), 1)
                        .atZone(zone)
                        .toInstant();
    }
}
