package dev.partita.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Run;
import dev.partita.execution.StateSchema;
import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import dev.partita.test.AtOnce;
import dev.partita.test.Fault;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
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
            try (Connection connection = through(pool).getConnection();
                    var statement = connection.createStatement();
                    var setting = statement.executeQuery("SHOW lock_timeout")) {
                setting.next();
                assertThat(setting.getString(1)).isEqualTo("0");
            }
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
