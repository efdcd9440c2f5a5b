package dev.partita.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code partita migrate abort}. */
@Command(
        name = "abort",
        description = {
            "Give a migration up before the new table is in use, and take away what it has made.",
            "",
            "The old table is as it was. Where another process is at work on it, stop that one or",
            "say first: partita migrate pause",
            ""
        },
        footer = {"", "Example:", "  partita migrate abort orders"})
final class MigrateAbort implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Migrating migrating = new Migrating();

    MigrateAbort(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.run(console, (runner, session, stopping) -> runner.abort());
    }
}
