package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Fence;
import dev.partita.execution.Lease;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.execution.StateSchema;
import dev.partita.plan.Plan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.test.AtOnce;
import dev.partita.test.Fault;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

class LeaseTest {

    private static final Declarations ORDERS = MonthlyTables.declared(3, "orders");

    @OnEveryPostgres
    @Fault(51)
    void isHeldByOneAtATimeAndEachTakingRaisesTheEpoch(TestDatabase database) throws Exception {
        Installed.in(database);
        try (Lease first = Lease.take(database.partita(), "first", Lease.DEFAULT_TERM)) {
            assertThat(first.epoch()).isEqualTo(1);
            assertThatThrownBy(() -> Lease.take(database.partita(), "second", Lease.DEFAULT_TERM))
                    .isInstanceOfSatisfying(PartitaException.class, LeaseTest::namesTheFirst);
        }
        try (Lease second = Lease.take(database.partita(), "second", Lease.DEFAULT_TERM)) {
            assertThat(second.epoch()).isEqualTo(2);
        }
    }

    private static void namesTheFirst(PartitaException e) {
        Problem problem = e.problems().get(0);
        assertThat(problem.code()).isEqualTo(ProblemCode.LEASE_TAKEN);
        assertThat(problem.message()).contains("first since");
    }

    @OnEveryPostgres
    @Fault(52)
    void aZombieWhoseLeaseRanOutChangesNothing(TestDatabase database) throws Exception {
        Installed.in(database);
        MonthlyTables.create(database, "orders");
        Partita partita = Partita.of(database.partita(), ORDERS);
        Plan plan = partita.plan();
        try (Lease asleep = Lease.take(database.partita(), "asleep", Duration.ofMillis(1))) {
            try (Lease awake = takeWhenFree(database)) {
                Run zombies = partita.runner(asleep, RunListener.NONE).run(plan);
                assertThat(zombies.steps())
                        .isNotEmpty()
                        .allSatisfy(step -> assertThat(step.outcome().done()).isFalse());
                assertThat(zombies.steps().get(0).outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.LEASE_LOST));
                assertThat(database.partitions("public.orders")).isZero();
                assertThat(partita.runner(awake, RunListener.NONE).run(plan).complete())
                        .isTrue();
                assertThat(database.partitions("public.orders")).isEqualTo(4);
            }
        }
    }

    /** The term is over by the server's clock; until then taking is refused, which is what we wait for. */
    private static Lease takeWhenFree(TestDatabase database) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                return Lease.take(database.partita(), "awake", Lease.DEFAULT_TERM);
            } catch (PartitaException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    @OnEveryPostgres
    @Fault(51)
    void tenRunnersAtOnceMakeEachPartitionOnceWithoutAnyState(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        List<Run> runs = AtOnce.times(
                10,
                () -> Partita.of(database.partita(), ORDERS).withConnections(2).apply());
        assertThat(database.partitions("public.orders")).isEqualTo(4);
        assertThat(runs.stream().mapToLong(Run::done).sum()).isEqualTo(4);
    }

    @OnPostgres
    @Fault(51)
    void tenRunnersAtOnceUnderTheLeaseMakeEachPartitionOnce(TestDatabase database) throws Exception {
        Installed.in(database);
        MonthlyTables.create(database, "orders");
        List<String> results = AtOnce.times(10, () -> {
            try {
                return "done " + Partita.of(database.partita(), ORDERS).apply().done();
            } catch (PartitaException e) {
                return e.problems().get(0).code().name();
            }
        });
        assertThat(database.partitions("public.orders")).isEqualTo(4);
        assertThat(results).allMatch(result -> result.startsWith("done ") || result.equals("LEASE_TAKEN"));
        assertThat(results.stream().filter("done 4"::equals)).hasSize(1);
    }

    @OnPostgres
    void stepsBesideEachOtherDoNotWaitForEachOtherAndNobodyTakesOverMeanwhile(TestDatabase database) throws Exception {
        Installed.in(database);
        try (Lease lease = Lease.take(database.partita(), "first", Duration.ofMinutes(1));
                Connection one = database.partita().getConnection();
                Connection another = database.partita().getConnection()) {
            for (Connection connection : List.of(one, another)) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET LOCAL lock_timeout = 1000");
                }
            }
            lease.pass(one);
            lease.pass(another);
            database.executeAsSuperuser("UPDATE partita.lease SET expires_at = now() - interval '1 hour'");
            assertThatThrownBy(() -> Lease.take(database.partita(), "second", Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(PartitaException.class, LeaseTest::isTaken);
            one.commit();
            assertThatThrownBy(() -> Lease.take(database.partita(), "second", Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(PartitaException.class, LeaseTest::isTaken);
            another.rollback();
            try (Lease second = Lease.take(database.partita(), "second", Duration.ofMinutes(1))) {
                assertThat(second.epoch()).isGreaterThan(lease.epoch());
                assertThatThrownBy(() -> lease.pass(one))
                        .isInstanceOfSatisfying(
                                PartitaException.class,
                                e -> assertThat(e.problems().get(0).code()).isEqualTo(ProblemCode.LEASE_LOST));
                one.rollback();
            }
        }
    }

    @OnPostgres
    void stepsRenewTheLeaseBeforeItsTermIsOver(TestDatabase database) throws Exception {
        Installed.in(database);
        String expiry = "SELECT expires_at FROM partita.lease";
        try (Lease lease = Lease.take(database.partita(), "first", Duration.ofMillis(300));
                Connection connection = database.partita().getConnection()) {
            String taken = database.value(expiry);
            while (database.value(expiry).equals(taken)) {
                lease.pass(connection);
            }
            assertThat(database.value("SELECT epoch FROM partita.lease")).isEqualTo(Long.toString(lease.epoch()));
        }
    }

    private static void isTaken(PartitaException e) {
        assertThat(e.problems().get(0).code()).isEqualTo(ProblemCode.LEASE_TAKEN);
    }

    @OnPostgres
    @Fault(75)
    void creationGoesOnWhenTheStateSchemaCannotBeUsed(TestDatabase database) throws Exception {
        Installed.in(database);
        MonthlyTables.create(database, "orders");
        database.executeAsSuperuser("ALTER TABLE partita.lease OWNER TO postgres");
        assertThat(Partita.of(database.partita(), ORDERS).apply().done()).isEqualTo(4);
    }

    @OnPostgres
    void leavesNothingBehindWhenUninstalled(TestDatabase database) throws Exception {
        String before = objects(database);
        Installed.in(database);
        assertThat(objects(database)).isNotEqualTo(before);
        try (Connection connection = database.partita().getConnection()) {
            StateSchema.uninstall(connection);
            assertThat(StateSchema.version(connection)).isEmpty();
        }
        assertThat(objects(database)).isEqualTo(before);
    }

    @OnEveryPostgres
    void theScriptForADbaMakesRolesWithoutPowerThatCanWork(TestDatabase database) throws Exception {
        int major = database.server().major();
        MonthlyTables.create(database, "orders");
        try {
            database.executeAsSuperuser(StateSchema.script(List.of(Identifier.of(TestDatabase.OWNER)), major));
            assertThat(database.rows(
                            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'partita%' AND (rolsuper OR rolcreaterole "
                                    + "OR rolcreatedb OR rolbypassrls OR rolinherit AND rolname <> 'partita_viewer')"))
                    .isEmpty();
            Partita partita = Partita.of(database.as("partita_runner"), ORDERS);
            try (Lease lease = partita.takeLease("test").orElseThrow()) {
                Run run = partita.runner(lease, RunListener.NONE).run(partita.plan());
                assertThat(run.steps())
                        .allSatisfy(step -> assertThat(step.outcome()).isInstanceOf(Outcome.Done.class));
            }
            assertThat(database.rows(
                            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relname LIKE 'orders_%'"))
                    .containsExactly(TestDatabase.OWNER);
        } finally {
            database.executeAsSuperuser(StateSchema.removalScript());
        }
        assertThat(database.rows("SELECT rolname FROM pg_roles WHERE rolname LIKE 'partita%'"))
                .isEmpty();
    }

    @OnPostgres
    @Fault(90)
    void aMissingGrantIsNamedAndNothingIsChanged(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        database.createRole("stranger", "LOGIN");
        database.executeAsSuperuser("GRANT SELECT ON orders TO stranger");
        Run run = Partita.of(database.as("stranger"), ORDERS)
                .with(Patience.KIND)
                .runner(Fence.NONE, RunListener.NONE)
                .run(Partita.of(database.as("stranger"), ORDERS).plan());
        assertThat(run.steps().get(0).outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo(ProblemCode.PRIVILEGE_MISSING);
            assertThat(failed.problem().waysOut()).anyMatch(wayOut -> wayOut.contains("GRANT shop_owner TO"));
        });
        assertThat(database.partitions("public.orders")).isZero();
    }

    private static String objects(TestDatabase database) {
        return database.value(
                "SELECT (SELECT count(*) FROM pg_class) || '/' || (SELECT count(*) FROM pg_namespace) || '/' "
                        + "|| (SELECT count(*) FROM pg_type) || '/' || (SELECT count(*) FROM pg_description) || '/' "
                        + "|| (SELECT count(*) FROM pg_depend) || '/' || (SELECT count(*) FROM pg_shdepend"
                        + " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))");
    }
}
