package dev.partita.cli;

import dev.partita.json.ProblemsJson;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.report.Look;
import dev.partita.report.ProblemText;
import dev.partita.report.Visible;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What happens when a command cannot do its work: problems by name, mistakes of ours in one line. */
final class Trouble implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Console console;

    Trouble(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, @Nullable ParseResult parsed) {
        @Nullable Speaking common = common(command);
        if (failure instanceof PartitaException known) {
            return tell(known.problems(), command, common);
        }
        console.err().println("partita: unexpected: " + Visible.of(failure.toString()));
        console.err()
                .println("This is a mistake in partita. Please report it with what -v shows:"
                        + " https://github.com/partita-dev/partita/issues");
        if (common != null && common.verbose()) {
            failure.printStackTrace(console.err());
        }
        return ExitCode.UNEXPECTED;
    }

    private int tell(List<Problem> problems, CommandLine command, @Nullable Speaking common) {
        Look look = common == null ? Look.PLAIN : common.look(console);
        problems.forEach(problem -> console.err().print(ProblemText.of(problem, look)));
        if (common != null && common.json()) {
            console.out().print(ProblemsJson.of(name(command), Main.version(), problems));
        }
        return ExitCode.of(problems);
    }

    /** {@code apply}, {@code migrate start}. */
    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName().replaceFirst("^\\S+ ", "");
    }

    /** The options of the command, wherever they were declared. */
    private static @Nullable Speaking common(CommandLine command) {
        return common(command.getCommandSpec());
    }

    private static @Nullable Speaking common(CommandSpec spec) {
        for (CommandSpec mixin : spec.mixins().values()) {
            @Nullable Speaking common = mixin.userObject() instanceof Speaking speaking ? speaking : common(mixin);
            if (common != null) {
                return common;
            }
        }
        return null;
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        console.err().println(Visible.of(String.valueOf(mistake.getMessage())));
        UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
        console.err().println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
