package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cases.running.Installed;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Outcome;
import dev.partita.migration.Ending;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Pace;
import dev.partita.migration.Phase;
import dev.partita.step.Step;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whoever has a snapshot sees the table as it was then, whichever of the two tables bears the name when he comes to it. */
class OlderSnapshotsTest {

    private static final TableDeclaration ORDERS = TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .ahead(1)
            .build();

    private static final String ROWS = "SELECT string_agg(id || ':' || total, ' ' ORDER BY id) FROM public.orders";

    private final TestDatabase database;
    private final List<Connection> open = new ArrayList<>();

    OlderSnapshotsTest(TestDatabase database) {
        this.database = database;
    }

    @OnEveryPostgres
    void seeTheSameAfterTheSwapAndOnTheWayBack() throws Exception {
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, total int NOT NULL)",
                "INSERT INTO orders SELECT n, '2024-01-20'::timestamptz + n * interval '10 days', 0 FROM generate_series(1, 5) AS n");
        Installed.in(database);
        Meanwhile meanwhile = new Meanwhile();
        MigrationRunner runner = new MigrationRunner(database.partita(), ORDERS, DatabaseClock.server(), 1, meanwhile);
        runner.start(false);

        Ending swapped = runner.run();

        assertThat(swapped.phase()).isEqualTo(Phase.SWAPPED);
        assertThat(meanwhile.seen).hasSize(3);
        meanwhile.assertThatEachSeesWhatItSaw();
        meanwhile.writesOrIsTold();

        Ending back = runner.rollback();

        assertThat(back.problem()).isEmpty();
        assertThat(meanwhile.seen).hasSize(3);
        meanwhile.assertThatEachSeesWhatItSaw();
        meanwhile.writesOrIsTold();
        for (Connection connection : open) {
            connection.close();
        }
    }

    /** So many that they are better brought over while everybody writes. */
    @OnEveryPostgres
    void haveTheirChangesNotedAndBroughtOver() throws Exception {
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, total int NOT NULL)",
                "INSERT INTO orders SELECT n, '2024-01-20', n FROM generate_series(1, 400) AS n");
        Installed.in(database);
        List<String> steps = new ArrayList<>();
        MigrationListener meanwhile = new MigrationListener() {

            private Connection older = database.owner().getConnection();

            @Override
            public void finished(Step step, Outcome outcome) {
                steps.add(step.words());
                try {
                    if (step.words().equals("compare the two")) {
                        older.setAutoCommit(false);
                        older.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                        older.createStatement().execute("SELECT pg_sleep_for('1 second')");
                    } else if (step.words().equals("write to both tables") && !older.isClosed()) {
                        older.createStatement()
                                .execute("UPDATE public.orders SET total = total + 1000 WHERE id <= 100");
                        older.commit();
                        older.close();
                    }
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        };
        MigrationRunner runner = new MigrationRunner(
                database.partita(), ORDERS, DatabaseClock.server(), 1, new Pace(100, 1000, 50), meanwhile);
        runner.start(false);

        Ending ending = runner.run();

        assertThat(ending.phase()).isEqualTo(Phase.SWAPPED);
        assertThat(steps)
                .containsSubsequence("write to both tables", "write to one table", "write to both tables", "swap");
        assertThat(database.value("SELECT count(*) || ' ' || sum(total) FROM orders"))
                .isEqualTo("400 " + (400 * 401 / 2 + 100 * 1000));
        assertThat(runner.finish().phase()).isEqualTo(Phase.FINISHED);
    }

    /** When each change is made in both tables: changes rows, and takes a snapshot before, between and after. */
    private final class Meanwhile implements MigrationListener {

        private final List<Statement> sessions = new ArrayList<>();
        private final List<String> seen = new ArrayList<>();

        @Override
        public void finished(Step step, Outcome outcome) {
            if (!step.words().equals("write to both tables") || !outcome.done()) {
                return;
            }
            sessions.clear();
            seen.clear();
            snapshot();
            database.execute(
                    "INSERT INTO orders VALUES (100 + (SELECT count(*) FROM orders), '2024-02-02', 7)",
                    "UPDATE orders SET total = total + 1 WHERE id = 2",
                    "UPDATE orders SET created_at = created_at + interval '60 days' WHERE id = 3",
                    "UPDATE orders SET id = id + 1000 WHERE id = (SELECT max(id) FROM orders)");
            snapshot();
            database.execute(
                    "UPDATE orders SET id = 11 - id WHERE id IN (5, 6)",
                    "WITH gone AS (DELETE FROM orders WHERE id = 1 RETURNING *)"
                            + " INSERT INTO orders SELECT -id, created_at, total FROM gone",
                    "UPDATE orders SET id = 1 WHERE id = -1",
                    "INSERT INTO orders SELECT id, created_at, 0 FROM orders WHERE id = 2 UNION ALL SELECT 55 + count(*), now(), 5 FROM orders"
                            + " ON CONFLICT ON CONSTRAINT orders_pkey DO UPDATE SET total = 70",
                    "DELETE FROM orders WHERE id = 4",
                    "INSERT INTO orders VALUES (4, '2024-06-02', 44)");
            snapshot();
            database.execute("UPDATE orders SET total = total + 100 WHERE id = 1");
        }

        /** The transaction reads something else, and not the table: that would keep the swap away. */
        private void snapshot() {
            try {
                Connection connection = database.owner().getConnection();
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                open.add(connection);
                Statement statement = connection.createStatement();
                statement.execute("SELECT FROM pg_class LIMIT 1");
                sessions.add(statement);
                seen.add(database.value(ROWS));
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        void assertThatEachSeesWhatItSaw() throws SQLException {
            for (int i = 0; i < sessions.size(); i++) {
                try (ResultSet row = sessions.get(i).executeQuery(ROWS)) {
                    row.next();
                    assertThat(row.getString(1)).as("snapshot %d", i).isEqualTo(seen.get(i));
                }
            }
        }

        /** A row that was changed since is refused, as ever, and not missed. */
        void writesOrIsTold() throws SQLException {
            for (Statement session : sessions) {
                assertThatThrownBy(() -> session.execute("UPDATE public.orders SET total = -1 WHERE id = 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("40001"));
                session.getConnection().rollback();
                session.getConnection().close();
            }
        }
    }
}
