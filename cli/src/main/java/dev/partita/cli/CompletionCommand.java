package dev.partita.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partita completion}. */
@Command(
        name = "completion",
        description = "Print a script with which bash and zsh complete commands and options.",
        footer = {"", "Example:", "  source <(partita completion)          in ~/.bashrc or ~/.zshrc"})
final class CompletionCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean helpAsked;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(AutoComplete.bash("partita", spec.root().commandLine()));
        return ExitCode.FINE;
    }
}
