package dev.partita.migration;

import dev.partita.execution.Fence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Tells everybody for what a migration waits: the listener each time, and whoever asks the database now and then. Thread-safe. */
final class Notice {

    /** A text with numbers in it changes all the time. */
    private static final long AT_MOST_EVERY = Duration.ofSeconds(5).toNanos();

    private final Worksite site;
    private final Fence fence;
    private Optional<Migration.Waits> written;
    private long writtenAt;

    Notice(Worksite site, Migration migration, Fence fence) {
        this.site = site;
        this.fence = fence;
        this.written = migration.waits();
        this.writtenAt = System.nanoTime() - AT_MOST_EVERY;
    }

    /** It waits. */
    void waits(Migration migration, Migration.Waits waits) throws SQLException {
        site.listener().waiting(waits.why());
        write(migration, Optional.of(waits));
    }

    /** It goes on. */
    void goesOn(Migration migration) throws SQLException {
        write(migration, Optional.empty());
    }

    private synchronized void write(Migration migration, Optional<Migration.Waits> waits) throws SQLException {
        boolean due = written.isPresent() != waits.isPresent() || System.nanoTime() - writtenAt >= AT_MOST_EVERY;
        if (written.equals(waits) || !due) {
            return;
        }
        site.update(migration, State.waits(waits), fence);
        written = waits;
        writtenAt = System.nanoTime();
    }
}
