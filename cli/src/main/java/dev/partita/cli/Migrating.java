package dev.partita.cli;

import dev.partita.declaration.TableDeclaration;
import dev.partita.json.MigrationsJson;
import dev.partita.migration.Ending;
import dev.partita.migration.Migration;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Migrations;
import dev.partita.migration.Standing;
import dev.partita.problem.Problem;
import dev.partita.report.Look;
import dev.partita.report.MigrationText;
import dev.partita.report.ProblemText;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of commands that govern the migration of one table, and the way in which they do it. */
final class Migrating {

    @Parameters(arity = "1", paramLabel = "TABLE", description = "A declared table, as orders or shop.orders.")
    private @Nullable String table;

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    /** What is done with the migration. */
    @FunctionalInterface
    interface Work {
        Ending run(MigrationRunner runner, Session session, Stopping stopping) throws SQLException;
    }

    TableName table() {
        return DeclarationOptions.name(String.valueOf(table));
    }

    boolean quiet() {
        return common.quiet();
    }

    boolean json() {
        return common.json();
    }

    Look look(Console console) {
        return common.look(console);
    }

    /** The same with one connection. */
    int run(Console console, Work work) {
        return run(console, 1, work);
    }

    /** The same, where how it came to rest is said as always. */
    int run(Console console, int connections, Work work) {
        return run(console, connections, work, ending -> MigrationText.of(table(), ending, look(console)));
    }

    /**
     * Works on it in the foreground, with progress and so that it can be stopped, and prints how it came to rest.
     *
     * @param connections how many copy and build at the same time
     * @param words for people, of what became of it
     * @return the exit code
     */
    int run(Console console, int connections, Work work, Function<Ending, String> words) {
        Declared declared = Declared.in(declaration.file(console));
        TableDeclaration chosen = chosen(declared);
        try (Stopping stopping = Stopping.begin();
                Session session = Session.open(console, common, database, declared.database())) {
            session.connected().requireWritable();
            Ending ending;
            try (MigrationProgress progress = MigrationProgress.of(console, common, session, table())) {
                MigrationRunner runner = runner(console, session, chosen, connections, progress);
                stopping.by(runner::stop);
                ending = session.ask(() -> work.run(runner, session, stopping));
            }
            return tell(console, session, ending, stopping.told(), words);
        }
    }

    /** The migration of the table that has not ended. */
    Migration open(MigrationRunner runner) throws SQLException {
        return runner.open().orElseThrow(() -> MigrationRunner.unknown(table()));
    }

    /** Looks, and changes nothing. */
    <T> T look(Console console, java.util.function.BiFunction<MigrationRunner, Session, T> question) {
        Declared declared = Declared.in(declaration.file(console));
        TableDeclaration chosen = chosen(declared);
        try (Session session = Session.open(console, common, database, declared.database())) {
            return question.apply(runner(console, session, chosen, 1, MigrationListener.NONE), session);
        }
    }

    private TableDeclaration chosen(Declared declared) {
        return declaration
                .chosen(declared.declarations())
                .only(List.of(table()))
                .tables()
                .get(0);
    }

    private static MigrationRunner runner(
            Console console, Session session, TableDeclaration table, int connections, MigrationListener listener) {
        return new MigrationRunner(session.dataSource(), table, console.clock(), connections, listener);
    }

    private int tell(Console console, Session session, Ending ending, boolean stopped, Function<Ending, String> words) {
        ending.problem().ifPresent(problem -> console.err().print(ProblemText.of(problem, look(console))));
        console.out()
                .print(
                        json()
                                ? MigrationsJson.of(
                                        "migrate", standing(session).stream().toList(), session.now(), Main.version())
                                : words.apply(ending));
        if (stopped) {
            return ExitCode.INTERRUPTED;
        }
        Optional<Problem> problem = ending.problem();
        return problem.isPresent() ? ExitCode.of(List.of(problem.get())) : ExitCode.FINE;
    }

    /** The last migration of the table, if there was one. */
    Optional<Standing> standing(Session session) {
        return session.ask(() -> {
            try (Connection connection = session.dataSource().getConnection()) {
                return Migrations.all(connection, session.now()).stream()
                        .filter(standing -> standing.migration().table().equals(table()))
                        .findFirst();
            }
        });
    }
}
