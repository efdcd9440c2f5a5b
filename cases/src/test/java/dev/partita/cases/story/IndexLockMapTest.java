package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.DropIndexConcurrently;
import dev.partita.step.RelationLock;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * The locks that the building of indexes takes on each major, on indexes as well, kept as a golden file. What builds or drops one
 * while everybody writes has its own transactions, so it is looked at while it waits for somebody who has written.
 */
class IndexLockMapTest {

    /** Without what others cannot see yet. */
    private static final String HELD = """
            SELECT c.relname, l.mode
            FROM pg_locks l
            JOIN pg_class c ON c.oid = l.relation
            WHERE l.pid = %d AND l.locktype = 'relation' AND l.granted
              AND c.relnamespace = 'public'::regnamespace AND c.oid <= %d""";

    private static final String NEWEST = "SELECT max(oid::bigint) FROM pg_class";

    @Test
    void eachStepThatBuildsAnIndexTakesTheLocksThatTheMapAndTheStepItselfSay() throws Exception {
        LockMap.check("index-lock-map.txt", "indexes.case", IndexLockMapTest::look);
    }

    private static void look(Telling telling, Story scene, LockMap map) throws SQLException {
        telling.set(Chapter.of(scene).get(0));
        for (Step step : telling.plan().steps().toList()) {
            SortedMap<TableName, Lock> held = step.transactional() ? within(step, telling) : meanwhile(step, telling);
            map.add(step, held);
            held.forEach((relation, mode) -> assertThat(isSaid(step, new RelationLock(relation, mode)))
                    .as("%s holds %s on %s and says %s", PlanText.of(step), mode, relation, step.locks())
                    .isTrue());
            assertThat(held.keySet())
                    .as("what %s says that it locks", PlanText.of(step))
                    .containsAll(
                            step.locks().stream().map(RelationLock::relation).toList());
        }
        assertThat(telling.plan().isEmpty()).isTrue();
    }

    /** What stops nobody, and the very index that is dropped, need not be said. */
    private static boolean isSaid(Step step, RelationLock held) {
        return held.mode() == Lock.ACCESS_SHARE
                || step.locks().contains(held)
                || step instanceof DropIndexConcurrently && held.relation().equals(step.relation());
    }

    private static SortedMap<TableName, Lock> within(Step step, Telling telling) throws SQLException {
        try (Connection connection = telling.database().superuser().getConnection();
                Statement statement = connection.createStatement()) {
            long newest = newest(statement);
            connection.setAutoCommit(false);
            for (Sql sql : step.script()) {
                statement.execute(sql.sql());
            }
            SortedMap<TableName, Lock> held = held(statement, pid(connection), newest);
            connection.commit();
            return held;
        }
    }

    private static SortedMap<TableName, Lock> meanwhile(Step step, Telling telling) throws SQLException {
        TableName partition = step instanceof CreateIndexConcurrently create
                ? create.partition()
                : ((DropIndexConcurrently) step).partition();
        try (Connection writer = telling.database().superuser().getConnection();
                Statement writing = writer.createStatement();
                Connection builder = telling.database().superuser().getConnection();
                Statement building = builder.createStatement()) {
            long newest = newest(writing);
            int pid = pid(builder);
            writer.setAutoCommit(false);
            writing.execute("LOCK TABLE ONLY " + partition.sql() + " IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> built = CompletableFuture.runAsync(() -> execute(building, step));
            while (!built.isDone() && !waits(writing, pid)) {
                Thread.onSpinWait();
            }
            SortedMap<TableName, Lock> held = held(writing, pid, newest);
            writer.rollback();
            built.join();
            return held;
        }
    }

    private static void execute(Statement statement, Step step) {
        try {
            statement.execute(step.sql().get(0).sql());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean waits(Statement statement, int pid) throws SQLException {
        return Rows.of(statement, "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid = " + pid + ")")
                .equals("t");
    }

    private static long newest(Statement statement) throws SQLException {
        return Long.parseLong(Rows.of(statement, NEWEST));
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** The strongest lock on each relation. */
    private static SortedMap<TableName, Lock> held(Statement statement, int pid, long newest) throws SQLException {
        SortedMap<TableName, Lock> held = new TreeMap<>();
        try (ResultSet row = statement.executeQuery(HELD.formatted(pid, newest))) {
            while (row.next()) {
                String mode = row.getString(2).replaceAll("Lock$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
                held.merge(
                        TableName.parse("public." + row.getString(1)),
                        Lock.valueOf(mode.toUpperCase(Locale.ROOT)),
                        Lock::stronger);
            }
        }
        return held;
    }
}
