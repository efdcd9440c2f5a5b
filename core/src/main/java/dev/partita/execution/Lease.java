package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.catalog.ServerMessage;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Literal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The right to change partitions, held by one runner at a time, by the server's clock.
 *
 * <p>Each taking raises the epoch, and every writing transaction holds on to it under its own epoch: whoever was paused, cut off
 * or failed over while another took over finds the epoch changed and writes nothing. Session advisory locks cannot do this: a
 * pooler hands the same session to two clients, and a standby grants them as well.
 *
 * <p>Needs the state schema. Thread-safe.
 */
public final class Lease implements Fence, AutoCloseable {

    /** Long enough for every step but a proof, which keeps the lease by holding its row. */
    public static final Duration DEFAULT_TERM = Duration.ofMinutes(1);

    /** The one for making and retiring partitions. */
    public static final String MAINTENANCE = "maintenance";

    private final DataSource dataSource;
    private final String name;
    private final String holder;
    private final long epoch;
    private final Duration term;
    private final AtomicLong renewed = new AtomicLong(System.nanoTime());

    private Lease(DataSource dataSource, String name, String holder, long epoch, Duration term) {
        this.dataSource = dataSource;
        this.name = name;
        this.holder = holder;
        this.epoch = epoch;
        this.term = term;
    }

    /**
     * Takes the lease if nobody holds it.
     *
     * @param dataSource where the state schema lies
     * @param holder who we are, for others to read
     * @param term how long it is ours after the last sign of life
     * @throws PartitaException LEASE_TAKEN if somebody holds it; STATE_SCHEMA_UNFIT if the schema cannot be used, upon which
     *     creation should go on without a lease, and say so
     */
    public static Lease take(DataSource dataSource, String holder, Duration term) throws SQLException {
        return take(dataSource, MAINTENANCE, holder, term);
    }

    /**
     * Takes one of several leases.
     *
     * @param name what is led, such as {@link #MAINTENANCE}
     */
    public static Lease take(DataSource dataSource, String name, String holder, Duration term) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PinnedTransaction transaction = begin(connection)) {
            long epoch = raise(transaction.statement(), name, holder, term);
            transaction.commit();
            return new Lease(dataSource, name, holder, epoch, term);
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    private static PinnedTransaction begin(Connection connection) throws SQLException {
        return PinnedTransaction.begin(connection, Duration.ofMillis(300), Duration.ofSeconds(10));
    }

    private static long raise(Statement statement, String name, String holder, Duration term) throws SQLException {
        // The INSERT alone would not wait for steps under way, which hold the weakest lock on the row.
        statement.execute("SELECT FROM partita.lease WHERE name = " + Literal.of(name) + " FOR UPDATE");
        String until = "clock_timestamp() + " + interval(term);
        try (ResultSet taken = statement.executeQuery(
                "INSERT INTO partita.lease AS l (name, epoch, holder, taken_at, expires_at) VALUES (" + Literal.of(name)
                        + ", 1, "
                        + Literal.of(holder) + ", clock_timestamp(), " + until
                        + ") ON CONFLICT (name) DO UPDATE SET epoch = l.epoch + 1,"
                        + " holder = excluded.holder, taken_at = excluded.taken_at, expires_at = excluded.expires_at"
                        + " WHERE l.expires_at <= clock_timestamp() RETURNING epoch")) {
            if (taken.next()) {
                return taken.getLong(1);
            }
        }
        throw new PartitaException(taken(holderNow(statement, name)));
    }

    private static String holderNow(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT holder, to_char(taken_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') FROM partita.lease WHERE name = "
                        + Literal.of(name))) {
            return row.next() ? row.getString(1) + " since " + row.getString(2) + " UTC" : "somebody";
        }
    }

    private static Problem taken(String by) {
        return Problem.of(
                ProblemCode.LEASE_TAKEN,
                "partita.lease",
                "held by " + by + ", and two runners at once would undo each other's work",
                "wait until it ends; if its process is gone, the lease ends by itself within a minute");
    }

    private static SQLException refusal(SQLException e) {
        if (ServerMessage.lockNotAvailable(e)) {
            throw new PartitaException(taken("a run whose step is under way"), e);
        }
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("42")) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.STATE_SCHEMA_UNFIT,
                            "schema partita",
                            "the lease cannot be taken: " + ServerMessage.of(e),
                            "grant what is missing, as partita install --print shows it",
                            "or remove the schema: partita uninstall"),
                    e);
        }
        return e;
    }

    private static String interval(Duration term) {
        return term.toMillis() + " * interval '1 millisecond'";
    }

    /**
     * Holds the lease's row until the caller's transaction ends, and renews the lease when a third of its term is over. Steps
     * that run beside each other do not wait for each other here; somebody who wants to take the lease waits for all of them.
     */
    @Override
    public void pass(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            String ours = " WHERE name = " + Literal.of(name) + " AND epoch = " + epoch;
            try (ResultSet row = statement.executeQuery(
                    due()
                            ? "UPDATE partita.lease SET expires_at = clock_timestamp() + " + interval(term) + ours
                                    + " RETURNING epoch"
                            : "SELECT epoch FROM partita.lease" + ours + " FOR KEY SHARE")) {
                if (!row.next()) {
                    throw new PartitaException(Problem.of(
                            ProblemCode.LEASE_LOST,
                            "partita.lease",
                            "another runner has taken over since epoch " + epoch + ", so nothing more is changed here",
                            "let it work; run again if something is left to do"));
                }
            }
        }
    }

    /** Whether it is time to renew, told to one of several at a time. */
    private boolean due() {
        long last = renewed.get();
        long now = System.nanoTime();
        return now - last > term.toNanos() / 3 && renewed.compareAndSet(last, now);
    }

    /** Gives the lease back; the next runner need not wait. */
    @Override
    public void close() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PinnedTransaction transaction = begin(connection)) {
            transaction
                    .statement()
                    .executeUpdate("UPDATE partita.lease SET expires_at = clock_timestamp() WHERE name = "
                            + Literal.of(name) + " AND epoch = " + epoch);
            transaction.commit();
        }
    }

    /** Grows with each taking. */
    public long epoch() {
        return epoch;
    }

    @Override
    public String toString() {
        return holder + ", epoch " + epoch;
    }
}
