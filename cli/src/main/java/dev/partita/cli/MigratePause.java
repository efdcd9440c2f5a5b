package dev.partita.cli;

import dev.partita.migration.Ending;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code partita migrate pause}. */
@Command(
        name = "pause",
        description = {
            "Have nothing done for a migration until: partita migrate resume",
            "",
            "The process that is at work on it ends what is under way, and rests. Changes are still",
            "noted, so a long pause makes for much to bring over.",
            ""
        },
        footer = {"", "Example:", "  partita migrate pause orders"})
final class MigratePause implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Migrating migrating = new Migrating();

    MigratePause(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.run(console, (runner, session, stopping) -> {
            runner.pause(true);
            return new Ending(
                    runner.open().orElseThrow().phase(),
                    "paused; what is under way ends first, and partita migrate resume " + migrating.table()
                            + " goes on",
                    Optional.empty());
        });
    }
}
