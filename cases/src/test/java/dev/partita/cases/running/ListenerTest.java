package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Change;
import dev.partita.execution.Change.Kind;
import dev.partita.execution.Fence;
import dev.partita.execution.Outcome;
import dev.partita.execution.PartitionListener;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Request;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** What a listener may stop, and what it cannot. */
class ListenerTest {

    private static final Instant NOW = Instant.parse("2024-01-15T12:00:00Z");
    private static final Request RETIRE =
            Request.NONE.with(Request.Retire.ASKED).atMost(10);

    /** Partitions to October 2023; two of them are older than what is kept, and the present has none. */
    private static final String ORDERS = """
            CREATE TABLE orders (id bigint, created_at timestamp NOT NULL, PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at);
            CREATE TABLE orders_2023_09 PARTITION OF orders FOR VALUES FROM ('2023-09-01') TO ('2023-10-01');
            CREATE TABLE orders_2023_10 PARTITION OF orders FOR VALUES FROM ('2023-10-01') TO ('2023-11-01');
            CREATE TABLE orders_2023_11 PARTITION OF orders FOR VALUES FROM ('2023-11-01') TO ('2023-12-01');
            CREATE TABLE orders_2023_12 PARTITION OF orders FOR VALUES FROM ('2023-12-01') TO ('2024-01-01');
            """;

    private static Partita partita(TestDatabase database) {
        return Partita.of(
                        database.partita(),
                        Declarations.of(TableDeclaration.table("public.orders")
                                .range("created_at")
                                .every("1 month")
                                .ahead(1)
                                .keep("2 months")
                                .build()))
                .with(connection -> NOW);
    }

    private static Run run(Partita partita) throws SQLException {
        return partita.runner(Fence.NONE, RunListener.NONE).run(partita.plan(RETIRE));
    }

    private static List<String> attached(TestDatabase database) {
        return database.rows("SELECT inhrelid::regclass::text FROM pg_inherits"
                + " WHERE inhparent = 'public.orders'::regclass ORDER BY 1");
    }

    @OnPostgres
    void asksAndTellsOnceAboutEachPartition(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        List<String> heard = new CopyOnWriteArrayList<>();
        Run run = run(partita(database).asking(new PartitionListener() {
            @Override
            public Optional<String> before(Change change) {
                heard.add("before " + change.kind() + " " + change.partition().name() + " "
                        + change.bound().orElse(""));
                return Optional.empty();
            }

            @Override
            public void after(Change change, Outcome outcome) {
                heard.add("after " + change.kind() + " " + change.partition().name() + " " + outcome.done());
            }
        }));

        assertThat(run.complete()).isTrue();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "before MAKE orders_2024_01 FOR VALUES FROM ('2024-01-01 00:00:00') TO ('2024-02-01 00:00:00')",
                        "after MAKE orders_2024_01 true",
                        "before MAKE orders_2024_02 FOR VALUES FROM ('2024-02-01 00:00:00') TO ('2024-03-01 00:00:00')",
                        "after MAKE orders_2024_02 true",
                        "before RETIRE orders_2023_09 FOR VALUES FROM ('2023-09-01 00:00:00') TO ('2023-10-01 00:00:00')",
                        "after RETIRE orders_2023_09 true",
                        "before RETIRE orders_2023_10 FOR VALUES FROM ('2023-10-01 00:00:00') TO ('2023-11-01 00:00:00')",
                        "after RETIRE orders_2023_10 true");
    }

    @OnPostgres
    void aVetoKeepsOnePartitionAndNotItsNeighbours(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Installed.in(database);
        Run run = run(partita(database).asking(vetoing("orders_2023_09", "a lawsuit")));

        assertThat(attached(database))
                .containsExactly(
                        "orders_2023_09", "orders_2023_11", "orders_2023_12", "orders_2024_01", "orders_2024_02");
        assertThat(run.complete()).isFalse();
        assertThat(run.steps())
                .filteredOn(executed -> executed.outcome() instanceof Outcome.Vetoed)
                .singleElement()
                .satisfies(executed -> assertThat(((Outcome.Vetoed) executed.outcome()).problem())
                        .satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo(ProblemCode.STEP_VETOED);
                            assertThat(problem.message()).contains("orders_2023_09", "a lawsuit");
                        }));
        assertThat(database.value("SELECT obj_description('public.orders_2023_09'::regclass) IS NULL"))
                .isEqualTo("t");
        assertThat(database.rows("SELECT relation FROM partita.journal WHERE outcome = 'vetoed'"))
                .containsExactly("public.orders_2023_09");
        assertThat(run(partita(database)).complete()).isTrue();
        assertThat(attached(database)).doesNotContain("orders_2023_09");
    }

    @OnPostgres
    void aVetoOfANewPartitionDoesNotKeepTheOthersFromBeingMade(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        run(partita(database).asking(vetoing("orders_2024_01", "not yet")));

        assertThat(attached(database)).contains("orders_2024_02").doesNotContain("orders_2024_01");
    }

    @OnPostgres
    void whoDoesNotAnswerHoldsUpNothingThatIsMadeAndKeepsWhatWouldBeRetired(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        CountDownLatch never = new CountDownLatch(1);
        Run run = run(partita(database).withAnswersWithin(Duration.ofMillis(50)).asking(new PartitionListener() {
            @Override
            public Optional<String> before(Change change) throws Exception {
                never.await();
                return Optional.empty();
            }
        }));

        assertThat(attached(database)).contains("orders_2024_01", "orders_2024_02", "orders_2023_09", "orders_2023_10");
        assertThat(run.alarms())
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(alarm.code()).isEqualTo(ProblemCode.LISTENER_FAILED));
        assertThat(run.steps()).anyMatch(executed -> executed.outcome() instanceof Outcome.Vetoed);
    }

    @OnPostgres
    void whoFailsBeforeKeepsWhatWouldBeRetiredAndWhoFailsAfterChangesNothing(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        run(partita(database).asking(new PartitionListener() {
            @Override
            public Optional<String> before(Change change) {
                throw new IllegalStateException("the queue is down");
            }
        }));
        assertThat(attached(database)).hasSize(6);

        Run run = run(partita(database).asking(new PartitionListener() {
            @Override
            public void after(Change change, Outcome outcome) {
                throw new IllegalStateException("the queue is down");
            }
        }));
        assertThat(run.complete()).isTrue();
        assertThat(run.alarms()).isEmpty();
        assertThat(attached(database)).hasSize(4);
    }

    @OnPostgres
    void isAskedWhileNoTransactionIsOpenAndNoLockIsHeld(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        List<String> busy = new CopyOnWriteArrayList<>();
        run(partita(database).asking(new PartitionListener() {
            @Override
            public Optional<String> before(Change change) {
                busy.addAll(database.rows("SELECT state FROM pg_stat_activity WHERE application_name = 'partita/test'"
                        + " AND datname = current_database() AND state <> 'idle'"));
                busy.addAll(database.rows("SELECT mode FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                        + " WHERE a.application_name LIKE 'partita%' AND a.datname = current_database()"));
                return change.kind() == Kind.DROP ? Optional.of("never") : Optional.empty();
            }
        }));
        assertThat(busy).isEmpty();
    }

    @OnPostgres
    void saysWhetherAWindowIsOver(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Partita partita = partita(database);
        assertThat(partita.closed(TableName.of("public", "orders_2023_12"), Duration.ofDays(14)))
                .isTrue();
        assertThat(partita.closed(TableName.of("public", "orders_2023_12"), Duration.ofDays(15)))
                .isFalse();
        run(partita);
        assertThat(partita.closed(TableName.of("public", "orders_2024_01"), Duration.ZERO))
                .isFalse();
    }

    private static PartitionListener vetoing(String partition, String why) {
        return new PartitionListener() {
            @Override
            public Optional<String> before(Change change) {
                return change.partition().name().name().equals(partition) ? Optional.of(why) : Optional.empty();
            }
        };
    }
}
