package dev.partita.cli;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.CreateIndexConcurrently;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Asks every second how far an index is, on a connection of its own, until it is closed. A short build is never asked about. */
final class BuildWatch implements AutoCloseable {

    private final DataSource dataSource;
    private final Sql question;
    private final Consumer<String> told;
    private final CountDownLatch closed = new CountDownLatch(1);

    private BuildWatch(DataSource dataSource, Sql question, Consumer<String> told) {
        this.dataSource = dataSource;
        this.question = question;
        this.told = told;
    }

    /**
     * Begins to watch.
     *
     * @param told gets a few words now and then, on another thread
     */
    static BuildWatch of(CreateIndexConcurrently build, DataSource dataSource, Consumer<String> told) {
        Sql question = Sql.of(
                "SELECT phase, CASE WHEN blocks_total > 0 THEN 100 * blocks_done / blocks_total END, current_locker_pid"
                        + " FROM pg_catalog.pg_stat_progress_create_index"
                        + " WHERE datname = pg_catalog.current_database() AND relid = pg_catalog.to_regclass({})",
                Literal.of(build.partition().sql()));
        BuildWatch watch = new BuildWatch(dataSource, question, told);
        Thread thread = new Thread(watch::watch, "partita build watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void watch() {
        try {
            if (over()) {
                return;
            }
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                do {
                    words(statement).ifPresent(told);
                } while (!over());
            }
        } catch (SQLException e) {
            // Only the progress is lost; the build goes on, and is told when it is done.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean over() throws InterruptedException {
        return closed.await(1, TimeUnit.SECONDS);
    }

    private Optional<String> words(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(question.sql())) {
            if (!row.next()) {
                return Optional.empty();
            }
            String percent = row.getString(2) == null ? "" : ", " + row.getString(2) + " %";
            String locker = row.getInt(3) == 0 ? "" : ", pid " + row.getInt(3);
            return Optional.of(row.getString(1) + percent + locker);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
