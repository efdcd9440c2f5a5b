package dev.partita.cli;

import dev.partita.migration.Throttle;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code partita migrate start}. */
@Command(
        name = "start",
        description = {
            "Begin a migration, and go on until the new table is in use.",
            "",
            "Refuses when something stands against it, and says what. Ctrl+C stops it without harm:",
            "partita migrate resume goes on from there.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita migrate plan orders           what would happen",
            "  partita migrate start orders",
            "  partita migrate start orders --postpone-cutover --connections 4",
            "  partita migrate start orders --max-lag 5s --cutover-window 'Sun 02:00-04:00 Europe/Berlin'"
        })
final class MigrateStart implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--postpone-cutover",
            description = "Keep the new table in step and do not swap, until: partita migrate cutover")
    private boolean postponed;

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

    MigrateStart(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.run(console, connections, (runner, session, stopping) -> {
            runner.start(postponed, throttle.window(Optional.empty()), throttle.changed(Throttle.NONE));
            return runner.run();
        });
    }
}
