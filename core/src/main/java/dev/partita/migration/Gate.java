package dev.partita.migration;

import dev.partita.catalog.ServerMessage;
import dev.partita.execution.Fence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets a piece of work begin when the server can bear it, as somebody has said it who may change his mind at any time: it looks at
 * most once a second, for all who work. Thread-safe.
 */
final class Gate {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Whoever works little of the time rests at most so long at once. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final Worksite site;
    private final Fence fence;
    private final Notice notice;
    private final Migration begun;
    private final Optional<Migration.Waits> meanwhile;
    private Migration migration;
    private Optional<Migration.Waits> waits = Optional.empty();
    private boolean changed;
    private long looked;
    private boolean first = true;
    private long wal;
    private long walDebt;

    /**
     * For one round of work.
     *
     * @param migration as it was seen when the work was chosen
     * @param meanwhile for what it waits although it works
     */
    Gate(Worksite site, Migration migration, Optional<Migration.Waits> meanwhile, Notice notice, Fence fence) {
        this.site = site;
        this.fence = fence;
        this.notice = notice;
        this.begun = migration;
        this.meanwhile = meanwhile;
        this.migration = migration;
    }

    /** Waits as long as it takes; false when it has to be decided anew what is to be done. */
    boolean pass() {
        try {
            while (!site.stopped()) {
                Optional<Migration.Waits> why = look();
                if (changed()) {
                    return false;
                }
                if (why.isEmpty()) {
                    goesOn();
                    return true;
                }
                notice.waits(begun, why.get());
                site.pause(LOOK, fence);
            }
        } catch (SQLException e) {
            // Whoever decides anew meets it as well, and knows what to do.
            return false;
        }
        return false;
    }

    private void goesOn() throws SQLException {
        if (meanwhile.isPresent()) {
            notice.waits(begun, meanwhile.get());
        } else {
            notice.goesOn(begun);
        }
    }

    /** After a piece of work: rests, if it is to work in a part of the time only. */
    void rest(Duration worked) {
        int share;
        synchronized (this) {
            share = migration.throttle().share();
        }
        if (share < 100) {
            Duration rest = worked.multipliedBy(100L - share).dividedBy(share);
            site.standAside(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
        }
    }

    private synchronized boolean changed() {
        return changed;
    }

    private synchronized Optional<Migration.Waits> look() throws SQLException {
        long now = System.nanoTime();
        if (!first && now - looked < LOOK.toNanos()) {
            return waits;
        }
        Optional<Migration> present = site.open();
        changed = present.isEmpty() || present.get().paused() || present.get().phase() != begun.phase();
        if (!changed) {
            migration = present.get();
            waits = measured(now);
        }
        looked = now;
        first = false;
        return waits;
    }

    private Optional<Migration.Waits> measured(long now) throws SQLException {
        try {
            Load load = site.look((reader, connection) -> reader.load(migration));
            changed = begun.phase().compareTo(Phase.CATCHING_UP) < 0
                    && migration
                            .throttle()
                            .log()
                            .filter(most -> load.log() > most)
                            .isPresent();
            return migration.throttle().waits(load.withDebt(debt(load, now))).map(Migration.Waits::of);
        } catch (SQLException e) {
            if (ServerMessage.unreachable(e)) {
                throw e;
            }
            return Optional.of(Migration.Waits.of("to see how the server fares: " + ServerMessage.of(e)));
        } catch (NumberFormatException e) {
            return Optional.of(Migration.Waits.of("for a throttle query that answers by true, false or a number"));
        }
    }

    /** What was written beyond the limit has to be waited off. */
    private long debt(Load load, long now) {
        if (!first && migration.throttle().walRate().isPresent()) {
            double allowed = migration.throttle().walRate().get() * ((now - looked) / 1e9);
            walDebt = Math.max(0, walDebt + load.wal() - wal - (long) allowed);
        } else {
            walDebt = 0;
        }
        wal = load.wal();
        return walDebt;
    }
}
