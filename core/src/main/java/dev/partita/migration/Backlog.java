package dev.partita.migration;

import java.time.Duration;
import java.util.Optional;

/** Notices when noted changes become no fewer, however fast they are brought over, because as many are written meanwhile. */
final class Backlog {

    /** So long it may take until there are fewer than ever before. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Duration patience;
    private long lowest = Long.MAX_VALUE;
    private long since;

    Backlog() {
        this(PATIENCE);
    }

    Backlog(Duration patience) {
        this.patience = patience;
    }

    /** Nothing is brought over. */
    void forget() {
        lowest = Long.MAX_VALUE;
    }

    /**
     * Since when it has not become less, if that is too long.
     *
     * @param backlog how many changes are noted
     * @param nanos the present, by the machine
     */
    Optional<Duration> stuckFor(long backlog, long nanos) {
        if (backlog < lowest) {
            lowest = backlog;
            since = nanos;
        }
        Duration for_ = Duration.ofNanos(nanos - since);
        return for_.compareTo(patience) > 0 ? Optional.of(for_) : Optional.empty();
    }
}
