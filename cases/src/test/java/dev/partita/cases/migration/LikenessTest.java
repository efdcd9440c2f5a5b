package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Installed;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.migration.Ending;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Phase;
import dev.partita.migration.Progress;
import dev.partita.problem.ProblemCode;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;

/** The new table takes the old one's place only if it is like it, whatever somebody does meanwhile. */
class LikenessTest {

    private static final TableDeclaration ORDERS = TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .ahead(1)
            .build();

    private final TestDatabase database;

    LikenessTest(TestDatabase database) throws Exception {
        this.database = database;
        database.execute("""
                CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, total int);
                INSERT INTO orders SELECT n, now() - n * interval '1 day', n FROM generate_series(1, 60) AS n;
                CREATE FUNCTION same() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                """);
        Installed.in(database);
    }

    private MigrationRunner runner(MigrationListener listener) {
        return new MigrationRunner(database.partita(), ORDERS, DatabaseClock.server(), 1, listener);
    }

    @OnEveryPostgres
    void stopsBeforeATableThatIsNotLikeTheOldOneIsUsed() throws Exception {
        MigrationRunner meddled = runner(once(Phase.READY, """
                ALTER TABLE orders_partita ALTER COLUMN total SET DEFAULT 7;
                GRANT SELECT ON orders_partita TO PUBLIC;
                CREATE INDEX meddled ON orders_partita (total);
                """));
        meddled.start(false);

        Ending ending = meddled.run();

        assertThat(ending.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.LIKENESS_DIFFERS);
            assertThat(problem.message())
                    .contains("the new table is not like the old one: column total, grant on table , index meddled");
        });
        assertThat(database.value("SELECT relkind FROM pg_class WHERE oid = 'orders'::regclass"))
                .isEqualTo("r");

        database.execute("""
                ALTER TABLE orders_partita ALTER COLUMN total DROP DEFAULT;
                REVOKE SELECT ON orders_partita FROM PUBLIC;
                DROP INDEX meddled;
                """);
        MigrationRunner mended = runner(MigrationListener.NONE);
        mended.forgive();

        assertThat(mended.run().phase()).isEqualTo(Phase.SWAPPED);
    }

    /** It was looked at, and changed before it was locked. */
    @OnPostgres
    void looksAgainWhenSomethingWasAddedToTheOldTableInTheLastMoment() throws Exception {
        MigrationRunner runner = runner(once(Phase.IN_STEP, """
                CREATE TRIGGER in_the_last_moment BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION same();
                CREATE VIEW late AS SELECT id FROM orders;
                """));
        runner.start(false);

        assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);

        assertThat(database.rows(
                        "SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'in_the_last_moment' AND tgparentid = 0"
                                + " AND tgenabled = 'O'"))
                .containsExactly("orders");
        assertThat(database.value("SELECT pg_get_viewdef('late'::regclass)")).contains("FROM orders;");
    }

    private MigrationListener once(Phase phase, String statements) {
        return new MigrationListener() {
            private boolean done;

            @Override
            public void seen(Progress progress) {
                if (progress.phase() == phase && !done) {
                    done = true;
                    database.execute(statements);
                }
            }
        };
    }
}
