package dev.partita.report;

import dev.partita.catalog.Setting;
import dev.partita.execution.Opening;
import dev.partita.execution.Patience;
import dev.partita.plan.Finding;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.sql.Sql;
import dev.partita.step.Concurrent;
import dev.partita.step.Isolation;
import dev.partita.step.Step;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as a script for {@code psql -v ON_ERROR_STOP=1 -f}, with reasons as comments: the statements that the runner
 * executes, without its looks whether the table is still as planned and without its further tries.
 */
public final class PlanScript {

    private static final Look COMMENTS = new Look(110, Style.PLAIN);

    private final Plan plan;
    private final Patience patience;
    private final boolean onScreen;
    private final StringBuilder script = new StringBuilder();

    private PlanScript(Plan plan, Patience patience, boolean onScreen) {
        this.plan = plan;
        this.patience = patience;
        this.onScreen = onScreen;
    }

    /**
     * The script; ends with a newline.
     *
     * @param onScreen whether it is only looked at: then a name that would play tricks on a terminal is shown harmless, and is
     *     no longer the name
     */
    public static String of(Plan plan, Heading heading, Patience patience, boolean onScreen) {
        PlanScript script = new PlanScript(plan, patience, onScreen);
        script.comment(heading.line(plan.server(), plan.now(), Style.PLAIN));
        if (plan.isEmpty()) {
            script.comment(PlanText.idle(plan));
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
        if (step instanceof Concurrent concurrent) {
            alone(table, concurrent);
            return;
        }
        script.append("BEGIN;\n");
        settings(step.isolation(), Opening.settings(step, patience, plan.server()));
        Opening.rights(table, step, plan.server().user()).forEach(this::statement);
        step.script().forEach(this::statement);
        script.append("COMMIT;\n");
    }

    /** What makes transactions of its own cannot share one with its settings, nor with the look before it. */
    private void alone(TablePlan table, Concurrent step) {
        script.append("BEGIN;\n");
        settings(step.isolation(), Opening.settings(step, patience, plan.server()));
        Opening.rights(table, step, plan.server().user()).forEach(this::statement);
        statement(step.guard());
        script.append("COMMIT;\n");
        Opening.sessionSettings().forEach(this::statement);
        step.sql().forEach(this::statement);
        Opening.sessionReset().forEach(this::statement);
    }

    /** Many and short, so several on a line. */
    private void settings(Isolation isolation, List<Setting> settings) {
        StringBuilder line = new StringBuilder(isolation.sql() + ";");
        for (Setting each : settings) {
            String setting = each.written() + ";";
            if (line.length() + setting.length() > COMMENTS.width() && line.length() > 0) {
                script.append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(setting);
        }
        script.append(line).append('\n');
    }

    private void statement(Sql statement) {
        script.append(onScreen ? visible(statement.sql()) : statement.sql()).append(";\n");
    }

    private static String visible(String sql) {
        return sql.lines().map(Visible::of).collect(Collectors.joining("\n"));
    }

    /** Nothing in it can end the comment: names have passed {@link Visible}. */
    private void comment(String line) {
        script.append(("-- " + line).stripTrailing()).append('\n');
    }
}
