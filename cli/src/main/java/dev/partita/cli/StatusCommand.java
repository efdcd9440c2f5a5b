package dev.partita.cli;

import dev.partita.declaration.Declarations;
import dev.partita.json.StatusJson;
import dev.partita.plan.Severity;
import dev.partita.report.Status;
import dev.partita.report.StatusText;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code partita status}. */
@Command(
        name = "status",
        description = "Show the drawers: size, rows, how far they reach, what happens next.",
        footer = {
            "",
            "Examples:",
            "  partita status                        every declared table, its newest partitions",
            "  partita status shop.orders            all partitions of one table",
            "  partita status --format json          for programs"
        })
final class StatusCommand implements Callable<Integer> {

    /** Of each of several tables so many partitions are shown, the newest. */
    private static final int NEWEST = 12;

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "This table, with all its partitions.")
    private @Nullable String table;

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = Declared.in(declaration.file(console));
        Declarations chosen = table == null
                ? declaration.chosen(declared.declarations())
                : declared.declarations().only(List.of(DeclarationOptions.name(table)));
        try (Session session = Session.open(console, common, database, declared.database())) {
            Status status = session.ask(session.partita(chosen)::status);
            console.out()
                    .print(
                            common.json()
                                    ? StatusJson.of(status, session.heading())
                                    : StatusText.of(
                                            status,
                                            session.heading(),
                                            table == null ? NEWEST : Integer.MAX_VALUE,
                                            common.look(console)));
            return status.plan().has(Severity.ERROR) ? ExitCode.NEEDS_A_PERSON : ExitCode.FINE;
        }
    }
}
