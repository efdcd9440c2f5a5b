package dev.partita.json;

import dev.partita.catalog.Drift;
import dev.partita.check.Check;
import dev.partita.check.Leaked;
import dev.partita.check.Looked;
import dev.partita.check.Runway;
import dev.partita.check.TableCheck;
import dev.partita.plan.Severity;
import dev.partita.report.Heading;
import java.util.Locale;
import java.util.Optional;

/** How the tables of a database are, as a document of {@code check.schema.json}. */
public final class CheckJson {

    private CheckJson() {}

    /** The document, over several lines. */
    public static String of(Check check, Heading heading) {
        return Json.pretty(Envelope.of("check", Optional.of(check.now()), heading.version(), json -> {
            Envelope.database(json, heading, check.server());
            json.object("counts", counts -> {
                for (Severity severity : Severity.values()) {
                    counts.number(word(severity), check.count(severity));
                }
            });
            json.objects("tables", check.tables(), CheckJson::table);
            ProblemJson.write(json, check.findings());
        }));
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static void table(Json json, TableCheck table) {
        NameJson.write(json, "table", table.name());
        json.text("key", table.key())
                .text("worst", table.worst().map(CheckJson::word))
                .number("leaves", table.leaves())
                .number("bytes", table.bytes());
        if (table.estimatedRows() < 0) {
            json.nothing("estimated_rows");
        } else {
            json.number("estimated_rows", Math.round(table.estimatedRows()));
        }
        json.object("runway", object -> runway(object, table.runway()));
        json.objects("defaults", table.defaults(), CheckJson::leaked);
        json.objects("drift", table.drift(), CheckJson::drift);
        ProblemJson.write(json, table.findings());
    }

    private static void runway(Json json, Runway runway) {
        if (runway instanceof Runway.Until until) {
            json.text("kind", "time").text("until", until.until());
        } else if (runway instanceof Runway.Ids ids) {
            // As text, because a number may have more digits than a reader's.
            json.text("kind", "ids")
                    .text("until", ids.until().toPlainString())
                    .text("ids", ids.ids().toPlainString());
        } else if (runway instanceof Runway.Endless) {
            json.text("kind", "endless");
        } else if (runway instanceof Runway.NotApplicable not) {
            json.text("kind", "not_applicable").text("why", not.why());
        } else if (runway instanceof Runway.Unknown unknown) {
            json.text("kind", "unknown").text("why", unknown.why());
        }
        runway.time().ifPresentOrElse(left -> json.number("left_s", left.toSeconds()), () -> json.nothing("left_s"));
    }

    private static void leaked(Json json, Leaked leaked) {
        NameJson.write(json, "partition", leaked.partition());
        if (leaked.looked() instanceof Looked.Unknown unknown) {
            json.text("holds_rows", "unknown").text("why", unknown.why());
        } else {
            json.text("holds_rows", leaked.looked() instanceof Looked.Filled ? "yes" : "no");
        }
        if (leaked.counted().isEmpty()) {
            json.nothing("counted");
        } else {
            Leaked.Counted counted = leaked.counted().get();
            json.object(
                    "counted",
                    object -> object.number("rows", counted.rows())
                            .number("without_key", counted.nulls())
                            .number("elsewhere", counted.rest())
                            .objects(
                                    "parts",
                                    counted.parts(),
                                    (each, part) ->
                                            each.text("where", part.where()).number("rows", part.rows())));
        }
    }

    private static void drift(Json json, Drift drift) {
        NameJson.write(json, "partition", drift.partition().name());
        json.text("kind", kind(drift));
    }

    /** {@code IndexLacking} is {@code index_lacking}. */
    private static String kind(Drift drift) {
        return drift.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}
