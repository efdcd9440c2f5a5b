package dev.partita.json;

import dev.partita.check.Check;
import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import dev.partita.problem.ProblemCode;
import dev.partita.report.Heading;
import java.util.List;

/** Findings of a check in the Static Analysis Results Interchange Format 2.1.0, which code hosts show. */
public final class CheckSarif {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String MANUAL = "https://github.com/partita-dev/partita/blob/main/";

    private CheckSarif() {}

    /** The document, over several lines. */
    public static String of(Check check, Heading heading) {
        List<Finding> findings = check.allFindings().toList();
        List<ProblemCode> codes = findings.stream()
                .map(finding -> finding.problem().code())
                .distinct()
                .sorted()
                .toList();
        return Json.pretty(json -> json.text("$schema", SCHEMA)
                .text("version", "2.1.0")
                .objects("runs", List.of(check), (run, one) -> {
                    run.object(
                            "tool",
                            tool -> tool.object(
                                    "driver",
                                    driver -> driver.text("name", "partita check")
                                            .text("version", heading.version())
                                            .text("informationUri", "https://github.com/partita-dev/partita")
                                            .objects("rules", codes, CheckSarif::rule)));
                    run.objects("results", findings, (result, finding) -> result(result, finding, codes));
                    run.objects(
                            "invocations",
                            List.of(check),
                            (invocation, each) ->
                                    invocation.flag("executionSuccessful", true).text("endTimeUtc", check.now()));
                }));
    }

    private static void rule(Json json, ProblemCode code) {
        json.text("id", code)
                .text("helpUri", MANUAL + code.page())
                .object("shortDescription", text -> text.text("text", words(code)));
    }

    /** {@code RANGE_GAP} is {@code range gap}. */
    private static String words(ProblemCode code) {
        return code.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static void result(Json json, Finding finding, List<ProblemCode> codes) {
        String ways = String.join("; ", finding.problem().waysOut());
        json.text("ruleId", finding.problem().code())
                .number("ruleIndex", codes.indexOf(finding.problem().code()))
                .text("level", level(finding.severity()))
                .object(
                        "message",
                        message -> message.text(
                                "text",
                                finding.problem().where() + ": "
                                        + finding.problem().message() + (ways.isEmpty() ? "" : ". Way out: " + ways)))
                .objects(
                        "locations",
                        List.of(finding),
                        (location, one) -> location.objects(
                                "logicalLocations",
                                List.of(finding),
                                (logical, each) -> logical.text(
                                                "fullyQualifiedName",
                                                finding.problem().where())
                                        .text("kind", "table")));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }
}
