package dev.partita.migration;

import dev.partita.catalog.CatalogColumn;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Isolation;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brings noted changes over: takes notes off the log, takes out of the one table what they name, and puts in what the other has
 * now. One snapshot for all of it. It does not matter in which order notes were made, nor how often the same is brought over.
 *
 * @param back whether from the new table to the old one, after the swap
 * @param most so many notes at once; {@link #ALL} where rows that have exchanged unique values could not be
 *     brought over in parts
 */
record ApplyLog(Rewrite rewrite, boolean back, int most, Reason reason) implements MigrationStep {

    static final int ALL = Integer.MAX_VALUE;

    @Override
    public TableName relation() {
        return rewrite.target(back).name();
    }

    @Override
    public Isolation isolation() {
        return Isolation.REPEATABLE_READ;
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        statements.add(Capture.APPLYING);
        // Of arrays the planner knows nothing; each key is to be looked up, in the one partition where it lies.
        statements.add(new Sql("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"));
        statements.add(Sql.of("DO {}", Literal.of(block())));
        return statements;
    }

    private String block() {
        List<CatalogColumn> noted = rewrite.noted();
        TableName log = rewrite.log(back);
        String declared = IntStream.range(0, noted.size())
                .mapToObj(i -> "  " + array(i) + " " + noted.get(i).type() + "[];\n")
                .collect(Collectors.joining());
        Sql names = Rewrite.names(noted);
        Sql taken = Sql.of(
                "WITH taken AS (DELETE FROM {}{} RETURNING {}) SELECT {} INTO {} FROM taken",
                log,
                most == ALL
                        ? new Sql("")
                        : Sql.of(
                                " WHERE ctid = ANY (ARRAY(SELECT l.ctid FROM {} AS l LIMIT {}))",
                                log,
                                Literal.of(most)),
                names,
                Sql.list(noted.stream()
                        .map(column -> Sql.of("array_agg({})", column.name()))
                        .toList()),
                Sql.list(IntStream.range(0, noted.size())
                        .mapToObj(i -> new Sql(array(i)))
                        .toList()));
        Sql notes = Sql.of(
                "SELECT * FROM unnest({}) AS n ({})",
                Sql.list(IntStream.range(0, noted.size())
                        .mapToObj(i -> new Sql(array(i)))
                        .toList()),
                names);
        Carry carry = new Carry(rewrite, back);
        return """

                #variable_conflict use_column
                DECLARE
                %sBEGIN
                  %s;
                  PERFORM set_config('partita.applied', coalesce(cardinality(%s), 0)::text, true);
                  IF %s IS NOT NULL THEN
                    %s;
                    %s;
                  END IF;
                END
                """.formatted(declared, taken, array(0), array(0), carry.gone(notes), carry.come(notes));
    }

    private static String array(int i) {
        return "partita_" + (i + 1);
    }

    @Override
    public List<Sql> notes() {
        return List.of(Sql.of(
                "UPDATE partita.migration SET applied = applied + current_setting('partita.applied')::bigint WHERE id = {}",
                Literal.of(rewrite.migration())));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(rewrite.table(), Lock.ACCESS_SHARE));
    }

    @Override
    public String words() {
        return "bring changes over";
    }

    /** Notes and what they led to are committed together, so what a crash loses is done again. */
    @Override
    public boolean repeatable() {
        return true;
    }
}
