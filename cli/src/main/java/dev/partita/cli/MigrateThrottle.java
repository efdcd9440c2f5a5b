package dev.partita.cli;

import dev.partita.migration.Ending;
import dev.partita.migration.Migration;
import dev.partita.migration.MigrationRunner;
import dev.partita.report.MigrationText;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code partita migrate throttle}. */
@Command(
        name = "throttle",
        description = {
            "Say how far a migration may burden the server, and in which hours it may swap.",
            "",
            "Whichever process works on it looks at this before each piece, so it holds from the next",
            "one on; nothing has to be begun anew. What is not named stays as it is; the word none",
            "lifts a limit.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita migrate throttle orders --max-lag 5s --max-wal-rate 32MB",
            "  partita migrate throttle orders --share 25",
            "  partita migrate throttle orders --max-lag none --share none"
        })
final class MigrateThrottle implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ThrottleOptions throttle = new ThrottleOptions();

    @Mixin
    private Migrating migrating = new Migrating();

    MigrateThrottle(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!throttle.given()) {
            throw new ParameterException(spec.commandLine(), "Nothing to change: name a limit, as --max-lag 5s");
        }
        return migrating.run(console, (runner, session, stopping) -> told(runner));
    }

    private Ending told(MigrationRunner runner) throws SQLException {
        throttle.apply(runner, migrating.open(runner));
        Migration now = migrating.open(runner);
        return new Ending(now.phase(), MigrationText.limits(now), Optional.empty());
    }
}
