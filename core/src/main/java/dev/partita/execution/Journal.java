package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.catalog.ServerMessage;
import dev.partita.execution.JournalEntry.Ending;
import dev.partita.execution.JournalEntry.Who;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.sql.Template;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was changed in a database, when, why and by whom; part of the state schema. Runs write it, here it is read. */
public final class Journal {

    private static final Template LINES = Template.beside(Journal.class, "journal.sql");

    private Journal() {}

    /**
     * Which lines.
     *
     * @param tables of these; empty for all
     * @param since not older
     * @param endings that ended so; empty for all
     * @param most not more than so many, the newest
     */
    public record Choice(List<TableName> tables, Optional<Instant> since, List<Ending> endings, int most) {

        public Choice {
            tables = List.copyOf(tables);
            endings = List.copyOf(endings);
        }

        /** Only what was not simply done. */
        public Choice failed() {
            return new Choice(
                    tables,
                    since,
                    Arrays.stream(Ending.values())
                            .filter(Ending::wantsAttention)
                            .toList(),
                    most);
        }
    }

    /**
     * The lines, newest first.
     *
     * @param connection outside of a transaction
     * @throws PartitaException STATE_SCHEMA_UNFIT if there is no journal, or none that we may read
     */
    public static List<JournalEntry> read(Connection connection, Choice choice) throws SQLException {
        requireJournal(connection);
        String question = LINES.filled(Map.of(
                "tables",
                Literal.array(choice.tables().stream().map(TableName::sql).toList()),
                "since",
                Literal.of(choice.since().map(Instant::toString).orElse("-infinity")),
                "outcomes",
                Literal.array(choice.endings().stream().map(Journal::word).toList()),
                "most",
                Literal.of(choice.most())));
        List<JournalEntry> entries = new ArrayList<>();
        try (PinnedTransaction transaction = begin(connection);
                ResultSet row = transaction.statement().executeQuery(question)) {
            while (row.next()) {
                entries.add(entry(row));
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return entries;
    }

    /**
     * Forgets old lines, with the rights of the journal's owner: whoever only writes it may not.
     *
     * @param before older than this; what was begun and has no end is kept
     * @return how many
     */
    public static long prune(Connection connection, Instant before) throws SQLException {
        requireJournal(connection);
        try (PinnedTransaction transaction = begin(connection)) {
            transaction
                    .statement()
                    .execute("SELECT set_config('role', pg_get_userbyid(relowner), true) FROM pg_class"
                            + " WHERE oid = 'partita.journal'::regclass AND pg_get_userbyid(relowner) <> current_user");
            long gone = transaction
                    .statement()
                    .executeLargeUpdate(Sql.of(
                                    "DELETE FROM partita.journal j WHERE j.happened_at < {} AND (j.outcome <> 'begun'"
                                            + " OR EXISTS (SELECT FROM partita.journal ended WHERE ended.begun = j.id))",
                                    Literal.of(before))
                            .sql());
            transaction.commit();
            return gone;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static PinnedTransaction begin(Connection connection) throws SQLException {
        return PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    private static void requireJournal(Connection connection) throws SQLException {
        Optional<Integer> version = StateSchema.version(connection);
        if (version.orElse(0) < StateSchema.WITH_JOURNAL) {
            throw new PartitaException(Problem.of(
                    ProblemCode.STATE_SCHEMA_UNFIT,
                    "schema partita",
                    version.isEmpty()
                            ? "the state schema is not installed, so no journal is kept"
                            : "the state schema is of version " + version.get() + ", which has no journal",
                    "partita install; from then on every change is written down"));
        }
    }

    private static SQLException unreadable(SQLException e) {
        if (String.valueOf(e.getSQLState()).startsWith("42")) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.STATE_SCHEMA_UNFIT,
                            "partita.journal",
                            ServerMessage.of(e),
                            "log in as partita_viewer or partita_runner, or grant what is missing, as partita install --print shows it"),
                    e);
        }
        return e;
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getBigDecimal("happened_at_ms").longValue()),
                new Who(
                        row.getString("role"),
                        row.getString("os_user"),
                        Optional.ofNullable(row.getString("client")),
                        row.getInt("process")),
                UUID.fromString(row.getString("run")),
                Instant.ofEpochMilli(row.getBigDecimal("planned_for_ms").longValue()),
                row.getString("plan"),
                row.getString("table_name"),
                row.getString("relation"),
                row.getString("what"),
                row.getString("reason"),
                row.getString("sql"),
                Ending.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("problem")),
                Optional.ofNullable(row.getString("detail")),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("waited_ms")),
                Duration.ofMillis(row.getLong("took_ms")));
    }

    private static String word(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT);
    }
}
