package dev.partita.cli;

import dev.partita.json.MigrationsJson;
import dev.partita.migration.Migrations;
import dev.partita.migration.Standing;
import dev.partita.report.MigrationText;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partita migrate status}. */
@Command(
        name = "status",
        description = "Show where migrations are, how far, and for what they wait.",
        footer = {
            "",
            "Examples:",
            "  partita migrate status                all that have not ended",
            "  partita migrate status orders --watch until nothing happens by itself any more"
        })
final class MigrateStatus implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "TABLE",
            description = "The last migration of this table; it need not be declared.")
    private @Nullable String table;

    @Option(names = "--watch", description = "Show it anew when it changes, until nothing happens by itself any more.")
    private boolean watch;

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    MigrateStatus(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (watch && common.json()) {
            throw new ParameterException(
                    spec.commandLine(), "--watch and --format json exclude each other; ask as often as you like");
        }
        Declared declared = Declared.ifThere(declaration.file(console));
        try (Session session = Session.open(console, common, database, declared.database())) {
            List<Standing> standings = watch ? watched(session) : shown(session);
            return standings.stream().anyMatch(standing -> standing.problem().isPresent())
                    ? ExitCode.NEEDS_A_PERSON
                    : ExitCode.FINE;
        }
    }

    private List<Standing> shown(Session session) {
        List<Standing> standings = standings(session);
        console.out()
                .print(
                        common.json()
                                ? MigrationsJson.of("migrate status", standings, session.now(), Main.version())
                                : MigrationText.of(standings, common.look(console)));
        return standings;
    }

    /** On a terminal it is written over itself. */
    private List<Standing> watched(Session session) {
        CountDownLatch stopped = new CountDownLatch(1);
        String before = "";
        try (Stopping stopping = Stopping.begin()) {
            stopping.by(stopped::countDown);
            while (true) {
                List<Standing> standings = standings(session);
                String text = MigrationText.of(standings, common.look(console));
                String told = timeless(text);
                if (console.terminal()) {
                    console.out().print(erase(before) + text);
                } else if (!told.equals(timeless(before))) {
                    console.out().print(text);
                }
                console.out().flush();
                before = text;
                if (standings.stream().noneMatch(Standing::underWay) || stopped.await(1, TimeUnit.SECONDS)) {
                    return standings;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Without what grows by itself. */
    private static String timeless(String text) {
        return text.replaceAll(" \\([0-9][^)]*\\)", "").replaceAll("open for \\d+ s", "");
    }

    /** Back to where the last text began. */
    private static String erase(String before) {
        long lines = before.lines().count();
        return lines == 0 ? "" : "\u001b[" + lines + "A\u001b[J";
    }

    private List<Standing> standings(Session session) {
        @Nullable String named = table;
        if (named == null) {
            return read(session, false).stream()
                    .filter(standing -> declaration.named().isEmpty()
                            || declaration.named().contains(standing.migration().table()))
                    .toList();
        }
        TableName name = DeclarationOptions.name(named);
        return read(session, true).stream()
                .filter(standing -> standing.migration().table().equals(name))
                .limit(1)
                .toList();
    }

    private static List<Standing> read(Session session, boolean ended) {
        return session.ask(() -> {
            try (Connection connection = session.dataSource().getConnection()) {
                return ended ? Migrations.all(connection, session.now()) : Migrations.open(connection, session.now());
            }
        });
    }
}
