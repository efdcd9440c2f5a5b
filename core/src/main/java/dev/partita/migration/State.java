package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;

/** The statements that write down in the state schema where a migration is. */
final class State {

    /** Snapshots from now on see all of the new table that is there by now; older ones may not. */
    static final Sql SETTLED = new Sql(", settled = pg_snapshot_xmax(pg_current_snapshot())::text::bigint");

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
        return Sql.of(
                "DO {}",
                Literal.of("BEGIN " + update + "; IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'PT001', MESSAGE = "
                        + Literal.of("the migration is not " + from.word() + " any more")
                                .sql()
                        + "; END IF; END"));
    }

    /** What was divided for the copy is not needed any more. */
    static Sql forgetChunks(long migration) {
        return Sql.of("DELETE FROM partita.migration_chunk WHERE migration = {}", Literal.of(migration));
    }

    static Sql advance(long migration, Phase from, Phase to) {
        return advance(migration, from, to, new Sql(""));
    }
}
