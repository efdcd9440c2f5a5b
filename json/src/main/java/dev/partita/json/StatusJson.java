package dev.partita.json;

import dev.partita.report.Drawer;
import dev.partita.report.Heading;
import dev.partita.report.Status;
import dev.partita.report.TableStatus;
import java.util.Locale;
import java.util.Optional;

/** How tables are, as a document of {@code status.schema.json}. */
public final class StatusJson {

    private StatusJson() {}

    /** The document, over several lines. */
    public static String of(Status status, Heading heading) {
        return Json.pretty(Envelope.of("status", Optional.of(status.plan().now()), heading.version(), json -> {
            Envelope.database(json, heading, status.plan().server());
            json.objects("tables", status.tables(), StatusJson::table);
        }));
    }

    private static void table(Json json, TableStatus table) {
        PlanJson.about(json, table.plan());
        json.number("bytes", table.bytes());
        rows(json, table.estimatedRows());
        table.left()
                .ifPresentOrElse(
                        left -> json.number("covered_for_s", left.toSeconds()), () -> json.nothing("covered_for_s"));
        json.text("next", table.next())
                .number("steps_pending", table.plan().steps().size())
                .objects("partitions", table.drawers(), StatusJson::drawer)
                .objects("retired", table.plan().resting(), (object, resting) -> {
                    NameJson.write(object, "name", resting.name());
                    object.text("since", resting.since()).text("until", resting.until());
                });
        ProblemJson.write(json, table.plan().findings());
    }

    private static void drawer(Json json, Drawer drawer) {
        NameJson.write(json, "name", drawer.name());
        BoundJson.write(json, drawer.bound(), drawer.type());
        json.text("place", drawer.place().name().toLowerCase(Locale.ROOT));
        drawer.bytes().ifPresentOrElse(bytes -> json.number("bytes", bytes), () -> json.nothing("bytes"));
        rows(json, drawer.estimatedRows());
        json.number("leaves", drawer.leaves()).flag("detach_pending", drawer.detachPending());
    }

    private static void rows(Json json, double rows) {
        if (rows < 0) {
            json.nothing("estimated_rows");
        } else {
            json.number("estimated_rows", Math.round(rows));
        }
    }
}
