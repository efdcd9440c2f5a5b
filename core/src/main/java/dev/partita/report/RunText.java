package dev.partita.report;

import dev.partita.execution.Outcome;
import dev.partita.execution.Run;
import dev.partita.execution.Run.Executed;
import dev.partita.plan.Severity;
import dev.partita.plan.TablePlan;
import dev.partita.problem.Problem;
import java.util.List;

/** A run for people: per step what became of it, and which tables did not get everything. */
public final class RunText {

    private final Run run;
    private final Paper paper;
    private final Style style;

    private RunText(Run run, Look look) {
        this.run = run;
        this.paper = new Paper(look);
        this.style = look.style();
    }

    /** The whole run; ends with a newline. */
    public static String of(Run run, Heading heading, Look look) {
        RunText text = new RunText(run, look);
        text.paper.line(heading.line(run.plan().server(), run.plan().now(), look.style()));
        run.plan().tables().forEach(text::table);
        text.paper.blank();
        text.summary();
        return text.paper.toString();
    }

    private void table(TablePlan table) {
        List<Executed> executed = of(table);
        paper.blank();
        paper.line(PlanText.title(table, style));
        BoundWords words = new BoundWords(table.declaration().scheme());
        List<StepLine> lines =
                executed.stream().map(each -> StepLine.of(each.step(), words)).toList();
        int names = lines.stream()
                .mapToInt(line -> Visible.width(line.name()))
                .max()
                .orElse(0);
        for (int i = 0; i < lines.size(); i++) {
            step(lines.get(i), names, executed.get(i));
        }
        if (executed.isEmpty()) {
            paper.sentence("  ", PlanText.idle(table));
        }
        table.findings().stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .forEach(finding -> ProblemText.write(finding, "  ", paper));
    }

    private List<Executed> of(TablePlan table) {
        return run.steps().stream()
                .filter(executed -> executed.step().table().equals(table.name()))
                .toList();
    }

    private void step(StepLine line, int names, Executed executed) {
        String name = Visible.padded(line.name(), names) + "  ";
        Outcome outcome = executed.outcome();
        if (outcome instanceof Outcome.Done done) {
            paper.line(
                    "  " + style.good("✓") + " " + name + executed.step().words() + style.faint(", " + effort(done)));
        } else if (outcome instanceof Outcome.Skipped skipped) {
            paper.sentence(
                    "  - " + name, style::faint, 4 + Visible.width(name), "not tried: " + Visible.of(skipped.why()));
        } else if (outcome instanceof Outcome.Blocked blocked) {
            failed(name, "blocked", blocked.problem());
        } else if (outcome instanceof Outcome.Moved moved) {
            failed(name, "not done: the table has changed since", moved.problem());
        } else if (outcome instanceof Outcome.Vetoed vetoed) {
            failed(name, "vetoed", vetoed.problem());
        } else if (outcome instanceof Outcome.Failed failure) {
            failed(name, "failed", failure.problem());
        }
    }

    private void failed(String name, String how, Problem problem) {
        paper.line("  " + style.bad("✗") + " " + name + style.bad(how));
        ProblemText.write(problem, "      ", style::bad, paper);
    }

    private static String effort(Outcome.Done done) {
        String tries = done.attempts() == 1
                ? ""
                : ", at the " + ordinal(done.attempts()) + " try, waited " + Amount.time(done.waited()) + " for locks";
        return Amount.time(done.took()) + tries;
    }

    private static String ordinal(int number) {
        return number + (number == 2 ? "nd" : number == 3 ? "rd" : "th");
    }

    private void summary() {
        paper.line(style.strong(result()));
        List<String> broken = run.plan().tables().stream()
                .filter(this::broken)
                .map(table -> Visible.of(table.name()))
                .toList();
        if (!broken.isEmpty()) {
            paper.line(style.bad((broken.size() == 1 ? "1 table" : broken.size() + " tables")
                    + " did not get everything: " + String.join(", ", broken) + "."));
        }
    }

    private String result() {
        if (run.steps().isEmpty()) {
            return PlanText.idle(run.plan());
        }
        String stopped = run.stopped() ? "Stopped: " : "Done: ";
        return stopped + run.done() + " of " + Amount.count(run.steps().size(), "step") + " in "
                + Amount.time(run.took()) + ".";
    }

    private boolean broken(TablePlan table) {
        return table.has(Severity.ERROR)
                || of(table).stream().anyMatch(executed -> !executed.outcome().done());
    }
}
