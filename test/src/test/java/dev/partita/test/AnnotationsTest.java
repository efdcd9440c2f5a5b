package dev.partita.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs small test classes as a user would write them, and looks at what JUnit makes of them. */
class AnnotationsTest {

    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static final List<Connection> LEAKED = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @AfterEach
    void closeTheLeaks() throws Exception {
        for (Connection connection : LEAKED) {
            connection.close();
        }
        LEAKED.clear();
        System.clearProperty("partita.test.majors");
    }

    static class EveryMajorForAMethod {
        @OnEveryPostgres(from = 15, to = 16)
        void test(TestDatabase database, PostgresServer server) {
            SEEN.add(database.server() == server ? "PostgreSQL " + server.major() : "two servers");
        }
    }

    @Test
    void methodRunsOnEveryMajorOfItsRange() {
        run(EveryMajorForAMethod.class).testEvents().assertStatistics(count -> count.succeeded(2));
        assertThat(SEEN).containsExactly("PostgreSQL 15", "PostgreSQL 16");
    }

    @OnEveryPostgres
    static class EveryMajorForAClass {
        private final TestDatabase fromTheConstructor;

        EveryMajorForAClass(TestDatabase database) {
            fromTheConstructor = database;
        }

        @BeforeEach
        void setUp(TestDatabase database) {
            assertThat(database).isSameAs(fromTheConstructor);
        }

        @Test
        void plain(TestDatabase database) {
            assertThat(database).isSameAs(fromTheConstructor);
            SEEN.add("plain on " + database.server().major());
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void parameterized(String value, TestDatabase database) {
            SEEN.add(value + " on " + database.server().major());
        }

        @Nested
        class Inner {
            @Test
            void nested(TestDatabase database) {
                SEEN.add("nested on " + database.server().major());
            }
        }
    }

    @Test
    void classRunsOnTheSelectedMajorsWithAllItsKindsOfTests() {
        System.setProperty("partita.test.majors", "14, 18");
        run(EveryMajorForAClass.class)
                .testEvents()
                .assertStatistics(count -> count.succeeded(8).failed(0));
        assertThat(SEEN)
                .containsExactlyInAnyOrder(
                        "plain on 14",
                        "a on 14",
                        "b on 14",
                        "nested on 14",
                        "plain on 18",
                        "a on 18",
                        "b on 18",
                        "nested on 18");
    }

    @OnPostgres
    static class NewestForAClass {
        @Test
        void one(TestDatabase database) {
            SEEN.add(database.server().major() + " " + database.name());
        }

        @Test
        void other(TestDatabase database) {
            SEEN.add(database.server().major() + " " + database.name());
        }

        @OnPostgres(14)
        void nearestAnnotationCounts(TestDatabase database) {
            SEEN.add("the oldest: " + database.server().major());
        }

        @OnEveryPostgres(from = 15, to = 15)
        void nearestAnnotationCountsAgain(TestDatabase database) {
            SEEN.add("a range: " + database.server().major());
        }
    }

    @Test
    void classRunsOnTheNewestMajorAndEachTestHasItsOwnDatabase() {
        run(NewestForAClass.class)
                .testEvents()
                .assertStatistics(count -> count.succeeded(4).failed(0));
        assertThat(SEEN)
                .doesNotHaveDuplicates()
                .filteredOn(seen -> seen.startsWith("18 "))
                .hasSize(2);
        assertThat(SEEN).contains("the oldest: 14", "a range: 15");
    }

    @OnPostgres
    static class SharedByItsTests {
        @BeforeAll
        static void load(TestDatabase database) {
            database.execute("CREATE TABLE orders (id int)");
        }

        @Test
        void one(TestDatabase database) {
            database.execute("INSERT INTO orders VALUES (1)");
        }

        @Test
        void other(TestDatabase database) {
            database.execute("INSERT INTO orders VALUES (2)");
        }
    }

    @Test
    void databaseTakenBeforeAllIsSharedByTheTestsOfTheClass() {
        run(SharedByItsTests.class)
                .testEvents()
                .assertStatistics(count -> count.succeeded(2).failed(0));
    }

    static class LeavesAConnectionOpen {
        @OnPostgres
        void forgetful(TestDatabase database) throws Exception {
            LEAKED.add(database.partita().getConnection());
        }
    }

    @Test
    void leakedConnectionFailsTheTestAndShowsWhereItWasOpened() {
        Throwable failure = failure(run(LeavesAConnectionOpen.class));

        assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has left connections open")
                .hasMessageContaining("partita/test as shop_owner, idle");
        assertThat(failure.getSuppressed()[0])
                .hasMessage("the connection was opened here")
                .hasStackTraceContaining("LeavesAConnectionOpen.forgetful");
    }

    static class Fails {
        @OnPostgres
        void wrong(TestDatabase database) {
            SEEN.add(database.sessions().toString());
            throw new AssertionError("wrong");
        }
    }

    @Test
    void failureTellsServerAndSettingsWhichAreTheSameNextTime() {
        Throwable failure = failure(run(Fails.class));

        assertThat(failure).hasMessage("wrong");
        assertThat(failure.getSuppressed()[0].toString())
                .contains("on PostgreSQL 18")
                .contains("TimeZone = ");

        run(Fails.class);
        assertThat(SEEN).hasSize(2);
        assertThat(SEEN.get(0)).isEqualTo(SEEN.get(1));
    }

    static class NotToBeHad {
        @OnPostgres(13)
        void test(TestDatabase database) {
            SEEN.add("ran");
        }

        @OnEveryPostgres(to = 13)
        void noneInRange(TestDatabase database) {
            SEEN.add("ran");
        }
    }

    @Test
    void testWithoutItsServerIsSkippedAndSaysWhy() {
        System.setProperty("partita.test.majors", "13,18");
        EngineExecutionResults results = run(NotToBeHad.class);

        results.testEvents()
                .skipped()
                .assertThatEvents()
                .isNotEmpty()
                .allMatch(event(skippedWithReason(reason -> reason.startsWith("no PostgreSQL 13 here: put")))::matches);
        results.testEvents().assertStatistics(count -> count.failed(0).skipped(2));
        assertThat(SEEN).isEmpty();
    }

    private static Throwable failure(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .findFirst()
                .flatMap(event ->
                        event.getRequiredPayload(TestExecutionResult.class).getThrowable())
                .orElseThrow();
    }

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
    }
}
