package dev.partita.json;

import dev.partita.migration.CutoverWindow;
import dev.partita.migration.Migration;
import dev.partita.migration.Progress;
import dev.partita.migration.Standing;
import dev.partita.report.MigrationPlan;
import dev.partita.sql.Lock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where migrations stand, as a document of {@code migrations.schema.json}, and what one would do, of {@code migration-plan.schema.json}. */
public final class MigrationsJson {

    private MigrationsJson() {}

    /**
     * The document, over several lines.
     *
     * @param command whose answer it is, such as {@code migrate status}
     * @param now by the database's clock
     * @param version partita's own
     */
    public static String of(String command, List<Standing> standings, Instant now, String version) {
        return Json.pretty(Envelope.of(
                command,
                Optional.of(now),
                version,
                json -> json.objects("migrations", standings, MigrationsJson::standing)));
    }

    private static void standing(Json json, Standing standing) {
        Migration migration = standing.migration();
        json.number("id", migration.id());
        NameJson.write(json, "table", migration.table());
        json.text("phase", migration.phase().word())
                .flag("over", migration.phase().isOver())
                .text("started_at", migration.startedAt())
                .text("phase_since", migration.phaseSince())
                .flag("running", standing.running())
                .flag("paused", migration.paused())
                .flag("held", migration.held())
                .number("blocks", standing.progress().blocks())
                .number("blocks_copied", standing.progress().copied())
                .number(
                        "rows_copied",
                        standing.progress()
                                .copying()
                                .map(Progress.Copying::rows)
                                .orElse(0L))
                .number(
                        "rows_per_second",
                        standing.progress()
                                .copying()
                                .map(copying -> Math.round(copying.rowsPerSecond()))
                                .orElse(0L))
                .number("percent_copied", standing.progress().percentCopied())
                .number("partitions", standing.progress().leaves())
                .number("partitions_indexed", standing.progress().indexed())
                .number("changes_behind", standing.progress().backlog())
                .number("changes_applied", standing.progress().applied())
                .text("cutover_window", migration.window().map(CutoverWindow::toString))
                .text("waits", standing.waits())
                .objects("problems", standing.problem().stream().toList(), ProblemJson::write);
    }

    /** What a migration would do. */
    public static String of(MigrationPlan plan, Instant now, String version) {
        return Json.pretty(Envelope.of("migrate plan", Optional.of(now), version, json -> {
            NameJson.write(json, "table", plan.table());
            json.number("rows", plan.extent().rows())
                    .number("bytes", plan.extent().bytes())
                    .number("index_bytes", plan.extent().indexBytes())
                    .number("bytes_needed", plan.extent().needed())
                    .text("road", plan.road())
                    .number("seconds_estimated", plan.estimated().toSeconds())
                    .text("not_rehearsed", plan.rehearsed().leftOut())
                    .objects(
                            "acts",
                            plan.acts(),
                            (object, act) -> object.text("phase", act.phase().word())
                                    .text("what", act.what())
                                    .text("lock", act.lock().map(Lock::sql))
                                    .text("held", act.held()));
        }));
    }
}
