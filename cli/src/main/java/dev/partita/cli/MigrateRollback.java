package dev.partita.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code partita migrate rollback}. */
@Command(
        name = "rollback",
        description = {
            "Put the old table in its place again, with everything that was written since the swap.",
            "",
            "Possible until: partita migrate finish. It may be stopped, and partita migrate resume goes",
            "on with it.",
            ""
        },
        footer = {"", "Example:", "  partita migrate rollback orders"})
final class MigrateRollback implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Migrating migrating = new Migrating();

    MigrateRollback(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.run(console, (runner, session, stopping) -> runner.rollback());
    }
}
