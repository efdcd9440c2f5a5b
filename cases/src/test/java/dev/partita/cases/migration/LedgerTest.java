package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Application;
import dev.partita.cases.running.Installed;
import dev.partita.execution.Outcome;
import dev.partita.migration.Ending;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Pace;
import dev.partita.migration.Phase;
import dev.partita.step.Step;
import dev.partita.test.LongestWait;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A table is migrated while everything is done to it that can be done to a table, and at the end it holds what was committed.
 * {@code -Dpartita.seed=…} repeats what is drawn, as far as threads allow; {@code -Dpartita.rounds=…} goes on for longer.
 */
class LedgerTest {

    private static final int ROUNDS = Integer.getInteger("partita.rounds", 2);

    private static final long SEED = Long.getLong("partita.seed", new Random().nextLong());

    private static final List<String> ISOLATIONS = List.of("read committed", "repeatable read", "serializable");

    /** Small enough that a table of a few hundred blocks is copied in dozens of transactions. */
    private static final Pace SLOW = new Pace(4, 500, 300);

    private static final Duration MOST = Duration.ofMillis(600);

    private final TestDatabase database;

    LedgerTest(TestDatabase database) {
        this.database = database;
    }

    @OnPostgres(15)
    void holdsWhatWasCommittedWhateverWasDoneMeanwhile() throws Exception {
        rounds(ROUNDS);
    }

    @OnPostgres(14)
    void holdsWhatWasCommittedOnTheOldestMajor() throws Exception {
        rounds(1);
    }

    @OnPostgres(18)
    void holdsWhatWasCommittedOnTheNewestMajor() throws Exception {
        rounds(1);
    }

    private void rounds(int count) throws Exception {
        Installed.in(database);
        for (int round = 0; round < count; round++) {
            round(new Random(SEED + round));
        }
    }

    private void round(Random random) throws Exception {
        Books books = Books.open(database, 6, random);
        Application application = Application.on(database);
        for (int i = 0; i < books.writers().size(); i++) {
            application.worker(
                    ISOLATIONS.get(i % 3),
                    Duration.ofMillis(20),
                    books.writers().get(i));
        }
        for (String isolation : ISOLATIONS) {
            application.worker(isolation, Duration.ofMillis(10), books.reader());
        }
        Following following = new Following(application, random);
        LongestWait wait = application.beside(() -> {
            MigrationRunner runner =
                    new MigrationRunner(database.partita(), Books.ORDERS, c -> Books.NOW, 2, SLOW, following);
            runner.start(false);
            Ending ending = runner.run();
            assertThat(ending.problem()).isEmpty();
            assertThat(ending.phase()).isEqualTo(Phase.SWAPPED);
            application.everybodyTakesATurn();
            assertThat(runner.finish().phase()).isEqualTo(Phase.FINISHED);
            application.everybodyTakesATurn();
        });
        System.out.println("ledger, seed " + SEED + ": " + following.steps + " steps, longest wait: "
                + wait.duration().toMillis() + " ms");

        books.assertTrue();
        assertThat(wait.duration()).as(wait.toString()).isLessThan(MOST);
    }

    /** Lets everybody work between steps, here and there. */
    private static final class Following implements MigrationListener {

        private final Application application;
        private final Random random;
        private int steps;

        Following(Application application, Random random) {
            this.application = application;
            this.random = random;
        }

        @Override
        public synchronized void finished(Step step, Outcome outcome) {
            steps++;
            if (random.nextInt(10) == 0 && step.words().startsWith("copy")) {
                application.everybodyTakesATurn();
            }
        }
    }
}
