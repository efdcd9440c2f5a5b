package dev.partita.cli;

import dev.partita.catalog.DatabaseClock;
import dev.partita.cli.connection.Surroundings;
import dev.partita.cli.demo.Demo;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code partita demo}. */
@Command(
        name = "demo",
        description = "Tell the whole story, on a PostgreSQL that it brings along.",
        footer = {
            "",
            "Needs neither a database nor a declaration, and leaves nothing behind.",
            "",
            "Examples:",
            "  partita demo                  two million orders, in about half a minute",
            "  partita demo --rows 100000    in a few seconds",
            "  partita demo --keep           and look around in its database afterwards"
        })
final class DemoCommand implements Callable<Integer> {

    private static final long FEWEST = 1_000;
    private static final long MOST = 100_000_000;

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private Common common = new Common();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "How many orders the table has (default: 2000000).")
    private long rows;

    @Option(names = "--keep", description = "Leave the server running in the end.")
    private boolean keep;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (rows < FEWEST || rows > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--rows " + rows + " is not from " + FEWEST + " to " + MOST);
        }
        if (common.json()) {
            throw new ParameterException(spec.commandLine(), "the demo is for people, it has no --format json");
        }
        boolean bars = console.terminal() && !common.quiet();
        return new Demo(console.out(), console.err(), common.look(console), bars, this::type).play(rows, keep);
    }

    private int type(PrintStream out, PrintStream err, Path folder, int width, String... words) {
        Console inside =
                new Console(out, err, surroundings(folder, width), folder, console.terminal(), DatabaseClock.server());
        String[] colored = {"--color", common.manner().colored(console) ? "always" : "never"};
        return Main.run(
                inside, Stream.concat(Stream.of(words), Stream.of(colored)).toArray(String[]::new));
    }

    /** Nothing that leads to another database. */
    private Surroundings surroundings(Path folder, int width) {
        Surroundings ours = console.surroundings();
        Map<String, String> variables = new HashMap<>(ours.variables());
        variables.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("PARTITA_"));
        variables.put("COLUMNS", Integer.toString(width));
        return new Surroundings(variables, folder, ours.user());
    }
}
