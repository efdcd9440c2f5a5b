package dev.partita.migration;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a migration may burden the server, as somebody has said it. Stands in the state schema; whoever works on the migration
 * looks at it before each piece, so another process can change it at any time.
 *
 * <p>Copying, building indexes, bringing over and comparing stand aside for it, until the new table is ready; a statement that is
 * under way is not interrupted. What is noted of the application's writes never stands aside.
 *
 * @param lag how far a standby may be behind
 * @param walRate how many bytes of WAL the whole server may write a second, on average
 * @param walKept how many bytes of WAL a replication slot may keep
 * @param active how many sessions of others may be active
 * @param query a query whose answer true, or a number above zero, means: stand aside
 * @param share in how many hundredths of the time it works, from 1 to 100
 * @param disk how many bytes the new table and the noted changes may take
 * @param log how many bytes the noted changes may take; beyond that noting them ends, and the copy has to begin anew
 */
public record Throttle(
        Optional<Duration> lag,
        Optional<Long> walRate,
        Optional<Long> walKept,
        Optional<Integer> active,
        Optional<String> query,
        int share,
        Optional<Long> disk,
        Optional<Long> log) {

    /** As fast as it can. */
    public static final Throttle NONE = new Throttle(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            100,
            Optional.empty(),
            Optional.empty());

    public Throttle {
        if (share < 1 || share > 100) {
            throw new IllegalArgumentException("not a share of the time: " + share);
        }
    }
}
