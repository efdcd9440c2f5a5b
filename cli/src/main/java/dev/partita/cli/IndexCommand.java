package dev.partita.cli;

import dev.partita.declaration.Declarations;
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
    private Acting acting = new Acting();

    IndexCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = acting.declared(console);
        Declarations chosen = acting.chosen(declared);
        Declarations named = tables.isEmpty()
                ? chosen
                : chosen.only(tables.stream().map(DeclarationOptions::name).toList());
        return acting.act(
                console,
                declared,
                named,
                MOST_ROUNDS,
                partita -> partita.plan(Request.NONE.with(Request.Retire.NEVER)).onlyIndexes());
    }
}
