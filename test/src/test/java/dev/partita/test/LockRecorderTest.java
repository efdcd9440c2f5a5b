package dev.partita.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class LockRecorderTest {

    @BeforeEach
    void createOrders(TestDatabase database) {
        database.execute("CREATE TABLE orders (id int, created_at date NOT NULL) PARTITION BY RANGE (created_at)");
    }

    @Test
    void recordsWhatACommittedTransactionHeldAtItsEnd(TestDatabase database) throws Exception {
        LockRecorder recorder = LockRecorder.around(database.partita());
        try (Connection connection = recorder.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE public.orders_2024 (LIKE public.orders)");
            connection.commit();
            try (PreparedStatement attach = connection.prepareStatement("ALTER TABLE public.orders ATTACH PARTITION"
                    + " public.orders_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")) {
                attach.execute();
            }
            connection.setAutoCommit(true);
        }

        assertThat(recorder.transactions())
                .extracting(LockRecorder.Transaction::toString)
                .containsExactly(
                        "CREATE TABLE public.orders_2024 (LIKE public.orders) -> ACCESS SHARE on public.orders,"
                                + " ACCESS EXCLUSIVE on public.orders_2024",
                        "ALTER TABLE public.orders ATTACH PARTITION public.orders_2024"
                                + " FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
                                + " -> SHARE UPDATE EXCLUSIVE on public.orders, ACCESS EXCLUSIVE on public.orders_2024");
    }

    @Test
    void recordsTransactionsThatAreSpelledInSql(TestDatabase database) throws Exception {
        LockRecorder recorder = LockRecorder.around(database.partita());
        try (Connection connection = recorder.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 'in a transaction of its own'");
            statement.execute("BEGIN");
            statement.execute("LOCK TABLE public.orders IN SHARE MODE");
            statement.execute("COMMIT");
        }

        assertThat(recorder.transactions()).singleElement().satisfies(transaction -> {
            assertThat(transaction.statements()).containsExactly("LOCK TABLE public.orders IN SHARE MODE");
            assertThat(transaction.locks()).containsExactly(new HeldLock("public.orders", "SHARE"));
        });
    }

    @Test
    void forgetsWhatWasRolledBackOrHasFailed(TestDatabase database) throws Exception {
        LockRecorder recorder = LockRecorder.around(database.partita());
        try (Connection connection = recorder.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders IN SHARE MODE");
            connection.rollback();
            try {
                statement.execute("SELECT nonsense");
            } catch (SQLException expected) {
                connection.commit();
            }
        }

        assertThat(recorder.transactions()).isEmpty();
    }
}
