package dev.partita.migration;

import dev.partita.catalog.Row;
import dev.partita.catalog.ServerMessage;
import dev.partita.catalog.Snapshot;
import dev.partita.execution.StateSchema;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The migrations of a database, as its state schema remembers them. Reading them needs no declaration, changes nothing and waits
 * for no lock that a migration takes.
 */
public final class Migrations {

    private Migrations() {}

    /**
     * Those that have not ended.
     *
     * @param connection outside of a transaction
     * @param now by the clock that counts
     * @return the newest first
     * @throws PartitaException STATE_SCHEMA_UNFIT if the state schema is not installed, too old, or may not be read
     */
    public static List<Standing> open(Connection connection, Instant now) throws SQLException {
        return read(connection, false, now);
    }

    /** All, those that have ended as well; else like {@link #open}. */
    public static List<Standing> all(Connection connection, Instant now) throws SQLException {
        return read(connection, true, now);
    }

    private static List<Standing> read(Connection connection, boolean ended, Instant now) throws SQLException {
        requireMigrations(connection);
        List<Standing> standings = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            List<Migration> migrations = new ArrayList<>();
            snapshot.each(
                    Query.MIGRATIONS.ended(ended),
                    row -> migrations.add(ObservationReader.migration(row, row.table("schema_name", "table_name"))));
            for (Migration migration : migrations) {
                standings.add(migration.phase().isOver() ? over(migration, now) : standing(snapshot, migration, now));
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return standings;
    }

    private static Standing over(Migration migration, Instant now) {
        return new Standing(
                migration, Progress.of(migration, 0, 0, 0, 0, now, Optional.empty()), false, List.of(), now);
    }

    private static Standing standing(Snapshot snapshot, Migration migration, Instant now) throws SQLException {
        boolean swapped = migration.phase().isSwapped();
        Rewrite rewrite = migration.rewrite();
        TableName log = rewrite.log(swapped);
        List<Seen> found = new ArrayList<>();
        snapshot.each(
                Query.STANDING.of(migration, swapped ? migration.table() : rewrite.shadow(), log),
                row -> found.add(Seen.of(row)));
        Seen seen = found.get(0);
        long backlog = seen.noted()
                ? ObservationReader.backlog(snapshot, log, swapped ? rewrite.retired() : migration.table())
                : 0;
        Progress progress = Progress.of(
                migration,
                seen.missing(),
                seen.leaves(),
                seen.indexed(),
                backlog,
                now,
                migration
                        .copy()
                        .map(copy -> migration.phase() == Phase.COPYING
                                ? seen.copying()
                                : seen.copying().ended()));
        return new Standing(migration, progress, seen.running(), ObservationReader.older(snapshot, migration), now);
    }

    private record Seen(
            long missing, int leaves, int indexed, boolean noted, boolean running, Progress.Copying copying) {

        static Seen of(Row row) throws SQLException {
            return new Seen(
                    row.number("missing"),
                    (int) row.number("leaves"),
                    (int) row.number("indexed"),
                    row.flag("noted"),
                    row.flag("running"),
                    Progress.Copying.of(
                            row.number("rows"),
                            row.number("lately"),
                            row.number("blocks_lately"),
                            Double.parseDouble(row.text("seconds")),
                            row.number("missing")));
        }
    }

    /**
     * How large a table is; empty if it does not exist.
     *
     * @param connection outside of a transaction
     */
    public static Optional<Extent> extent(Connection connection, TableName table) throws SQLException {
        List<Extent> found = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            snapshot.each(
                    Query.EXTENT.about(table),
                    row -> found.add(new Extent(row.number("rows"), row.number("bytes"), row.number("indexes"))));
        }
        return found.stream().findFirst();
    }

    /** The lease that keeps two processes from working on the same migration. */
    static String lease(TableName table) {
        return "migration of " + table;
    }

    private static void requireMigrations(Connection connection) throws SQLException {
        Optional<Integer> version = StateSchema.version(connection);
        if (version.orElse(0) < StateSchema.WITH_MIGRATIONS) {
            throw new PartitaException(Problem.of(
                    ProblemCode.STATE_SCHEMA_UNFIT,
                    "schema partita",
                    version.isEmpty()
                            ? "the state schema is not installed, so there is no migration"
                            : "the state schema is of version " + version.get() + ", and migrations need version "
                                    + StateSchema.WITH_MIGRATIONS,
                    "partita install"));
        }
    }

    private static SQLException unreadable(SQLException e) {
        if (String.valueOf(e.getSQLState()).equals("42501")) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.STATE_SCHEMA_UNFIT,
                            "partita.migration",
                            ServerMessage.of(e),
                            "log in as partita_viewer or partita_runner, or grant what is missing, as partita install --print shows it"),
                    e);
        }
        return e;
    }
}
