package dev.partita.json;

import dev.partita.plan.Finding;
import dev.partita.problem.Problem;
import java.util.List;
import java.util.Locale;

/** Problems and findings: data first, sentence second. */
final class ProblemJson {

    private ProblemJson() {}

    static void write(Json json, Problem problem) {
        json.text("code", problem.code())
                .text("where", problem.where())
                .text("message", problem.message())
                .texts("ways_out", problem.waysOut())
                .text("page", problem.code().page());
    }

    static void write(Json json, List<Finding> findings) {
        json.objects("findings", findings, (object, finding) -> {
            object.text("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            write(object, finding.problem());
        });
    }
}
