package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.sql.SqlPart;
import dev.partita.step.Identity;
import java.time.Duration;
import java.util.Optional;

/** The statements that write down in the state schema where a migration is. */
final class State {

    /** Snapshots from now on see all of the new table that is there by now; older ones may not. */
    static final Sql SETTLED = new Sql(", settled = pg_snapshot_xmax(pg_current_snapshot())::text::bigint");

    private static final SqlPart NULL = new Sql("NULL");

    private State() {}

    /** From one phase to the next; refuses if it is not in the first, because somebody else has moved it. */
    static Sql advance(long migration, Phase from, Phase to, Sql more) {
        String update = Sql.of(
                        "UPDATE partita.migration SET phase = {}, phase_since = clock_timestamp(){} WHERE id = {} AND phase = {}",
                        Literal.of(to.word()),
                        more,
                        Literal.of(migration),
                        Literal.of(from.word()))
                .sql();
        return found(new Sql(update), "the migration is not " + from.word() + " any more");
    }

    /** Changes what is there, and refuses if it is not. */
    static Sql found(Sql update, String otherwise) {
        return Sql.of(
                "DO {}",
                Literal.of(
                        "BEGIN " + update + "; IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = '" + Identity.REFUSED
                                + "', MESSAGE = " + Literal.of(otherwise).sql() + "; END IF; END"));
    }

    /** How far it may burden the server from now on, as columns of an update. */
    static Sql throttle(Throttle throttle) {
        return Sql.of(
                "throttle_lag_ms = {}, throttle_wal_rate = {}, throttle_wal_kept = {}, throttle_active = {}, throttle_query = {},"
                        + " throttle_share = {}, disk_limit = {}, log_limit = {}",
                number(throttle.lag().map(Duration::toMillis)),
                number(throttle.walRate()),
                number(throttle.walKept()),
                number(throttle.active().map(Integer::longValue)),
                throttle.query().<SqlPart>map(Literal::of).orElse(NULL),
                Literal.of(throttle.share()),
                number(throttle.disk()),
                number(throttle.log()));
    }

    /** In which hours the new table may take its place, as a column of an update. */
    static Sql window(Optional<CutoverWindow> window) {
        return Sql.of(
                "cutover_window = {}",
                window.<SqlPart>map(hours -> Literal.of(hours.toString())).orElse(NULL));
    }

    /** For what it waits, as columns of an update. */
    static Sql waits(Optional<Migration.Waits> waits) {
        return Sql.of(
                "waits = {}, waits_code = {}",
                waits.<SqlPart>map(present -> Literal.of(present.why())).orElse(NULL),
                waits.flatMap(Migration.Waits::code).<SqlPart>map(Literal::of).orElse(NULL));
    }

    private static SqlPart number(Optional<Long> number) {
        return number.<SqlPart>map(Literal::of).orElse(NULL);
    }

    /** What was divided for the copy is not needed any more. */
    static Sql forgetChunks(long migration) {
        return Sql.of("DELETE FROM partita.migration_chunk WHERE migration = {}", Literal.of(migration));
    }

    static Sql advance(long migration, Phase from, Phase to) {
        return advance(migration, from, to, new Sql(""));
    }
}
