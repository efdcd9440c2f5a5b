package dev.partita.cli;

import dev.partita.declaration.Declarations;
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
    private Acting acting = new Acting();

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = acting.declared(console);
        Declarations chosen = acting.chosen(declared);
        Set<TableName> names = Named.in(partitions);
        return acting.act(
                console,
                declared,
                chosen,
                1,
                partita -> Named.only(
                        partita.plan(Request.NONE.with(Request.Retire.NEVER).restoring(names)),
                        names,
                        AttachAgain.class,
                        "is no retired partition of a declared table here",
                        "partita status names those that are retired",
                        "its place may be taken by another partition, or its columns may differ: partita plan says so"));
    }
}
