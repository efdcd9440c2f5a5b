package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cases.tap.Backend;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What is wrong with the designs that partita does not use, each in the one order of events that shows it, and that the writers'
 * account finds it.
 */
@OnPostgres(value = 15, hostile = false)
class NaiveDesignsTest {

    private static final int ROWS = 6;

    private final TestDatabase database;
    private final Map<Long, String> committed = new TreeMap<>();
    private final Connection mover;
    private final Connection application;

    NaiveDesignsTest(TestDatabase database) throws SQLException {
        this.database = database;
        this.mover = database.owner().getConnection();
        this.application = database.owner().getConnection();
    }

    @BeforeEach
    void openTheShop() throws SQLException {
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, amount bigint NOT NULL, note text)",
                "ALTER TABLE orders ALTER note SET STORAGE PLAIN",
                "CREATE TABLE copied (LIKE orders INCLUDING ALL)",
                "INSERT INTO orders SELECT n, n, repeat('x', 2000) FROM generate_series(1, " + ROWS + ") AS n");
        for (long id = 1; id <= ROWS; id++) {
            committed.put(id, Long.toString(id));
        }
        mover.setAutoCommit(false);
        application.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        mover.close();
        application.close();
    }

    private void delete(long id) throws SQLException {
        Naive.execute(application, "DELETE FROM public.orders WHERE id = " + id);
    }

    private void update(long id) throws SQLException {
        Naive.execute(application, "UPDATE public.orders SET amount = amount + 100 WHERE id = " + id);
    }

    private void deleted(long id) throws SQLException {
        application.commit();
        committed.remove(id);
    }

    private void updated(long id) throws SQLException {
        application.commit();
        committed.put(id, Long.toString(id + 100));
    }

    /** A snapshot, taken now; the table is not touched. */
    private void repeatableRead() throws SQLException {
        application.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Naive.execute(application, "SELECT FROM pg_class LIMIT 1");
    }

    private Verdict verdict() {
        return Verdict.of(committed, database.rows("SELECT id, amount FROM copied"));
    }

    @OnPostgres(value = 15, hostile = false)
    void nothingIsFoundWhereNothingIsWrong() throws Exception {
        database.execute(Naive.MIRROR);
        Naive.copy(mover);
        mover.commit();
        delete(1);
        deleted(1);
        update(2);
        updated(2);
        assertThat(verdict()).isEqualTo(Verdict.TRUE);
    }

    @OnPostgres(value = 15, hostile = false)
    void aMirrorRevivesWhatIsDeletedDuringTheCopy() throws Exception {
        database.execute(Naive.MIRROR);
        Naive.copy(mover);
        delete(1);
        deleted(1);
        mover.commit();
        assertThat(verdict()).isEqualTo(new Verdict(List.of(), List.of(), List.of(1L), List.of()));
    }

    @OnPostgres(value = 15, hostile = false)
    void aMirrorLosesWhatIsChangedDuringTheCopy() throws Exception {
        database.execute(Naive.MIRROR);
        Naive.copy(mover);
        update(2);
        updated(2);
        mover.commit();
        assertThat(verdict()).isEqualTo(new Verdict(List.of(), List.of(), List.of(), List.of(2L)));
    }

    /** So far, so good. */
    @OnPostgres(value = 15, hostile = false)
    void aMirrorWithRowLocksIsRightForReadCommitted() throws Exception {
        database.execute(Naive.MIRROR);
        Naive.copyLocking(mover);
        CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> {
            try {
                delete(1);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        awaitWaiting(application);
        mover.commit();
        deleting.get();
        deleted(1);
        assertThat(verdict()).isEqualTo(Verdict.TRUE);
    }

    private void awaitWaiting(Connection connection) throws SQLException {
        String waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid = "
                + Backend.of(connection).pid() + ")";
        while (!database.value(waits).equals("t")) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @OnPostgres(value = 15, hostile = false)
    void aMirrorWithRowLocksRevivesWhatARepeatableReaderDeletes() throws Exception {
        database.execute(Naive.MIRROR);
        repeatableRead();
        Naive.copyLocking(mover);
        mover.commit();
        delete(1);
        deleted(1);
        assertThat(verdict()).isEqualTo(new Verdict(List.of(), List.of(), List.of(1L), List.of()));
    }

    @OnPostgres(value = 15, hostile = false)
    void aMirrorWithRowLocksLosesWhatARepeatableReaderChanges() throws Exception {
        database.execute(Naive.MIRROR);
        repeatableRead();
        Naive.copyLocking(mover);
        mover.commit();
        update(2);
        updated(2);
        assertThat(verdict()).isEqualTo(new Verdict(List.of(), List.of(), List.of(), List.of(2L)));
    }

    @OnPostgres(value = 15, hostile = false)
    void anExchangeOfNamesShowsAnEmptyTableToWhoeverHasAnOlderSnapshot() throws Exception {
        repeatableRead();
        Naive.copy(mover);
        Naive.rename(mover);
        mover.commit();
        try (Statement statement = application.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM public.orders")) {
            row.next();
            assertThat(row.getInt(1)).as("of %d rows", ROWS).isZero();
        }
        application.rollback();
    }

    @OnPostgres(value = 15, hostile = false)
    void anErrorOfTheMirroredTableIsAnErrorOfTheApplication() throws Exception {
        database.execute(Naive.MIRROR, "ALTER TABLE copied ADD CHECK (amount < 100)");
        Naive.copy(mover);
        mover.commit();
        assertThatThrownBy(() -> update(2)).hasMessageContaining("violates check constraint");
        application.rollback();
    }

    @OnPostgres(value = 15, hostile = false)
    void aMarkInTheLogPassesWhatIsCommittedLater() throws Exception {
        database.execute(Naive.LOG);
        Naive.copy(mover);
        mover.commit();
        delete(1);
        try (Connection other = database.owner().getConnection()) {
            Naive.execute(other, "UPDATE public.orders SET amount = amount + 100 WHERE id = 2");
            committed.put(2L, "102");
        }
        Naive.replayBehindMark(mover);
        mover.commit();
        deleted(1);
        Naive.replayBehindMark(mover);
        mover.commit();
        assertThat(verdict()).isEqualTo(new Verdict(List.of(), List.of(), List.of(1L), List.of()));
    }

    @OnPostgres(value = 15, hostile = false)
    void replayDuringTheCopyRevivesWhatItHasTakenOut() throws Exception {
        database.execute(Naive.LOG);
        try (Connection replaying = database.owner().getConnection()) {
            Naive.copy(mover);
            delete(1);
            deleted(1);
            replaying.setAutoCommit(false);
            Naive.replay(replaying);
            replaying.commit();
            mover.commit();
            Naive.replay(replaying);
            replaying.commit();
        }
        assertThat(verdict()).isEqualTo(new Verdict(List.of(), List.of(), List.of(1L), List.of()));
    }

    /** A row that is changed moves from a block that is copied already to one that is not. */
    @OnPostgres(value = 15, hostile = false)
    void copyingWhateverLiesInABlockDoublesWhatHasMoved() throws Exception {
        database.execute("ALTER TABLE copied DROP CONSTRAINT copied_pkey");
        assertThat(database.value("SELECT ctid FROM orders WHERE id = 1")).startsWith("(0,");
        Naive.copyBlocks(mover, 0, 1);
        mover.commit();
        update(1);
        updated(1);
        assertThat(database.value("SELECT ctid FROM orders WHERE id = 1")).doesNotStartWith("(0,");
        Naive.copyBlocks(mover, 1, 9);
        mover.commit();
        assertThat(verdict().doubled()).containsExactly(1L);
    }
}
