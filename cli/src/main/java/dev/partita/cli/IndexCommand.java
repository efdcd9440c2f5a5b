package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Run;
import dev.partita.plan.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code partita index}. */
@Command(
        name = "index",
        description = {
            "Build the declared indexes that tables or partitions lack, while everybody works.",
            "",
            "What partita apply does last of all, and nothing else. It may take hours, and may be",
            "stopped at any time: what is done stays done, and the next run goes on from there.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita index                         whatever is declared and missing",
            "  partita index shop.orders             one table only",
            "  partita plan                          shows what would be built"
        })
final class IndexCommand implements Callable<Integer> {

    private static final int MOST_ROUNDS = 3;

    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Only this table, as orders or shop.orders.")
    private List<String> tables = new ArrayList<>();

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    IndexCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = Declared.in(declaration.file(console));
        Declarations chosen = declaration.chosen(declared.declarations());
        Declarations named = tables.isEmpty()
                ? chosen
                : chosen.only(tables.stream().map(DeclarationOptions::name).toList());
        try (Stopping stopping = Stopping.begin();
                Session session = Session.open(console, common, database, declared.database())) {
            session.connected().requireWritable();
            Partita partita = session.partita(named);
            Applying applying = new Applying(console, common, session, partita, stopping);
            Run run = applying.rounds(
                    () -> partita.plan(Request.NONE.with(Request.Retire.NEVER)).onlyIndexes(), MOST_ROUNDS);
            return applying.tell(run);
        }
    }
}
