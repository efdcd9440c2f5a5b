package dev.partita.json;

import dev.partita.execution.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The journal as a document of {@code log.schema.json}. */
public final class LogJson {

    private LogJson() {}

    /**
     * The document, over several lines.
     *
     * @param now by the database's clock
     * @param version partita's own
     */
    public static String of(List<JournalEntry> entries, Instant now, String version) {
        return Json.pretty(Envelope.of(
                "log", Optional.of(now), version, json -> json.objects("entries", entries, LogJson::entry)));
    }

    private static void entry(Json json, JournalEntry entry) {
        json.number("id", entry.id())
                .text("at", entry.at())
                .object(
                        "who",
                        who -> who.text("role", entry.who().role())
                                .text("os_user", entry.who().osUser())
                                .text("client", entry.who().client())
                                .number("process", entry.who().process()))
                .text("run", entry.run())
                .text("planned_for", entry.plannedFor())
                .text("plan", entry.plan())
                .text("table", entry.table())
                .text("relation", entry.relation())
                .text("what", entry.what())
                .text("reason", entry.reason())
                .text("sql", entry.sql())
                .text("outcome", entry.ending().name().toLowerCase(Locale.ROOT))
                .text("problem", entry.problem())
                .text("detail", entry.detail())
                .number("attempts", entry.attempts())
                .number("waited_ms", entry.waited().toMillis())
                .number("took_ms", entry.took().toMillis());
    }
}
