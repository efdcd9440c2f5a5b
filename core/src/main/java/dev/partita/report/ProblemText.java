package dev.partita.report;

import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import dev.partita.problem.Problem;
import java.util.function.UnaryOperator;

/** Problems and findings for people: code, place, sentence, ways out, page. */
public final class ProblemText {

    private ProblemText() {}

    /** A problem on its own, as it goes to standard error; ends with a newline. */
    public static String of(Problem problem, Look look) {
        Paper paper = new Paper(look);
        paper.sentence(
                problem.code() + "  ",
                look.style()::bad,
                4,
                Visible.of(problem.where()) + ": " + Visible.of(problem.message()));
        waysOut(problem, "  ", paper);
        return paper.toString();
    }

    /** A finding below the table that it is about; the table is not named again. */
    static void write(Finding finding, String indent, Paper paper) {
        String mark = finding.severity() == Severity.INFO ? "i" : "!";
        write(finding.problem(), indent + mark + " ", emphasis(finding.severity(), paper.style()), paper);
    }

    /** A problem behind a mark, below the table that it is about. */
    static void write(Problem problem, String mark, UnaryOperator<String> emphasis, Paper paper) {
        int indent = mark.length() + 2;
        paper.sentence(mark + problem.code() + "  ", emphasis, indent, Visible.of(problem.message()));
        waysOut(problem, " ".repeat(indent), paper);
    }

    /** Not wrapped, because a way out may be a statement to copy. */
    private static void waysOut(Problem problem, String indent, Paper paper) {
        problem.waysOut().forEach(wayOut -> paper.line(indent + "fix: " + Visible.of(wayOut)));
        paper.line(paper.style().faint(indent + "see: " + problem.code().page()));
    }

    private static UnaryOperator<String> emphasis(Severity severity, Style style) {
        return switch (severity) {
            case ERROR -> style::bad;
            case WARNING -> style::warning;
            case INFO -> style::faint;
        };
    }
}
