package dev.partita.benchmarks;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableBuilder;
import dev.partita.declaration.TableDeclaration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Equal tables by month with two indexes each, begun 19 months ago and kept 4 ahead: 24 partitions.
 *
 * @param prefix what their names begin with
 * @param count how many
 * @param withDefault whether each has a DEFAULT partition
 */
record Fleet(String prefix, int count, boolean withDefault) {

    /** What both sides keep ahead in the beginning. */
    static final int AHEAD = 4;

    private static final int MONTHS_BACK = 19;

    List<String> tables() {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + "_" + i).toList();
    }

    /** Makes the tables, without partitions. */
    void create(Connection connection) throws SQLException {
        for (String table : tables()) {
            Database.run(connection, """
                    CREATE TABLE %1$s (id bigint, customer_id bigint, amount numeric(10,2), created_at timestamptz NOT NULL)
                     PARTITION BY RANGE (created_at);
                    CREATE INDEX ON %1$s (customer_id);
                    CREATE INDEX ON %1$s (created_at)""".formatted(table));
        }
    }

    /** The first month of all. */
    static LocalDate from() {
        return LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1).minusMonths(MONTHS_BACK);
    }

    Declarations declared(int ahead) {
        return new Declarations(
                tables().stream().map(table -> declared(table, ahead)).toList());
    }

    private TableDeclaration declared(String table, int ahead) {
        TableBuilder builder = TableDeclaration.table(table)
                .range("created_at")
                .every("1 month")
                .zone("UTC")
                .from(from().toString())
                .ahead(ahead);
        return (withDefault ? builder.otherwise("alert") : builder.otherwise("none")).build();
    }

    /** The same as a file. */
    String yaml(int ahead) {
        String each =
                "    range: created_at\n    every: 1 month\n    zone: UTC\n    from: %s\n    ahead: %d\n    default: %s\n"
                        .formatted(from(), ahead, withDefault ? "alert" : "none");
        return tables().stream()
                .map(table -> "  " + table + ":\n" + each)
                .collect(Collectors.joining("", "tables:\n", ""));
    }
}
