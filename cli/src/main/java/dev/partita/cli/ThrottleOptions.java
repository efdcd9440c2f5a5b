package dev.partita.cli;

import dev.partita.migration.CutoverWindow;
import dev.partita.migration.Migration;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Throttle;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how far a migration may burden the server, and in which hours it may swap. */
final class ThrottleOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--max-lag",
            paramLabel = "TIME",
            converter = Limit.Time.class,
            description = "Stand aside while a standby is further behind: 5s.")
    private @Nullable Limit lag;

    @Option(
            names = "--max-wal-rate",
            paramLabel = "SIZE",
            converter = Limit.Size.class,
            description = "… while the server writes more WAL a second, on average: 32MB.")
    private @Nullable Limit walRate;

    @Option(
            names = "--max-wal-kept",
            paramLabel = "SIZE",
            converter = Limit.Size.class,
            description = "… while a replication slot keeps more WAL: 20GB.")
    private @Nullable Limit walKept;

    @Option(
            names = "--max-active",
            paramLabel = "N",
            converter = Limit.Count.class,
            description = "… while more sessions of others are active.")
    private @Nullable Limit active;

    @Option(
            names = "--throttle-query",
            paramLabel = "SQL",
            description = "… while this query says true, or a number above zero; names with their schema.")
    private @Nullable String query;

    @Option(
            names = "--share",
            paramLabel = "PERCENT",
            converter = Limit.Count.class,
            description = "Work in so many hundredths of the time: 50.")
    private @Nullable Limit share;

    @Option(
            names = "--disk-limit",
            paramLabel = "SIZE",
            converter = Limit.Size.class,
            description = "Wait when the new table and what is noted take more: 500GB.")
    private @Nullable Limit disk;

    @Option(
            names = "--log-limit",
            paramLabel = "SIZE",
            converter = Limit.Size.class,
            description = "End the noting of changes when it takes more, and stop; the copy begins anew then: 50GB.")
    private @Nullable Limit log;

    @Option(
            names = "--cutover-window",
            paramLabel = "HOURS",
            description = "Swap in these hours only: 'Sun 02:00-04:00 Europe/Berlin'.")
    private @Nullable String window;

    /** Whether any was given. */
    boolean given() {
        return Stream.of(lag, walRate, walKept, active, query, share, disk, log, window)
                .anyMatch(Objects::nonNull);
    }

    /** In which hours it may swap; the present ones where nothing else is said. */
    Optional<CutoverWindow> window(Optional<CutoverWindow> present) {
        return window == null
                ? present
                : Optional.of(window)
                        .filter(text -> !text.equals("none"))
                        .map(text -> CutoverWindow.parse("--cutover-window", text));
    }

    /** Says it of the migration that is under way. */
    void apply(MigrationRunner runner, Migration migration) throws SQLException {
        runner.window(window(migration.window()));
        runner.throttle(changed(migration.throttle()));
    }

    /** The present one, with what was given in its place. */
    Throttle changed(Throttle present) {
        int percent =
                share == null ? present.share() : share.value().orElse(100L).intValue();
        if (percent > 100) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--share': write a number from 1 to 100, or none");
        }
        return new Throttle(
                lag == null ? present.lag() : lag.value().map(Duration::ofMillis),
                walRate == null ? present.walRate() : walRate.value(),
                walKept == null ? present.walKept() : walKept.value(),
                active == null ? present.active() : active.value().map(Long::intValue),
                query == null ? present.query() : Optional.of(query).filter(text -> !text.equals("none")),
                percent,
                disk == null ? present.disk() : disk.value(),
                log == null ? present.log() : log.value());
    }
}
