package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Installed;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Phase;
import dev.partita.test.Fault;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postgresql.PGConnection;

/** An application with its statements prepared on the server, through a swap, a way back and another swap. */
@EnabledIfSystemProperty(named = "partita.cases.thorough", matches = "true")
class BusinessGoesOnTest {

    private static final TableDeclaration ORDERS = TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .ahead(1)
            .build();

    private static final int CLERKS = 8;

    private final TestDatabase database;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger sold = new AtomicInteger();

    BusinessGoesOnTest(TestDatabase database) {
        this.database = database;
    }

    @Fault({16, 18, 44})
    @OnEveryPostgres(hostile = false)
    void withNumbersThatOnlyRiseAndTriggersThatFireForItsOwnRowsAlone() throws Exception {
        database.execute("""
                CREATE TABLE told (id bigint, what text);
                CREATE TABLE orders (
                    id bigserial PRIMARY KEY,
                    number bigint GENERATED ALWAYS AS IDENTITY,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    total int NOT NULL DEFAULT 1
                );
                CREATE UNIQUE INDEX ON orders (number);
                INSERT INTO orders (created_at, total) SELECT now() - n * interval '1 hour', 1 FROM generate_series(1, 1500) AS n;
                CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN INSERT INTO told VALUES (coalesce(NEW.id, OLD.id), TG_OP); RETURN NULL; END';
                CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION tell();
                """);
        Installed.in(database);
        MigrationRunner runner =
                new MigrationRunner(database.partita(), ORDERS, DatabaseClock.server(), 2, MigrationListener.NONE);
        ExecutorService office = Executors.newFixedThreadPool(CLERKS);
        List<Future<List<Sold>>> books = new ArrayList<>();
        try {
            for (int clerk = 0; clerk < CLERKS; clerk++) {
                books.add(office.submit((Callable<List<Sold>>) this::sell));
            }
            soldMore();
            runner.start(false);
            assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);
            soldMore();
            assertThat(runner.rollback().phase()).isEqualTo(Phase.ROLLED_BACK);
            soldMore();
            runner.start(false);
            assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);
            soldMore();
            assertThat(runner.finish().phase()).isEqualTo(Phase.FINISHED);
            soldMore();
        } finally {
            closed.set(true);
            office.shutdown();
        }

        List<Sold> all = new ArrayList<>();
        for (Future<List<Sold>> book : books) {
            List<Sold> own = book.get();
            assertThat(own).extracting(Sold::id).isSorted();
            assertThat(own).extracting(Sold::number).isSorted();
            all.addAll(own);
        }
        assertThat(all).extracting(Sold::id).doesNotHaveDuplicates();
        assertThat(all).extracting(Sold::number).doesNotHaveDuplicates();
        assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo(Integer.toString(1500 + all.size()));
        // Each was made, and then changed.
        assertThat(database.rows("SELECT what, count(*), count(DISTINCT id) FROM told GROUP BY what ORDER BY what"))
                .containsExactly("INSERT|" + all.size() + "|" + all.size(), "UPDATE|" + all.size() + "|" + all.size());
    }

    /** What the database has given an order. */
    private record Sold(long id, long number) {}

    private List<Sold> sell() throws SQLException, InterruptedException {
        List<Sold> own = new ArrayList<>();
        try (Connection connection = database.owner().getConnection()) {
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
            try (PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO orders DEFAULT VALUES RETURNING id, number");
                    PreparedStatement change =
                            connection.prepareStatement("UPDATE orders SET total = total + ? WHERE id = ?");
                    PreparedStatement look = connection.prepareStatement("SELECT * FROM orders WHERE id = ?")) {
                while (!closed.get()) {
                    long id;
                    try (ResultSet made = insert.executeQuery()) {
                        made.next();
                        id = made.getLong("id");
                        own.add(new Sold(id, made.getLong("number")));
                    }
                    change.setInt(1, 1);
                    change.setLong(2, id);
                    assertThat(change.executeUpdate()).isOne();
                    look.setLong(1, id);
                    try (ResultSet seen = look.executeQuery()) {
                        assertThat(seen.next()).isTrue();
                        assertThat(seen.getInt("total")).isEqualTo(2);
                    }
                    sold.incrementAndGet();
                    Thread.sleep(2);
                }
            }
        }
        return own;
    }

    /** Waits until each clerk has come to sell something again. */
    private void soldMore() throws InterruptedException {
        int before = sold.get();
        while (sold.get() < before + 5 * CLERKS) {
            Thread.onSpinWait();
            Thread.sleep(1);
        }
    }
}
