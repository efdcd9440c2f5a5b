package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.cli.connection.Connected;
import dev.partita.cli.connection.ConnectionTrouble;
import dev.partita.cli.connection.Target;
import dev.partita.cli.connection.TargetDataSource;
import dev.partita.declaration.Declarations;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.report.Heading;
import dev.partita.report.ProblemText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A database that a command has reached. */
final class Session implements AutoCloseable {

    private final Console console;
    private final TargetDataSource dataSource;
    private final Connected connected;

    private Session(Console console, TargetDataSource dataSource, Connected connected) {
        this.console = console;
        this.dataSource = dataSource;
        this.connected = connected;
    }

    /**
     * Reaches the database, and tells what a person should know about server and role.
     *
     * @param configured the connection string of the declaration file
     */
    static Session open(Console console, Speaking common, DatabaseOptions options, @Nullable String configured) {
        Target target = Target.find(options.with(configured), console.surroundings(), console.err()::println);
        TargetDataSource dataSource = target.dataSource();
        Connected connected = Connected.to(dataSource);
        if (!common.quiet()) {
            connected.notes().forEach(note -> console.err().print(ProblemText.of(note, common.look(console))));
        }
        return new Session(console, dataSource, connected);
    }

    /** The front door to these tables. */
    Partita partita(Declarations declarations) {
        return Partita.of(dataSource, declarations).with(console.clock());
    }

    /** The present, by the clock that counts. */
    Instant now() {
        return ask(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return console.clock().now(connection);
            }
        });
    }

    TargetDataSource dataSource() {
        return dataSource;
    }

    Connected connected() {
        return connected;
    }

    Heading heading() {
        return new Heading(Main.version(), dataSource.target().display());
    }

    /** Speaks to the database, and puts its refusals into words. */
    <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    private PartitaException trouble(SQLException e) {
        String state = e.getSQLState() == null ? "08" : e.getSQLState();
        if (state.startsWith("08") || state.startsWith("28") || state.startsWith("57P") || state.startsWith("3D")) {
            return ConnectionTrouble.of(dataSource.target(), e);
        }
        return new PartitaException(
                Problem.of(
                        state.equals("42501") ? ProblemCode.PRIVILEGE_MISSING : ProblemCode.STATEMENT_FAILED,
                        dataSource.target().display(),
                        String.valueOf(e.getMessage()) + " (SQLSTATE " + state + ")",
                        state.equals("42501")
                                ? "grant it to " + connected.role() + ", or connect as the owner of the tables"
                                : "mend what the server complains of, and try again"),
                e);
    }

    /**
     * Something that needs the database.
     *
     * @param <T> the answer
     */
    @FunctionalInterface
    interface Question<T> {
        T answer() throws SQLException;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
