package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.ListPartition;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class CursorTest {

    private static final TableName EVENTS = TableName.of("public", "events");

    private static final String PARTITIONS = """
            CREATE TABLE events_0 PARTITION OF events FOR VALUES FROM (MINVALUE) TO (100);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (100) TO (200);
            CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (200) TO (300);
            CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM (300) TO (400);
            CREATE TABLE events_rest PARTITION OF events DEFAULT;
            """;

    @Test
    void isTheLargestKeyThatAnIndexKnows(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id bigint PRIMARY KEY) PARTITION BY RANGE (id)",
                PARTITIONS,
                "INSERT INTO events VALUES (5), (150), (177), (99999)");

        assertThat(read(database, Spacing.Cursor.KEY).cursor()).contains(RangeLimit.at(177));
    }

    @Test
    void isWhereTheNewestFilledPartitionBeginsWithoutAnIndex(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id bigint, day date) PARTITION BY RANGE (id)",
                PARTITIONS,
                "CREATE INDEX ON events (day, id)",
                "INSERT INTO events VALUES (5), (150), (177), (99999)");

        assertThat(read(database, Spacing.Cursor.KEY).cursor()).contains(RangeLimit.at(100));
    }

    @Test
    void looksAtTheRowsOfAPartitionWithoutABegin(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id bigint) PARTITION BY RANGE (id)",
                PARTITIONS,
                "INSERT INTO events VALUES (-7)");

        assertThat(read(database, Spacing.Cursor.KEY).cursor()).contains(RangeLimit.at(-7));
    }

    @Test
    void isNeverReadFromDefaultOrBeyondTheLastBound(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id numeric) PARTITION BY RANGE (id)",
                PARTITIONS,
                "CREATE TABLE events_open PARTITION OF events FOR VALUES FROM (1000) TO (MAXVALUE)",
                "INSERT INTO events VALUES (500), (5000)");

        CatalogTable events = read(database, Spacing.Cursor.KEY);

        assertThat(events.cursor()).isEmpty();
        assertThat(events.unreadable()).isEmpty();
    }

    @Test
    void looksThroughAllBranchesOfAComposite(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE events (region text, id int) PARTITION BY LIST (region);
                CREATE TABLE events_na PARTITION OF events FOR VALUES IN ('NA') PARTITION BY RANGE (id);
                CREATE TABLE events_na_0 PARTITION OF events_na FOR VALUES FROM (0) TO (100);
                CREATE TABLE events_eu PARTITION OF events FOR VALUES IN ('EU') PARTITION BY RANGE (id);
                CREATE TABLE events_eu_0 PARTITION OF events_eu FOR VALUES FROM (0) TO (100);
                CREATE TABLE events_eu_1 PARTITION OF events_eu FOR VALUES FROM (100) TO (200);
                INSERT INTO events VALUES ('NA', 1), ('EU', 101);
                """);
        Scheme scheme = new Scheme.Values(
                Identifier.of("region"),
                List.of(new ListPartition("na", List.of(new ListValue("NA")))),
                DefaultPartition.NONE,
                Optional.empty(),
                Optional.of(Reading.range("id", Spacing.Cursor.KEY)));

        assertThat(Reading.table(
                                database,
                                new TableDeclaration(
                                        EVENTS,
                                        scheme,
                                        Optional.empty(),
                                        List.of(),
                                        List.of(),
                                        LeafOptions.NONE,
                                        new Retention.Forever()))
                        .cursor())
                .contains(RangeLimit.at(100));
    }

    @Test
    void isTheLastValueOfTheColumnsOwnSequence(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id bigint GENERATED BY DEFAULT AS IDENTITY) PARTITION BY RANGE (id)", PARTITIONS);
        assertThat(read(database, Spacing.Cursor.SEQUENCE).cursor()).isEmpty();

        database.execute("INSERT INTO events SELECT FROM generate_series(1, 205)");

        assertThat(read(database, Spacing.Cursor.SEQUENCE).cursor()).contains(RangeLimit.at(205));
    }

    @Test
    void isTheLastValueOfTheSequenceInTheColumnsDefault(TestDatabase database) throws Exception {
        database.execute("""
                CREATE SEQUENCE ids START 40;
                CREATE TABLE events (id bigint DEFAULT nextval('public.ids'::regclass)) PARTITION BY RANGE (id);
                """, PARTITIONS, "INSERT INTO events DEFAULT VALUES");

        assertThat(read(database, Spacing.Cursor.SEQUENCE).cursor()).contains(RangeLimit.at(40));
    }

    @Test
    void believesTheStatisticsOfAPartitionThatSomebodyHasLocked(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id bigint PRIMARY KEY) PARTITION BY RANGE (id)",
                PARTITIONS,
                "INSERT INTO events VALUES (150), (250)",
                "ANALYZE events_2");
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE ONLY public.events_2 IN ACCESS EXCLUSIVE MODE");
            CatalogTable locked = read(database, Spacing.Cursor.KEY);
            statement.execute("LOCK TABLE ONLY public.events_3 IN ACCESS EXCLUSIVE MODE");
            CatalogTable unknown = read(database, Spacing.Cursor.KEY);
            other.rollback();

            assertThat(locked.unreadable()).isEmpty();
            assertThat(locked.cursor()).contains(RangeLimit.at(200));
            assertThat(unknown.cursor()).isEmpty();
            assertThat(unknown.unreadable())
                    .contains("where its newest rows are: canceling statement due to lock timeout");
        }
    }

    @Test
    void cannotBeReadWhereRowSecurityHidesRows(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id bigint PRIMARY KEY) PARTITION BY RANGE (id)",
                PARTITIONS,
                "INSERT INTO events VALUES (350)",
                "ALTER TABLE events_3 ENABLE ROW LEVEL SECURITY; ALTER TABLE events_3 FORCE ROW LEVEL SECURITY");

        CatalogTable events = read(database, Spacing.Cursor.KEY);

        assertThat(events.cursor()).isEmpty();
        assertThat(events.unreadable().orElseThrow()).contains("row-level security");
    }

    @Test
    void isAskedWithTheOwnersRightsByARoleThatHasNoneOfItsOwn(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE events (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY) PARTITION BY RANGE (id)",
                PARTITIONS,
                "INSERT INTO events VALUES (150)",
                "SELECT setval('events_id_seq', 277)");
        database.createRole("shop_runner", "LOGIN NOINHERIT");
        database.executeAsSuperuser("GRANT shop_owner TO shop_runner");

        try (Connection runner = database.connect("shop_runner")) {
            assertThat(cursor(runner, Spacing.Cursor.KEY)).contains(RangeLimit.at(150));
            assertThat(cursor(runner, Spacing.Cursor.SEQUENCE)).contains(RangeLimit.at(277));
            try (Statement statement = runner.createStatement();
                    ResultSet who = statement.executeQuery("SELECT current_user")) {
                assertThat(who.next()).isTrue();
                assertThat(who.getString(1)).isEqualTo("shop_runner");
            }
        }
    }

    private static Optional<RangeLimit> cursor(Connection connection, Spacing.Cursor cursor) throws Exception {
        return new CatalogReader()
                .read(connection, List.of(Reading.numbers(EVENTS, "id", cursor)))
                .table(EVENTS)
                .orElseThrow()
                .cursor();
    }

    private static CatalogTable read(TestDatabase database, Spacing.Cursor cursor) throws Exception {
        return Reading.table(database, Reading.numbers(EVENTS, "id", cursor));
    }
}
