package dev.partita.report;

import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import dev.partita.problem.Problem;

/** Problems and findings for people: code, place, sentence, ways out, page. */
public final class ProblemText {

    private ProblemText() {}

    /** A problem on its own, as it goes to standard error; ends with a newline. */
    public static String of(Problem problem, Look look) {
        Paper paper = new Paper(look);
        String code = problem.code() + "  ";
        paper.sentence(
                look.style().bad(code),
                code.length(),
                Visible.of(problem.where()) + ": " + Visible.of(problem.message()));
        waysOut(problem, "  ", paper);
        return paper.toString();
    }

    /** A finding below the table that it is about; the table is not named again. */
    static void write(Finding finding, String indent, Paper paper) {
        String mark = finding.severity() == Severity.INFO ? "i" : "!";
        write(
                finding.problem(),
                indent + emphasised(finding.severity(), mark + " ", paper.style()),
                indent + "  ",
                paper);
    }

    /** A problem behind a mark, below the table that it is about. */
    static void write(Problem problem, String mark, String indent, Paper paper) {
        String code = problem.code() + "  ";
        paper.sentence(mark + code, indent.length() + 2, Visible.of(problem.message()));
        waysOut(problem, indent + "  ", paper);
    }

    /** Not wrapped, because a way out may be a statement to copy. */
    private static void waysOut(Problem problem, String indent, Paper paper) {
        problem.waysOut().forEach(wayOut -> paper.line(indent + "fix: " + Visible.of(wayOut)));
        paper.line(paper.style().faint(indent + "see: " + problem.code().page()));
    }

    private static String emphasised(Severity severity, String text, Style style) {
        return switch (severity) {
            case ERROR -> style.bad(text);
            case WARNING -> style.warning(text);
            case INFO -> style.faint(text);
        };
    }
}
