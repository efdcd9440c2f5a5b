package dev.partita.cli;

import dev.partita.report.Look;
import dev.partita.report.Style;
import picocli.CommandLine.Option;

/** The options of speaking that do not depend on the form of the answer. */
final class Manner {

    /** When to use colour. */
    enum Color {
        auto,
        always,
        never
    }

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            description = "auto: on a terminal, unless NO_COLOR is set.")
    private Color color = Color.auto;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no notes.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show where an unexpected failure comes from.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    Look look(Console console) {
        return new Look(console.width(), colored(console) ? new AnsiStyle() : Style.PLAIN);
    }

    boolean colored(Console console) {
        return switch (color) {
            case always -> true;
            case never -> false;
            case auto ->
                console.terminal()
                        && console.variables().getOrDefault("NO_COLOR", "").isEmpty();
        };
    }
}
