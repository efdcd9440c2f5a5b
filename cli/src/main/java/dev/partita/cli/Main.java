package dev.partita.cli;

import dev.partita.report.Visible;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code partita}. */
@Command(
        name = "partita",
        versionProvider = Main.Version.class,
        description = "Keeps large PostgreSQL tables partitioned: declare, see the plan, apply.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            IndexCommand.class,
            MigrateCommand.class,
            RestoreCommand.class,
            ReleaseCommand.class,
            AdoptCommand.class,
            StatusCommand.class,
            LogCommand.class,
            CheckCommand.class,
            InitCommand.class,
            InstallCommand.class,
            UninstallCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Help on a command: partita plan --help, or partita help plan"})
public final class Main implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean helpAsked;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean versionAsked;

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(Console.ofThisProcess(), args));
    }

    /** Runs one command and gives its exit code. */
    static int run(Console console, String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            console.out().println(Version.line());
            return ExitCode.FINE;
        }
        try {
            return commandLine(console).execute(args);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            console.err().println("partita: unexpected: " + Visible.of(e.toString()));
            return ExitCode.UNEXPECTED;
        }
    }

    /** The whole tree of commands. */
    static CommandLine commandLine(Console console) {
        Trouble trouble = new Trouble(console);
        boolean colored = console.terminal()
                && console.variables().getOrDefault("NO_COLOR", "").isEmpty();
        CommandLine commandLine = new CommandLine(new Main(), new Commands(console));
        commandLine.getSubcommands().values().forEach(Main::settle);
        return commandLine
                .setOut(new PrintWriter(console.out(), true))
                .setErr(new PrintWriter(console.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colored ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.max(80, Math.min(console.width(), 120)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(trouble)
                .setParameterExceptionHandler(trouble);
    }

    private static void settle(CommandLine command) {
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true).sortOptions(false);
        command.getSubcommands().values().forEach(Main::settle);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.FINE;
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }

        static String line() {
            return "partita " + version();
        }
    }
}
