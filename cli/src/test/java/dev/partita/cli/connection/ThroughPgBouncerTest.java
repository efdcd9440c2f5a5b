package dev.partita.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partita.Partita;
import dev.partita.catalog.DatabaseClock;
import dev.partita.check.Check;
import dev.partita.check.CheckReader;
import dev.partita.check.Thresholds;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Outcome;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.execution.StateSchema;
import dev.partita.plan.Request;
import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.test.AtOnce;
import dev.partita.test.Fault;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Fault 53: a real PgBouncer in transaction mode, one server connection for all clients. */
class ThroughPgBouncerTest {

    private static final int RUNNERS = 4;

    private static final Declarations ORDERS = Declarations.of(TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .ahead(3)
            .build());

    @OnPostgres(hostile = false)
    @Fault(53)
    void runnersThatShareASessionMakeEachPartitionOnceAndLeaveNothingInIt(TestDatabase database) throws Exception {
        Optional<Path> program = PgBouncer.program();
        assumeTrue(program.isPresent(), "PgBouncer is not installed");
        orders(database);
        try (PgBouncer pool = pool(program.get(), database)) {
            List<Long> done = AtOnce.times(RUNNERS, () -> {
                Run run = Partita.of(through(pool), ORDERS).apply();
                assertThat(run.complete()).isTrue();
                return run.done();
            });
            assertThat(done.stream().mapToLong(Long::longValue).sum()).isEqualTo(4);
            assertThat(database.partitions("public.orders")).isEqualTo(4);
            assertThat(database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                    .isEqualTo("0");
            assertThat(setting(pool, "lock_timeout")).isEqualTo("0");
        }
    }

    @OnPostgres(hostile = false)
    void onlyOneRunnerHoldsTheLeaseThoughAllShareASession(TestDatabase database) throws Exception {
        Optional<Path> program = PgBouncer.program();
        assumeTrue(program.isPresent(), "PgBouncer is not installed");
        orders(database);
        try (Connection connection = database.owner().getConnection()) {
            StateSchema.install(connection);
        }
        try (PgBouncer pool = pool(program.get(), database)) {
            List<String> results = AtOnce.times(RUNNERS, () -> {
                try {
                    return Partita.of(through(pool), ORDERS).takeLease("runner").isPresent() ? "holds it" : "none";
                } catch (PartitaException e) {
                    return e.problems().get(0).code().name();
                }
            });
            assertThat(results)
                    .hasSize(RUNNERS)
                    .containsOnlyOnce("holds it")
                    .allMatch(result -> result.equals("holds it") || result.equals(ProblemCode.LEASE_TAKEN.name()));
        }
    }

    /** Their settings would be the session's, and the session is everybody's. */
    @OnPostgres(hostile = false)
    @Fault(53)
    void statementsWithTransactionsOfTheirOwnAreRefusedAndTheOthersRun(TestDatabase database) throws Exception {
        Optional<Path> program = PgBouncer.program();
        assumeTrue(program.isPresent(), "PgBouncer is not installed");
        for (String table : List.of("with_default", "without")) {
            database.execute("""
                    CREATE TABLE %1$s (created_at timestamp NOT NULL) PARTITION BY RANGE (created_at);
                    CREATE TABLE %1$s_2023_10 PARTITION OF %1$s FOR VALUES FROM ('2023-10-01') TO ('2023-11-01');
                    CREATE TABLE %1$s_2023_12 PARTITION OF %1$s FOR VALUES FROM ('2023-12-01') TO ('2024-01-01');
                    """.formatted(table));
        }
        database.execute("CREATE TABLE with_default_default PARTITION OF with_default DEFAULT");
        try (PgBouncer pool = pool(program.get(), database)) {
            Partita partita = Partita.of(through(pool), new Declarations(List.of(old("with_default"), old("without"))))
                    .with(connection -> Instant.parse("2024-01-15T12:00:00Z"));

            Run run = partita.run(
                    partita.plan(Request.NONE.with(Request.Retire.ASKED).atMost(10)), RunListener.NONE);

            assertThat(run.steps())
                    .filteredOn(executed -> !executed.outcome().done())
                    .singleElement()
                    .satisfies(executed -> {
                        assertThat(executed.step()).isInstanceOf(DetachConcurrently.class);
                        assertThat(((Outcome.Failed) executed.outcome())
                                        .problem()
                                        .code())
                                .isEqualTo(ProblemCode.CONNECTION_POOLED);
                    });
            assertThat(run.steps()).anyMatch(executed -> executed.step() instanceof DetachPartition);
            assertThat(setting(pool, "synchronous_commit")).isEqualTo("on");
        }
        assertThat(database.partitions("with_default"))
                .as("December, January, DEFAULT")
                .isEqualTo(3);
        assertThat(database.partitions("without"))
                .as("October, December, January")
                .isEqualTo(3);
    }

    private static TableDeclaration old(String table) {
        return TableDeclaration.table("public." + table)
                .range("created_at")
                .every("1 month")
                .ahead(0)
                .keep("1 month")
                .build();
    }

    @OnPostgres(hostile = false)
    void aCheckSeesTheSameThroughThePoolAndLeavesNothingInIt(TestDatabase database) throws Exception {
        Optional<Path> program = PgBouncer.program();
        assumeTrue(program.isPresent(), "PgBouncer is not installed");
        orders(database);
        DatabaseClock clock = connection -> Instant.parse("2024-01-15T12:00:00Z");
        CheckReader reader = CheckReader.with(Thresholds.USUAL).scanning();
        try (PgBouncer pool = pool(program.get(), database)) {
            String before = setting(pool, "statement_timeout");
            Check check = Partita.check(through(pool), clock, reader);
            assertThat(check.tables())
                    .isNotEmpty()
                    .isEqualTo(Partita.check(database.owner(), clock, reader).tables());
            assertThat(setting(pool, "statement_timeout")).isEqualTo(before);
        }
    }

    private static String setting(PgBouncer pool, String name) throws SQLException {
        try (Connection connection = through(pool).getConnection();
                Statement statement = connection.createStatement();
                ResultSet setting = statement.executeQuery("SHOW " + name)) {
            setting.next();
            return setting.getString(1);
        }
    }

    private static void orders(TestDatabase database) {
        database.execute("CREATE TABLE public.orders (id bigint, created_at timestamptz NOT NULL) "
                + "PARTITION BY RANGE (created_at)");
    }

    private static PgBouncer pool(Path program, TestDatabase database) {
        return new PgBouncer(program, database.server().port(), database.name(), TestDatabase.OWNER, new String[] {
            "ignore_startup_parameters = extra_float_digits"
        });
    }

    private static DataSource through(PgBouncer pool) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {pool.port()});
        dataSource.setDatabaseName("shop");
        dataSource.setUser("anybody");
        dataSource.setPassword("");
        dataSource.setPrepareThreshold(0);
        return dataSource;
    }
}
