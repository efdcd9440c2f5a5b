package dev.partita.cases.migration;

import dev.partita.migration.Ending;
import dev.partita.migration.Migration;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Phase;
import dev.partita.migration.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What somebody wants of a migration, wherever he finds it. */
enum Goal {
    /** The new table is in use, and the old one is gone. */
    FINISHED {
        @Override
        void pursue(DataSource partita, Consumer<Phase> seen) throws SQLException {
            MigrationRunner runner = runner(partita, seen);
            begin(runner, false);
            goOn(runner.run());
            goOn(runner.finish());
        }
    },
    /** The new table was in use, and the old one is again. */
    ROLLED_BACK {
        @Override
        void pursue(DataSource partita, Consumer<Phase> seen) throws SQLException {
            MigrationRunner runner = runner(partita, seen);
            begin(runner, false);
            if (!isSwapped(runner)) {
                goOn(runner.run());
            }
            if (isSwapped(runner)) {
                goOn(runner.rollback());
            }
        }
    },
    /** It was ready, and given up. */
    ABORTED {
        @Override
        void pursue(DataSource partita, Consumer<Phase> seen) throws SQLException {
            List<MigrationRunner> waiting = new ArrayList<>();
            MigrationRunner runner = runner(partita, phase -> {
                seen.accept(phase);
                if (phase == Phase.READY) {
                    waiting.forEach(MigrationRunner::stop);
                }
            });
            waiting.add(runner);
            begin(runner, true);
            if (!isReady(runner)) {
                goOn(runner.run());
            }
            goOn(runner(partita, seen).abort());
        }
    },
    /** Whatever it is, it is taken back. */
    TAKEN_BACK {
        @Override
        void pursue(DataSource partita, Consumer<Phase> seen) throws SQLException {
            MigrationRunner runner = runner(partita, seen);
            if (runner.open().isEmpty()) {
                return;
            }
            if (isSwapped(runner)) {
                goOn(runner.rollback());
            } else {
                goOn(runner.abort());
            }
        }
    };

    /**
     * Goes as far as it gets.
     *
     * @param seen is told in which phase the migration is, whenever somebody looks
     */
    abstract void pursue(DataSource partita, Consumer<Phase> seen) throws SQLException;

    /** Whether nothing is left to do. */
    boolean isReached(Stall stall) throws SQLException {
        Optional<String> phase = stall.phase();
        return switch (this) {
            case FINISHED -> phase.equals(Optional.of("finished"));
            case ROLLED_BACK -> phase.equals(Optional.of("rolled back"));
            case ABORTED -> phase.equals(Optional.of("aborted"));
            case TAKEN_BACK ->
                phase.isEmpty() || phase.get().equals("aborted") || phase.get().equals("rolled back");
        };
    }

    /** The goal of those that leave the table as this one has left it. */
    Goal end(Stall stall) throws SQLException {
        return this != TAKEN_BACK ? this : stall.phase().equals(Optional.of("rolled back")) ? ROLLED_BACK : ABORTED;
    }

    private static void begin(MigrationRunner runner, boolean held) throws SQLException {
        if (runner.open().isEmpty()) {
            runner.start(held);
        }
    }

    private static boolean isSwapped(MigrationRunner runner) throws SQLException {
        return runner.open().map(Migration::phase).filter(Phase::isSwapped).isPresent();
    }

    private static boolean isReady(MigrationRunner runner) throws SQLException {
        return runner.open().map(Migration::phase).equals(Optional.of(Phase.READY));
    }

    /** @throws IllegalStateException if a person would have to look */
    private static void goOn(Ending ending) {
        if (ending.problem().isPresent()) {
            throw new IllegalStateException(ending.phase() + ": " + ending.why() + ": "
                    + ending.problem().get());
        }
    }

    private static MigrationRunner runner(DataSource partita, Consumer<Phase> seen) {
        return new MigrationRunner(
                partita, Stall.ORDERS, connection -> Stall.NOW, 1, Stall.PACE, new MigrationListener() {
                    @Override
                    public void seen(Progress progress) {
                        seen.accept(progress.phase());
                    }
                });
    }
}
