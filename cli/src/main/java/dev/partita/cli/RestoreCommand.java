package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Run;
import dev.partita.plan.Request;
import dev.partita.step.AttachAgain;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code partita restore}. */
@Command(
        name = "restore",
        description = {
            "Take retired partitions back into their table, with their rows.",
            "",
            "The same table in its old place; nothing is copied. What keep: says about it is not",
            "changed: the next run that retires takes it out again, with a fresh grace.",
            ""
        },
        footer = {"", "Example:", "  partita restore orders_2022_01"})
final class RestoreCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "PARTITION", description = "A retired partition, as orders_2022_01.")
    private List<String> partitions = new ArrayList<>();

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = Declared.in(declaration.file(console));
        Declarations chosen = declaration.chosen(declared.declarations());
        Set<TableName> names = Named.in(partitions);
        try (Stopping stopping = Stopping.begin();
                Session session = Session.open(console, common, database, declared.database())) {
            session.connected().requireWritable();
            Partita partita = session.partita(chosen);
            Applying applying = new Applying(console, common, session, partita, stopping);
            Run run = applying.rounds(
                    () -> Named.only(
                            partita.plan(Request.NONE.with(Request.Retire.NEVER).restoring(names)),
                            names,
                            AttachAgain.class,
                            "is no retired partition of a declared table here",
                            "partita status names those that are retired",
                            "its place may be taken by another partition, or its columns may differ: partita plan says so"),
                    1);
            return applying.tell(run);
        }
    }
}
