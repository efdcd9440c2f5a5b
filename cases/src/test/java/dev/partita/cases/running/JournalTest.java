package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.Journal;
import dev.partita.execution.Journal.Choice;
import dev.partita.execution.JournalEntry;
import dev.partita.execution.JournalEntry.Ending;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.execution.StateSchema;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Sql;
import dev.partita.step.Step;
import dev.partita.test.Fault;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

class JournalTest {

    private static final Declarations ORDERS = MonthlyTables.declared(3, "orders");

    private static final Request RETIRE =
            Request.NONE.with(Request.Retire.ASKED).atMost(10);

    private static final Patience SHORT =
            new Patience(Duration.ofMillis(100), 2, Duration.ofMillis(10), Duration.ofMillis(10));

    /** May write into the journal and act for the owner of the tables, who may do nothing to the journal. */
    private static final String RUNNER = "journal_runner";

    @OnEveryPostgres
    void tellsWhoWhatWhyAndTheExactSqlOfEachStep(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Installed.in(database);
        Plan plan = Partita.of(database.partita(), ORDERS).plan();
        Run run = Partita.of(database.partita(), ORDERS).run(plan, RunListener.NONE);
        assertThat(run.complete()).isTrue();
        assertThat(run.alarms()).isEmpty();

        List<JournalEntry> entries = read(database);

        assertThat(entries).hasSize(4).allSatisfy(entry -> {
            assertThat(entry.ending()).isEqualTo(Ending.DONE);
            assertThat(entry.who().role()).isEqualTo(TestDatabase.OWNER);
            assertThat(entry.who().osUser()).isEqualTo(System.getProperty("user.name"));
            assertThat(entry.run()).isEqualTo(entries.get(0).run());
            assertThat(entry.attempts()).isEqualTo(1);
            assertThat(entry.waited()).isZero();
        });
        assertThat(entries.stream().map(JournalEntry::sql).toList())
                .containsExactlyInAnyOrderElementsOf(
                        plan.steps().map(JournalTest::script).toList());
        assertThat(entries.get(3).plan())
                .isEqualTo(plan.tables().get(0).fingerprint().digest());
    }

    private static String script(Step step) {
        return step.script().stream().map(Sql::sql).collect(Collectors.joining(";\n"));
    }

    @OnPostgres
    void aStepAndItsLineAreCommittedTogetherOrNotAtAll(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Installed.in(database);
        // Fails at the commit: what the step did and its line both were there until then.
        database.executeAsSuperuser("""
                CREATE FUNCTION public.crash() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'crash between'; END $$;
                CREATE CONSTRAINT TRIGGER crash AFTER INSERT ON partita.journal DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW WHEN (new.outcome = 'done') EXECUTE FUNCTION public.crash()
                """);
        Run run = Partita.of(database.partita(), ORDERS).apply();

        assertThat(run.done()).isZero();
        assertThat(database.partitions("public.orders")).isZero();
        assertThat(read(database)).singleElement().satisfies(entry -> {
            assertThat(entry.ending()).isEqualTo(Ending.FAILED);
            assertThat(entry.detail())
                    .hasValueSatisfying(detail -> assertThat(detail).contains("crash between"));
        });
    }

    @OnPostgres
    void writesDownWhatDidNotWorkAfterItWasRolledBack(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Installed.in(database);
        Partita partita = Partita.of(database.partita(), ORDERS).with(SHORT);
        try (Connection other = database.connect(TestDatabase.OWNER);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders IN SHARE UPDATE EXCLUSIVE MODE");
            partita.apply();
            other.rollback();
        }
        assertThat(read(database)).singleElement().satisfies(entry -> {
            assertThat(entry.ending()).isEqualTo(Ending.BLOCKED);
            assertThat(entry.problem()).contains("LOCK_NOT_AVAILABLE");
            assertThat(entry.attempts()).isEqualTo(2);
            assertThat(entry.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        });
        Plan plan = partita.plan();
        database.execute("ALTER TABLE public.orders ADD COLUMN note text");
        partita.run(plan, RunListener.NONE);
        assertThat(read(database).get(0).ending()).isEqualTo(Ending.MOVED);
        try (Connection connection = database.partita().getConnection()) {
            partita.apply();
            assertThat(Journal.read(connection, all().failed())).hasSize(2);
        }
    }

    @OnEveryPostgres
    @Fault(75)
    void creationGoesOnAndTellsItWhenTheRoleMayNotWriteTheJournal(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Installed.in(database);
        database.executeAsSuperuser("ALTER TABLE partita.journal OWNER TO postgres");

        Run run = Partita.of(database.partita(), ORDERS).apply();

        assertThat(run.complete()).isTrue();
        assertThat(database.partitions("public.orders")).isEqualTo(4);
        assertThat(run.alarms()).singleElement().satisfies(JournalTest::namesTheJournal);
    }

    private static void namesTheJournal(Problem alarm) {
        assertThat(alarm.code()).isEqualTo(ProblemCode.STATE_SCHEMA_UNFIT);
        assertThat(alarm.where()).isEqualTo("partita.journal");
    }

    @OnPostgres
    @Fault(75)
    void creationGoesOnWhenTheJournalBreaksOrIsLockedInTheMiddleOfARun(TestDatabase database) throws Exception {
        for (String breakage : List.of(
                "ALTER TABLE partita.journal RENAME COLUMN what TO did",
                "ALTER TABLE partita.journal ADD CONSTRAINT nothing_more CHECK (false) NOT VALID")) {
            MonthlyTables.create(database, "orders");
            Installed.in(database);
            Run run = run(database, new RunListener() {
                private boolean done;

                @Override
                public void finished(Step step, Outcome outcome) {
                    if (!done) {
                        database.executeAsSuperuser(breakage);
                    }
                    done = true;
                }
            });
            assertThat(run.complete()).as(breakage).isTrue();
            assertThat(run.alarms()).singleElement().satisfies(JournalTest::namesTheJournal);
            assertThat(database.partitions("public.orders")).isEqualTo(4);
            database.execute("DROP TABLE public.orders");
            Installed.notIn(database);
        }
    }

    @OnPostgres
    @Fault(75)
    void creationGoesOnWhenSomebodyHoldsTheJournalsLock(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Installed.in(database);
        try (Connection other = database.superuser().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            Run run = run(database, new RunListener() {
                @Override
                public void finished(Step step, Outcome outcome) {
                    try {
                        statement.execute("LOCK TABLE partita.journal IN ACCESS EXCLUSIVE MODE");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            assertThat(run.complete()).isTrue();
            assertThat(run.alarms()).singleElement().satisfies(JournalTest::namesTheJournal);
            other.rollback();
        }
    }

    private static Run run(TestDatabase database, RunListener listener) throws Exception {
        Partita partita = Partita.of(database.partita(), ORDERS);
        return partita.runner(Fence.NONE, listener).run(partita.plan());
    }

    @OnPostgres
    void anOlderSchemaIsToldAndBroughtUpToDateWithWhatIsInIt(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Installed.in(database);
        backToVersionOne(database);
        database.execute("INSERT INTO partita.lease VALUES ('maintenance', 7, 'somebody', now(), now())");
        Run run = Partita.of(database.partita(), ORDERS).apply();
        assertThat(run.complete()).isTrue();
        assertThat(run.alarms())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.message()).contains("version 1"));
        try (Connection connection = database.partita().getConnection()) {
            assertThatThrownBy(() -> Journal.read(connection, all()))
                    .isInstanceOfSatisfying(
                            PartitaException.class,
                            e -> assertThat(e.problems().get(0).code()).isEqualTo(ProblemCode.STATE_SCHEMA_UNFIT));
            assertThat(StateSchema.install(connection)).contains(1);
            assertThat(StateSchema.version(connection)).contains(StateSchema.VERSION);
        }
        assertThat(database.value("SELECT epoch FROM partita.lease")).isEqualTo("8");
        database.execute("DROP TABLE public.orders");
        MonthlyTables.create(database, "orders");
        assertThat(Partita.of(database.partita(), ORDERS).apply().alarms()).isEmpty();
        assertThat(read(database)).hasSize(4);
    }

    private static void backToVersionOne(TestDatabase database) {
        database.execute(
                "DROP TABLE partita.last_run, partita.journal, partita.migration, partita.migration_chunk",
                "COMMENT ON SCHEMA partita IS 'partita state schema, version 1'");
    }

    /** The same grants as {@code partita install --print}, to a role of this test alone: those of the script are the server's. */
    @OnEveryPostgres
    void isWrittenWithTheRunnersRightsAndTheOwnerOfATableCannotForgeALine(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        database.createRole(RUNNER + database.name(), "LOGIN NOINHERIT");
        String runner = RUNNER + database.name();
        try (Connection connection = database.superuser().getConnection()) {
            StateSchema.install(connection);
        }
        database.executeAsSuperuser(
                "GRANT " + TestDatabase.OWNER + " TO " + runner,
                "GRANT USAGE ON SCHEMA partita TO " + runner,
                "GRANT SELECT, INSERT, UPDATE ON partita.lease TO " + runner,
                "GRANT SELECT, INSERT ON partita.journal TO " + runner);

        Run run = Partita.of(database.as(runner), ORDERS).apply();

        assertThat(run.complete()).isTrue();
        assertThat(run.alarms()).isEmpty();
        assertThat(database.rows("SELECT DISTINCT role, outcome FROM partita.journal"))
                .containsExactly(runner + "|done");
        assertThat(database.rows(
                        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relname LIKE 'orders_%'"))
                .containsExactly(TestDatabase.OWNER);
        for (String forged : List.of(
                "INSERT INTO partita.journal SELECT * FROM partita.journal",
                "UPDATE partita.journal SET role = 'somebody'",
                "DELETE FROM partita.journal")) {
            assertRefused(database, TestDatabase.OWNER, forged);
        }
        assertRefused(database, runner, "UPDATE partita.journal SET role = 'somebody'");
        assertRefused(database, runner, "DELETE FROM partita.journal");
    }

    private static void assertRefused(TestDatabase database, String role, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @OnPostgres
    void withoutTheSchemaNothingIsToldAndNothingIsWritten(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Run run = Partita.of(database.partita(), ORDERS).apply();
        assertThat(run.complete()).isTrue();
        assertThat(run.alarms()).isEmpty();
        assertThat(database.value("SELECT to_regnamespace('partita') IS NULL")).isEqualTo("t");
    }

    @OnPostgres
    void forgetsWhatIsOldWhenAsked(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Installed.in(database);
        Partita.of(database.partita(), ORDERS).apply();
        database.execute(
                "UPDATE partita.journal SET happened_at = '2020-01-01' WHERE id <= 3",
                "UPDATE partita.journal SET outcome = 'begun' WHERE id = 1");
        try (Connection connection = database.partita().getConnection()) {
            assertThat(Journal.prune(connection, Instant.parse("2021-01-01T00:00:00Z")))
                    .isEqualTo(2);
        }
        assertThat(read(database)).extracting(JournalEntry::id).containsExactly(4L, 1L);
    }

    @OnEveryPostgres
    void aStatementWithTransactionsOfItsOwnHasALineBeforeAndOneAfter(TestDatabase database) throws Exception {
        old(database);
        Installed.in(database);
        assertThat(retire(database).complete()).isTrue();
        assertThat(
                        database.rows(
                                "SELECT outcome, begun IS NOT NULL, what FROM partita.journal WHERE what LIKE 'detach%' ORDER BY id"))
                .containsExactly("begun|f|detach partition concurrently", "done|t|detach partition concurrently");
        assertThat(read(database)).noneMatch(entry -> entry.ending() == Ending.BEGUN);
    }

    @OnPostgres
    void aLaterRunSaysWhatItSeesOfAStatementWhoseEndNobodyWroteDown(TestDatabase database) throws Exception {
        old(database);
        Installed.in(database);
        assertThat(retire(database).complete()).isTrue();
        // As if it had died between the statement and the line after it.
        database.executeAsSuperuser(
                "DELETE FROM partita.journal WHERE outcome = 'done' AND what LIKE 'detach%'",
                "UPDATE partita.journal SET process = 1");
        assertThat(read(database)).anyMatch(entry -> entry.ending() == Ending.BEGUN);

        database.execute("DROP TABLE public.orders_2026_11 CASCADE");
        assertThat(retire(database).complete()).isTrue();

        assertThat(read(database)).noneMatch(entry -> entry.ending() == Ending.BEGUN);
        assertThat(read(database))
                .filteredOn(entry -> entry.ending() == Ending.OBSERVED)
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail())
                        .hasValueSatisfying(detail -> assertThat(detail).endsWith("is a table of its own")));
    }

    private static void old(TestDatabase database) {
        MonthlyTables.create(database, "orders");
        database.execute(
                "CREATE TABLE public.orders_2026_08 PARTITION OF public.orders"
                        + " FOR VALUES FROM ('2026-08-01 00:00+00') TO ('2026-09-01 00:00+00')",
                "CREATE TABLE public.orders_2026_09 PARTITION OF public.orders"
                        + " FOR VALUES FROM ('2026-09-01 00:00+00') TO ('2026-10-01 00:00+00')");
    }

    private static Run retire(TestDatabase database) throws SQLException {
        Partita partita = Partita.of(
                        database.partita(),
                        Declarations.of(TableDeclaration.table("public.orders")
                                .range("created_at")
                                .every("1 month")
                                .ahead(0)
                                .keep("2 months")
                                .build()))
                .with(connection -> Instant.parse("2026-11-22T12:00:00Z"));
        return partita.runner(Fence.NONE, RunListener.NONE).run(partita.plan(RETIRE));
    }

    private static Choice all() {
        return new Choice(List.of(), Optional.empty(), List.of(), 1_000);
    }

    private static List<JournalEntry> read(TestDatabase database) throws SQLException {
        try (Connection connection = database.superuser().getConnection()) {
            return Journal.read(connection, all());
        }
    }
}
