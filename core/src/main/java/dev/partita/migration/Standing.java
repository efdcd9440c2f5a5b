package dev.partita.migration;

import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a migration stands, for a person who asks.
 *
 * @param migration as the state schema remembers it
 * @param progress how far it is; of one that is over only what is still known
 * @param running whether a process is at work on it, or was less than a minute ago
 * @param older sessions for whose end the swap waits, the oldest first
 * @param now when that was, by the clock of the database
 */
public record Standing(Migration migration, Progress progress, boolean running, List<OlderSession> older, Instant now) {

    public Standing {
        older = List.copyOf(older);
    }

    /** Whether something happens without a person, now or in a moment. */
    public boolean underWay() {
        return running
                && !migration.phase().isOver()
                && migration.phase() != Phase.SWAPPED
                && !migration.paused()
                && migration.trouble().isEmpty();
    }

    /** For what it waits, as a clause; empty while it goes on by itself, and when it is over. */
    public Optional<String> waits() {
        if (migration.phase().isOver() || migration.trouble().isPresent()) {
            return Optional.empty();
        }
        if (migration.phase() == Phase.SWAPPED && !running) {
            return Optional.of("for somebody to say: " + say("finish") + ", which drops "
                    + migration.retired().sql());
        }
        if (migration.paused()) {
            return Optional.of("paused; " + say("resume") + " goes on");
        }
        if (!running) {
            return Optional.of("for a process: nobody is at work on it; " + say("resume") + " goes on");
        }
        Optional<String> postponed = migration.phase() == Phase.READY ? migration.postponed(now) : Optional.empty();
        if (postponed.isPresent()) {
            return postponed;
        }
        if (migration.waits().isPresent()) {
            return migration.waits().map(Migration.Waits::why);
        }
        return older.stream().findFirst().map(session -> "for " + session);
    }

    private String say(String word) {
        return "partita migrate " + word + " " + migration.table().sql();
    }

    /** Why it has stopped, or does not come to an end, and what can be done about it. */
    public Optional<Problem> problem() {
        TableName table = migration.table();
        if (migration.phase().isOver()) {
            return Optional.empty();
        }
        return migration
                .trouble()
                .map(why -> Migration.stopped(table, why))
                .or(() -> migration
                        .waits()
                        .filter(waits -> running && waits.code().equals(Optional.of(ProblemCode.MIGRATION_BEHIND)))
                        .map(waits -> Migration.behind(table, waits.why())));
    }
}
