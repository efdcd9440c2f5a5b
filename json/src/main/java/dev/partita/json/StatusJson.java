package dev.partita.json;

import dev.partita.catalog.Marker;
import dev.partita.plan.Outlook.Resting;
import dev.partita.plan.Outlook.Wait;
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
        json.text("next", table.next().stream().findFirst())
                .number("steps_pending", table.plan().steps().size())
                .objects("partitions", table.drawers(), StatusJson::drawer)
                .objects("retired", table.plan().outlook().resting(), StatusJson::resting)
                .objects("waiting", table.plan().outlook().waiting(), (object, waiting) -> {
                    NameJson.write(object, "name", waiting.name());
                    wait(object, Optional.of(waiting.awaits()));
                })
                .objects("coming", table.plan().outlook().coming(), (object, coming) -> {
                    object.text("event", word(coming.event()));
                    NameJson.write(object, "name", coming.partition());
                    object.number("others", coming.others())
                            .text("when", coming.when())
                            .flag("clock", coming.clock());
                });
        ProblemJson.write(json, table.plan().findings());
    }

    private static void resting(Json json, Resting resting) {
        NameJson.write(json, "name", resting.name());
        json.text("since", resting.since()).text("until", resting.until());
        wait(json, resting.awaits());
        json.text("released", resting.released().map(Marker.Release::because));
    }

    private static void wait(Json json, Optional<Wait> wait) {
        json.text("waits_for", wait.map(known -> word(known.cause()))).text("waits_until", wait.flatMap(Wait::until));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void drawer(Json json, Drawer drawer) {
        NameJson.write(json, "name", drawer.name());
        BoundJson.write(json, drawer.bound(), drawer.type());
        json.text("place", word(drawer.place()));
        drawer.bytes().ifPresentOrElse(bytes -> json.number("bytes", bytes), () -> json.nothing("bytes"));
        rows(json, drawer.estimatedRows());
        json.number("leaves", drawer.leaves())
                .flag("detach_pending", drawer.detachPending())
                .flag("closed", drawer.closed());
    }

    private static void rows(Json json, double rows) {
        if (rows < 0) {
            json.nothing("estimated_rows");
        } else {
            json.number("estimated_rows", Math.round(rows));
        }
    }
}
