package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import dev.partita.test.Fault;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What makes a run that nobody watches retire nothing until a person has looked. */
class TrustTest {

    private static final Instant NOW = Instant.parse("2024-01-15T12:00:00Z");

    private static final String EVENTS = """
            CREATE TABLE events (id bigint, at timestamp NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            DO $$ BEGIN FOR day IN 0..29 LOOP
              EXECUTE format('CREATE TABLE events_%s PARTITION OF events FOR VALUES FROM (%L) TO (%L)',
                to_char('2023-12-20'::date + day, 'YYYY_MM_DD'), '2023-12-20'::date + day, '2023-12-21'::date + day);
            END LOOP; END $$;
            """;

    private final TestDatabase database;

    TrustTest(TestDatabase database) {
        this.database = database;
    }

    private Partita at(Instant now, String keep) {
        return Partita.of(
                        database.partita(),
                        Declarations.of(TableDeclaration.table("public.events")
                                .range("at")
                                .every("1 day")
                                .ahead(0)
                                .keep(keep)
                                .retire("auto")
                                .build()))
                .with(connection -> now);
    }

    private static int retired(Partita partita, Request request) throws SQLException {
        Plan plan = partita.plan(request);
        assertThat(partita.runner(Fence.NONE, RunListener.NONE).run(plan).complete())
                .isTrue();
        return (int)
                plan.steps().filter(step -> step.words().startsWith("detach")).count();
    }

    private static int unattended(Partita partita) throws SQLException {
        return retired(partita, Request.NONE);
    }

    private static int asked(Partita partita) throws SQLException {
        return retired(partita, Request.NONE.with(Request.Retire.ASKED).atMost(30));
    }

    private static List<String> waiting(Partita partita) throws SQLException {
        return partita.plan(Request.NONE).tables().stream()
                .flatMap(table -> table.findings().stream())
                .filter(finding -> finding.problem().code() == ProblemCode.RETIREMENT_WAITS)
                .map(finding -> finding.problem().message())
                .toList();
    }

    private void prepare() throws SQLException {
        database.execute(EVENTS);
        Installed.in(database);
    }

    @OnPostgres
    @Fault(70)
    void aPersonLooksOnceBeforeTheFirstTime() throws Exception {
        prepare();

        assertThat(unattended(at(NOW, "24 days"))).isZero();
        assertThat(waiting(at(NOW, "24 days")))
                .singleElement()
                .asString()
                .contains("for a person, because no run has looked at this table before");

        assertThat(asked(at(NOW, "24 days"))).isEqualTo(2);
        assertThat(unattended(at(NOW.plusSeconds(86_400), "24 days"))).isEqualTo(1);
    }

    @OnPostgres
    @Fault(70)
    void whatIsDeclaredOtherwiseIsNotBelievedUntilAPersonHasLooked() throws Exception {
        prepare();
        assertThat(asked(at(NOW, "24 days"))).isEqualTo(2);

        assertThat(unattended(at(NOW, "23 days"))).isZero();
        assertThat(unattended(at(NOW.plusSeconds(60), "23 days"))).isZero();
        assertThat(waiting(at(NOW.plusSeconds(60), "23 days")))
                .singleElement()
                .asString()
                .contains("it was \"keep 24 days of at by 1 day in UTC, then detach\", and is \"keep 23 days");

        assertThat(asked(at(NOW.plusSeconds(120), "23 days"))).isEqualTo(1);
        assertThat(unattended(at(NOW.plusSeconds(86_400), "23 days"))).isEqualTo(1);
    }

    @OnPostgres
    void whatIsDeclaredOtherwiseAndRetiresNothingIsBelieved() throws Exception {
        prepare();
        assertThat(unattended(at(NOW, "40 days"))).isZero();
        assertThat(unattended(at(NOW, "26 days"))).isZero();

        assertThat(unattended(at(NOW.plusSeconds(86_400), "26 days"))).isEqualTo(1);
    }

    @OnPostgres
    @Fault(63)
    void afterALongSilenceNothingIsRetiredHoweverOftenItRunsThen() throws Exception {
        prepare();
        assertThat(unattended(at(NOW, "26 days"))).isZero();
        Instant later = NOW.plusSeconds(8 * 86_400);

        assertThat(unattended(at(later, "26 days"))).isZero();
        assertThat(unattended(at(later.plusSeconds(60), "26 days"))).isZero();
        assertThat(waiting(at(later.plusSeconds(120), "26 days")))
                .singleElement()
                .asString()
                .contains("there was no run since 2024-01-15T12:00:00Z");

        assertThat(asked(at(later.plusSeconds(180), "26 days"))).isEqualTo(8);
        assertThat(unattended(at(later.plusSeconds(86_400), "26 days"))).isEqualTo(1);
    }

    @OnPostgres
    void aClockThatGoesBackIsNotBelieved() throws Exception {
        prepare();
        Instant ahead = NOW.plusSeconds(5 * 86_400);
        assertThat(asked(at(ahead, "26 days"))).isEqualTo(5);
        Partita restoring = at(ahead, "26 days");
        Plan back = restoring.plan(
                Request.NONE.with(Request.Retire.NEVER).restoring(Set.of(TableName.parse("public.events_2023_12_20"))));
        assertThat(restoring.runner(Fence.NONE, RunListener.NONE).run(back).complete())
                .isTrue();

        Instant earlier = ahead.minusSeconds(86_400);
        assertThat(unattended(at(earlier, "26 days"))).isZero();
        assertThat(waiting(at(ahead, "26 days")))
                .singleElement()
                .asString()
                .contains("the clock of the database has gone back");
    }

    @OnPostgres
    void withoutAMemoryEverythingIsBelieved() throws Exception {
        database.execute(EVENTS);

        assertThat(unattended(at(NOW, "24 days"))).isEqualTo(2);
    }

    @OnPostgres
    void aMemoryThatMayNotBeReadIsNone() throws Exception {
        prepare();
        database.executeAsSuperuser(
                "REVOKE ALL ON partita.last_run FROM PUBLIC, shop_owner; ALTER TABLE partita.last_run OWNER TO CURRENT_USER");

        assertThat(unattended(at(NOW, "25 days"))).isEqualTo(1);
    }
}
