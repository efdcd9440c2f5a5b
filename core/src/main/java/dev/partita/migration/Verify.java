package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Isolation;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the two tables in one snapshot, row by row and without order: how many, and the sum of their hashes. Rows with noted
 * changes are left out on both sides; they are brought over before the swap, and were compared to nothing yet. There are few of
 * them, so they are looked up and taken off the sum of all, which costs less than to ask of each row whether it is one of them.
 *
 * @param unmoved that the old table's rows lie where they did; empty once the new table is in use
 * @param back whether the new table is in use, and the old one is to be like it
 * @param hashed whether rows have a hash of their own; else their text has
 */
record Verify(Rewrite rewrite, Optional<Sql> unmoved, boolean back, boolean hashed, Reason reason)
        implements BesideOthers {

    /** How its failure is told from others, such as a full disk: a text that is no number. */
    static final String REFUSED = "(SQLSTATE 22P02)";

    @Override
    public TableName relation() {
        return rewrite.target(back).name();
    }

    @Override
    public Isolation isolation() {
        return Isolation.REPEATABLE_READ;
    }

    /** Refuses by a text that is no number: an exception raised on purpose could not run on several processes at once. */
    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        unmoved.ifPresent(guard -> {
            statements.add(new RelationLock(rewrite.table(), Lock.ACCESS_SHARE).statement());
            statements.add(guard);
        });
        statements.add(Sql.of(
                "SELECT CASE WHEN one.sum = other.sum THEN 0 ELSE ('the old table has ' || one.sum || ', the new one ' || other.sum)::int END"
                        + " FROM ({}) AS one, ({}) AS other",
                sum(back ? Sql.of("{}", rewrite.target(true)) : rewrite.written(false)),
                sum(back ? rewrite.written(true) : Sql.of("{}", rewrite.target(false)))));
        return statements;
    }

    /** Whole numbers are added up without rounding and without an end, and much faster than as numeric. */
    private Sql sum(Sql table) {
        Sql columns = Sql.list(
                rewrite.columns().stream().map(column -> Sql.of("t.{}", column)).toList());
        Sql hash = hashed
                ? Sql.of("hash_record_extended(ROW({}), 0)", columns)
                : Sql.of("hashtextextended(ROW({})::text, 0)", columns);
        Sql rows = Sql.of("SELECT count(*) AS count, coalesce(sum({}), 0) AS sum FROM {} AS t", hash, table);
        return Sql.of(
                "SELECT (whole.count - noted.count) || ' rows with the sum ' || (whole.sum - noted.sum) AS sum FROM ({}) AS whole,"
                        + " ({} WHERE EXISTS (SELECT FROM {} AS l WHERE ({}) = ({}))) AS noted",
                rows,
                rows,
                rewrite.log(back),
                Rewrite.of("l", rewrite.key()),
                Rewrite.of("t", rewrite.key()));
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                back
                        ? State.advance(rewrite.migration(), Phase.ROLLING_BACK, Phase.ROLLING_BACK, State.SETTLED)
                        : State.advance(rewrite.migration(), Phase.VERIFYING, Phase.READY));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(rewrite.table(), Lock.ACCESS_SHARE));
    }

    @Override
    public String words() {
        return "compare the two";
    }
}
