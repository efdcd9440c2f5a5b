package dev.partita.migration;

import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A migration as the state schema remembers it.
 *
 * @param id its number
 * @param table the table that it is about, by the name that the application knows
 * @param source the identity of the old table
 * @param phase where it is
 * @param fingerprint what the old table was when it began; it has to stay so
 * @param copy where the copy stands, once it has begun
 * @param settled the transaction after the last bulk change of the new table; an older snapshot does not see all of its rows
 * @param applied how many noted changes were brought over so far
 * @param paused whether a person wants nothing to be done for now
 * @param held whether a person wants to say when the new table takes its place
 * @param window the hours in which the new table may take its place; empty for any
 * @param throttle how far it may burden the server
 * @param waits for what whoever works on it waits
 * @param trouble why it cannot go on, until a person has looked
 * @param startedAt since when, by the clock of the database
 * @param phaseSince since when it is where it is
 */
public record Migration(
        long id,
        TableName table,
        long source,
        Phase phase,
        String fingerprint,
        Optional<Copy> copy,
        Optional<Long> settled,
        long applied,
        boolean paused,
        boolean held,
        Optional<CutoverWindow> window,
        Throttle throttle,
        Optional<Waits> waits,
        Optional<String> trouble,
        Instant startedAt,
        Instant phaseSince) {

    /** What the old table is called once the new one is in its place. */
    public TableName retired() {
        return rewrite().retired();
    }

    /** For what the new table waits before it may take its place, as a clause; empty when it may. */
    Optional<String> postponed(Instant now) {
        return held
                ? Optional.of("for somebody to say: partita migrate cutover " + table.sql())
                : window.filter(hours -> !hours.isOpen(now))
                        .map(hours -> "for its hours: " + hours + ", next at " + hours.next(now));
    }

    /** Where the old rows lie. */
    Heaps heaps() {
        return new Heaps(List.of(source));
    }

    /** As far as it speaks of names. */
    Rewrite rewrite() {
        return Rewrite.named(id, table);
    }

    /** That a person has to look. */
    static Problem stopped(TableName table, String why) {
        return Problem.of(
                ProblemCode.MIGRATION_STOPPED,
                table.sql(),
                "its migration has come to a stop: " + why,
                "when the cause is mended: partita migrate resume " + table.sql(),
                "or give it up: partita migrate abort " + table.sql());
    }

    /** That writers are faster than we are. */
    static Problem behind(TableName table, String why) {
        return Problem.of(
                ProblemCode.MIGRATION_BEHIND,
                table.sql(),
                "it waits " + why,
                "wait for quieter hours: it goes on all the while, and catches up then",
                "or lift its limits, if it has any: partita migrate throttle " + table.sql() + " --share none",
                "or give it up: partita migrate abort " + table.sql());
    }

    /**
     * For what it waits.
     *
     * @param why as a clause
     * @param code where it is something that a person should know of
     */
    public record Waits(String why, Optional<ProblemCode> code) {

        static Waits of(String why) {
            return new Waits(why, Optional.empty());
        }
    }

    /**
     * What is copied.
     *
     * @param horizon what transactions before this one have written was there when capture began; the full number
     * @param files in which the rows lay
     * @param blocks how long they were
     */
    public record Copy(long horizon, String files, long blocks) {}
}
