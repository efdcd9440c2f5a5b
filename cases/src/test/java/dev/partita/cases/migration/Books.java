package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Application;
import dev.partita.declaration.TableDeclaration;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A table that is written in every way, and what was committed to it by the writers' own account. */
final class Books {

    /** The month in which all of it takes place. */
    static final Instant NOW = Instant.parse("2024-06-15T12:00:00Z");

    static final TableDeclaration ORDERS = TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .ahead(1)
            .build();

    /** Where rows lie: few moments, so that many rows share one. */
    static final List<String> AT = IntStream.rangeClosed(1, 6)
            .boxed()
            .flatMap(month -> IntStream.of(1, 31 - 3).mapToObj(day -> "2024-%02d-%02d 00:00:00".formatted(month, day)))
            .toList();

    static final int MOST_WRITERS = 16;

    /** So many rows are written by all; their ids come first. */
    static final int SHARED = 20;

    private static final String TABLE = """
            DROP TABLE IF EXISTS orders;
            CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamp NOT NULL, amount bigint NOT NULL, slot bigint UNIQUE,
                version bigint NOT NULL, note text) WITH (fillfactor = 60);
            CREATE INDEX orders_amount ON orders (amount);
            """;

    private final TestDatabase database;
    private final List<Bookkeeper> writers = new ArrayList<>();
    private final long sum;

    private Books(TestDatabase database, long sum) {
        this.database = database;
        this.sum = sum;
    }

    /** Makes the table anew, with rows of all writers. */
    static Books open(TestDatabase database, int writers, Random random) throws SQLException {
        database.execute(TABLE);
        Books books = new Books(database, writers * 1_000_000L);
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO public.orders SELECT n, '" + AT.get(3)
                    + "', 0, NULL, 0, '' FROM generate_series(1, " + SHARED + ") AS n");
            for (int i = 1; i <= writers; i++) {
                Bookkeeper writer = new Bookkeeper(i, new Random(random.nextLong()));
                writer.begin(statement);
                books.writers.add(writer);
            }
        }
        database.execute("ANALYZE orders");
        return books;
    }

    List<Bookkeeper> writers() {
        return writers;
    }

    /** Reads the whole twice in a transaction; what it finds has to be the same, and its sum the one that never changes. */
    Application.Turn reader() {
        return statement -> {
            String first = sum(statement);
            assertThat(first).as("the sum that somebody reads").startsWith(sum + " ");
            if (!isolation(statement).equals("read committed")) {
                assertThat(sum(statement))
                        .as("the same, read again by the same snapshot")
                        .isEqualTo(first);
            }
        };
    }

    private static String isolation(Statement statement) throws SQLException {
        return one(statement, "SHOW transaction_isolation");
    }

    private static String sum(Statement statement) throws SQLException {
        return one(statement, "SELECT sum(amount) || ' in ' || count(*) || ' of ' || sum(version) FROM public.orders");
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The table holds what was committed, and nothing else. */
    void assertTrue() {
        List<String> expected = new ArrayList<>();
        Map<Long, Long> added = new TreeMap<>();
        writers.forEach(writer -> {
            writer.rows()
                    .forEach((id, row) -> expected.add(id + "|" + row.at() + "|" + row.amount() + "|"
                            + (row.slot() == null ? "" : row.slot()) + "|" + row.version()));
            writer.added().forEach((id, amount) -> added.merge(id, amount, Long::sum));
        });
        for (long id = 1; id <= SHARED; id++) {
            expected.add(id + "|" + AT.get(3) + "|" + added.getOrDefault(id, 0L) + "||0");
        }
        assertThat(database.rows("SELECT id, created_at, amount, slot, version FROM public.orders"))
                .as("the rows of the table, against what was committed")
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
