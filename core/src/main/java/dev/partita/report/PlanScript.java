package dev.partita.report;

import dev.partita.execution.Opening;
import dev.partita.execution.Patience;
import dev.partita.plan.Finding;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.sql.Sql;
import dev.partita.step.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as a script for {@code psql -v ON_ERROR_STOP=1 -f}, with reasons as comments: the statements that the runner
 * executes, without its looks whether the table is still as planned and without its further tries.
 */
public final class PlanScript {

    private static final Look COMMENTS = new Look(110, Style.PLAIN);

    private final Plan plan;
    private final Patience patience;
    private final StringBuilder script = new StringBuilder();

    private PlanScript(Plan plan, Patience patience) {
        this.plan = plan;
        this.patience = patience;
    }

    /** The script; ends with a newline. */
    public static String of(Plan plan, Heading heading, Patience patience) {
        PlanScript script = new PlanScript(plan, patience);
        script.comment(heading.line(plan.server(), plan.now(), Style.PLAIN));
        if (plan.isEmpty()) {
            script.comment("Nothing to do.");
        } else {
            script.comment(
                    "Each step is a transaction of its own. Stop at the first error: psql -v ON_ERROR_STOP=1 -f");
        }
        plan.tables().forEach(script::table);
        return script.script.toString();
    }

    private void table(TablePlan table) {
        script.append('\n');
        comment(PlanText.title(table, Style.PLAIN));
        for (Finding finding : table.findings()) {
            Paper paper = new Paper(COMMENTS);
            ProblemText.write(finding, "", paper);
            paper.toString().lines().forEach(this::comment);
        }
        table.steps().forEach(step -> step(table, step));
    }

    private void step(TablePlan table, Step step) {
        script.append('\n');
        comment(step.words() + " " + Visible.of(step.relation()) + ": "
                + Visible.of(step.reason().sentence()));
        step.locks().forEach(lock -> comment("locks " + Visible.of(lock)));
        statements(table, step).forEach(statement -> script.append(statement).append(";\n"));
    }

    /** What the runner executes for a step, {@code BEGIN} and {@code COMMIT} included. */
    private List<String> statements(TablePlan table, Step step) {
        List<String> statements = new ArrayList<>();
        statements.add("BEGIN");
        Opening.of(plan, table, step, patience).stream().map(Sql::sql).forEach(statements::add);
        step.script().stream().map(Sql::sql).forEach(statements::add);
        statements.add("COMMIT");
        return statements;
    }

    /** Nothing in it can end the comment: names have passed {@link Visible}. */
    private void comment(String line) {
        script.append(("-- " + line).stripTrailing()).append('\n');
    }
}
