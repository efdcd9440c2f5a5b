package dev.partita.migration;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** For what a piece of work has to wait, as a clause; empty when it may begin. */
    Optional<String> waits(Load load) {
        return Stream.of(
                        disk.filter(most -> load.disk() > most)
                                .map(most -> "for disk: the new table and what is noted take " + size(load.disk())
                                        + ", and --disk-limit is " + size(most)),
                        load.endangered()
                                .map(slot -> "for replication slot " + slot
                                        + ", which is lost when more WAL is kept for it (max_slot_wal_keep_size)"),
                        lag.flatMap(most -> waitsForStandbys(most, load)),
                        walKept.filter(most -> load.walKept() > most)
                                .map(most -> "for a replication slot that keeps " + size(load.walKept())
                                        + " of WAL; --max-wal-kept is " + size(most)),
                        walRate.filter(most -> load.walDebt() > 0)
                                .map(most -> "so that the server writes no more than " + size(most)
                                        + " of WAL a second on average (--max-wal-rate)"),
                        active.flatMap(most -> waitsForOthers(most, load)),
                        query.filter(asked -> load.answer()).map(asked -> "for the throttle query to say no: " + asked))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> waitsForStandbys(Duration most, Load load) {
        if (load.seenStandbys() < load.standbys()) {
            return Optional.of("for the right to see how far standbys are behind: GRANT pg_monitor TO " + load.user()
                    + ", or --max-lag none");
        }
        return load.lag()
                .filter(behind -> behind.compareTo(most) > 0)
                .map(behind -> "for a standby that is " + behind.toMillis() + " ms behind; --max-lag is "
                        + most.toMillis() + " ms");
    }

    private static Optional<String> waitsForOthers(int most, Load load) {
        if (load.hidden() > 0) {
            return Optional.of("for the right to see who is active: GRANT pg_read_all_stats TO " + load.user()
                    + ", or --max-active none");
        }
        return load.active() > most
                ? Optional.of("for the " + load.active()
                        + " active sessions of others to become fewer; --max-active is " + most)
                : Optional.empty();
    }

    private static String size(long bytes) {
        return bytes < 10L << 20
                ? (bytes >> 10) + " kB"
                : bytes < 10L << 30 ? (bytes >> 20) + " MB" : (bytes >> 30) + " GB";
    }

    /** Whether the number of active sessions counts. */
    boolean counts() {
        return active.isPresent();
    }

    /** Whether it has to be looked how much is taken. */
    boolean weighs() {
        return disk.isPresent() || log.isPresent();
    }
}
