package dev.partita.json;

import dev.partita.plan.Plan;
import dev.partita.plan.Severity;
import dev.partita.plan.TablePlan;
import dev.partita.report.Heading;
import dev.partita.report.SchemeWords;
import java.util.Optional;
import java.util.function.Consumer;

/** A plan as a document of {@code plan.schema.json}. */
public final class PlanJson {

    private PlanJson() {}

    /** The document, over several lines. */
    public static String of(Plan plan, Heading heading) {
        return Json.pretty(document("plan", plan, heading, json -> {}));
    }

    static Consumer<Json> document(String command, Plan plan, Heading heading, Consumer<Json> more) {
        return Envelope.of(command, Optional.of(plan.now()), heading.version(), json -> {
            Envelope.database(json, heading, plan.server());
            json.objects("tables", plan.tables(), PlanJson::table);
            json.object("summary", summary -> summary(summary, plan));
            more.accept(json);
        });
    }

    private static void table(Json json, TablePlan table) {
        about(json, table);
        json.objects("steps", table.steps(), StepJson::write);
        ProblemJson.write(json, table.findings());
    }

    /** What is said of a table whatever the document is about. */
    static void about(Json json, TablePlan table) {
        NameJson.write(json, "table", table.name());
        json.text("declared", SchemeWords.of(table.declaration()))
                .text("key", table.key())
                .text("owner", NameJson.plain(table.owner()))
                .text("fingerprint", table.fingerprint());
        table.coverage()
                .ifPresentOrElse(
                        coverage -> json.object(
                                "coverage",
                                object -> object.text("now", coverage.now())
                                        .text("before", coverage.before())
                                        .text("after", coverage.after())),
                        () -> json.nothing("coverage"));
        json.text("keeps", table.keeps());
    }

    private static void summary(Json json, Plan plan) {
        json.number("steps", plan.steps().count())
                .number("tables_with_errors", tablesWith(plan, Severity.ERROR))
                .number("tables_with_warnings", tablesWith(plan, Severity.WARNING));
    }

    private static long tablesWith(Plan plan, Severity severity) {
        return plan.tables().stream().filter(table -> table.has(severity)).count();
    }
}
