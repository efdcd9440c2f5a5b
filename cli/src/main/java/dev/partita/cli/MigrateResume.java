package dev.partita.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code partita migrate resume}. */
@Command(
        name = "resume",
        description = {
            "Go on with a migration that was stopped, paused, or has come to a stop.",
            "",
            "Forgets what it stopped for, because you have looked; a copy that differs is not",
            "forgotten.",
            ""
        },
        footer = {"", "Example:", "  partita migrate resume orders"})
final class MigrateResume implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--connections",
            paramLabel = "N",
            converter = ConnectionCount.class,
            description = "How many copy and build indexes at the same time (default: 2).")
    private int connections = 2;

    @Mixin
    private ThrottleOptions throttle = new ThrottleOptions();

    @Mixin
    private Migrating migrating = new Migrating();

    MigrateResume(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.run(console, connections, (runner, session, stopping) -> {
            if (throttle.given()) {
                throttle.apply(runner, migrating.open(runner));
            }
            runner.pause(false);
            runner.forgive();
            return runner.run();
        });
    }
}
