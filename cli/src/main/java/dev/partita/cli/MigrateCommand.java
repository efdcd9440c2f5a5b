package dev.partita.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partita migrate}. */
@Command(
        name = "migrate",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Turn a table with rows into its declared partitions, while everybody works.",
            "",
            "The rows are copied into a new table, what changes meanwhile is brought over, both are",
            "compared, and the new one takes the old one's place in one short transaction. Each",
            "command may be stopped at any time: where the migration is stands in the database.",
            ""
        },
        subcommands = {
            MigratePlan.class,
            MigrateStart.class,
            MigrateStatus.class,
            MigrateList.class,
            MigrateThrottle.class,
            MigratePause.class,
            MigrateResume.class,
            MigrateCutover.class,
            MigrateRollback.class,
            MigrateFinish.class,
            MigrateAbort.class
        },
        footer = {"", "Help on a command: partita migrate start --help"})
final class MigrateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean helpAsked;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.FINE;
    }
}
