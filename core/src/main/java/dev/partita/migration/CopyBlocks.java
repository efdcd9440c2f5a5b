package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Isolation;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Copies the rows of a range of blocks that were there before the horizon, and notes the keys of those that were not: they are
 * brought over later, with everything else that has changed. Of each key at most one version is so old, so none is copied twice;
 * an old version stays in its block as long as it is there at all, so none is missed.
 *
 * @param heaps where the old rows lie
 * @param copy the horizon, and the files in which blocks are meant
 */
record CopyBlocks(Rewrite rewrite, Heaps heaps, Migration.Copy copy, Observation.Chunk chunk, Reason reason)
        implements BesideOthers {

    /** {@code age()} counts from a transaction that is not older than the snapshot, so it is never negative for what is visible. */
    private static final String OLD = "age(xmin) NOT BETWEEN 0 AND (SELECT age({}::xid))";

    private static final String NEW = "age(xmin) BETWEEN 0 AND (SELECT age({}::xid))";

    /** Transaction ids of rows have 32 bits. */
    private static final long EPOCH = 1L << 32;

    @Override
    public TableName relation() {
        return rewrite.shadow();
    }

    @Override
    public Isolation isolation() {
        return Isolation.REPEATABLE_READ;
    }

    @Override
    public List<Sql> sql() {
        Sql columns = Sql.list(rewrite.columns());
        Sql noted = Rewrite.names(rewrite.noted());
        return List.of(
                Capture.APPLYING,
                counted(Sql.of(
                        "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM ONLY {} WHERE {} AND {}",
                        rewrite.shadow(),
                        columns,
                        columns,
                        chunk.heap(),
                        range(),
                        age(OLD))),
                Sql.of(
                        "INSERT INTO {} ({}) SELECT {} FROM ONLY {} WHERE {} AND {}",
                        rewrite.log(false),
                        noted,
                        noted,
                        chunk.heap(),
                        range(),
                        age(NEW)),
                heaps.unmoved(copy.files(), rewrite.table()));
    }

    /** How many rows came is written down with the range. */
    private static Sql counted(Sql insert) {
        return Sql.of("DO {}", Literal.of("""

                #variable_conflict use_column
                DECLARE
                  partita_copied bigint;
                BEGIN
                  %s;
                  GET DIAGNOSTICS partita_copied = ROW_COUNT;
                  PERFORM set_config('partita.copied', partita_copied::text, true);
                END
                """.formatted(insert)));
    }

    private Sql range() {
        return Sql.of(
                "ctid >= {}::tid AND ctid < {}::tid",
                Literal.of("(" + chunk.first() + ",0)"),
                Literal.of("(" + chunk.end() + ",0)"));
    }

    private Sql age(String condition) {
        return Sql.of(condition, Literal.of(Long.toString(copy.horizon() % EPOCH)));
    }

    /** Refuses if the range was copied already: nobody copies it twice. */
    @Override
    public List<Sql> notes() {
        Sql update = Sql.of(
                "UPDATE partita.migration_chunk SET began_at = transaction_timestamp(), done_at = clock_timestamp(),"
                        + " copied = current_setting('partita.copied')::bigint"
                        + " WHERE migration = {} AND heap = {}::oid AND first_block = {} AND end_block = {} AND done_at IS NULL",
                Literal.of(rewrite.migration()),
                Literal.of(chunk.identity()),
                Literal.of(chunk.first()),
                Literal.of(chunk.end()));
        return List.of(State.found(
                update, "blocks " + chunk.first() + " to " + (chunk.end() - 1) + " are not to be copied any more"));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(chunk.heap(), Lock.ACCESS_SHARE));
    }

    @Override
    public String words() {
        return "copy blocks " + chunk.first() + " to " + (chunk.end() - 1);
    }

    /** Rows and what is written down about them are committed together, so what a crash loses is copied again. */
    @Override
    public boolean repeatable() {
        return true;
    }
}
