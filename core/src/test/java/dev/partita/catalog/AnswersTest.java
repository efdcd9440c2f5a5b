package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.partita.catalog.Answers.Rows;
import dev.partita.catalog.Answers.Taken;
import dev.partita.catalog.Questions.DefaultRows;
import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class AnswersTest {

    private static final TableName REST = TableName.of("public", "orders_rest");

    @Test
    void tellsWhoHasAName(TestDatabase database) throws Exception {
        database.execute("""
                CREATE SCHEMA elsewhere;
                CREATE TABLE elsewhere.free (id int);
                CREATE TABLE full_table (id int);
                INSERT INTO full_table VALUES (1);
                CREATE TABLE empty_table (id int);
                CREATE VIEW a_view AS SELECT 1;
                CREATE MATERIALIZED VIEW a_matview AS SELECT 1;
                CREATE SEQUENCE a_sequence;
                CREATE INDEX an_index ON full_table (id);
                CREATE TYPE a_composite AS (id int);
                CREATE TYPE an_enum AS ENUM ('x');
                CREATE DOMAIN a_domain AS int;
                CREATE TYPE a_range AS RANGE (subtype = date);
                """);

        Set<TableName> names = Set.of(
                name("free"),
                name("full_table"),
                name("_full_table"),
                name("empty_table"),
                name("a_view"),
                name("a_matview"),
                name("a_sequence"),
                name("an_index"),
                name("a_composite"),
                name("an_enum"),
                name("a_domain"),
                name("a_range"),
                TableName.of("nowhere", "full_table"));

        assertThat(Reading.answers(database, Questions.aboutMissing(names, List.of()))
                        .taken())
                .containsOnly(
                        entry(name("full_table"), new Taken("a plain table", Taken.Kind.TABLE, Optional.of(true))),
                        entry(name("empty_table"), new Taken("a plain table", Taken.Kind.TABLE, Optional.of(false))),
                        entry(name("a_view"), new Taken("a view", Taken.Kind.RELATION, Optional.empty())),
                        entry(
                                name("a_matview"),
                                new Taken("a materialized view", Taken.Kind.RELATION, Optional.empty())),
                        entry(name("a_sequence"), new Taken("a sequence", Taken.Kind.RELATION, Optional.empty())),
                        entry(name("an_index"), new Taken("an index", Taken.Kind.RELATION, Optional.empty())),
                        entry(name("a_composite"), new Taken("a composite type", Taken.Kind.TYPE, Optional.empty())),
                        entry(name("an_enum"), new Taken("an enum type", Taken.Kind.TYPE, Optional.empty())),
                        entry(name("a_domain"), new Taken("a domain", Taken.Kind.TYPE, Optional.empty())),
                        entry(name("a_range"), new Taken("a type", Taken.Kind.TYPE, Optional.empty())));
    }

    @Test
    void doesNotKnowWhatIsInsideATableThatSomebodyHasLocked(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE locked (id int)");
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.locked IN ACCESS EXCLUSIVE MODE");
            Answers answers = Reading.answers(database, Questions.aboutMissing(Set.of(name("locked")), List.of()));
            other.rollback();

            assertThat(answers.taken())
                    .containsOnly(
                            entry(name("locked"), new Taken("a plain table", Taken.Kind.TABLE, Optional.empty())));
        }
    }

    @Test
    void countsRowsOfTimesInDefault(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE orders (at timestamptz) PARTITION BY RANGE (at);
                CREATE TABLE orders_rest PARTITION OF orders DEFAULT;
                INSERT INTO orders SELECT timestamptz '2024-01-31 23:59:59.999999+00' FROM generate_series(1, 3);
                INSERT INTO orders VALUES ('2024-02-01 00:00:00+00'), ('2024-02-29 12:00:00+00'), ('infinity'), (NULL);
                """);
        DefaultRows january = times("2024-01-01", "2024-02-01");
        DefaultRows february = times("2024-02-01", "2024-03-01");
        DefaultRows march = times("2024-03-01", "2024-04-01");
        DefaultRows everything = new DefaultRows(
                REST,
                Identifier.of("at"),
                KeyType.TIMESTAMPTZ,
                Reading.range(RangeLimit.MINVALUE, RangeLimit.MAXVALUE));
        List<DefaultRows> questions = List.of(january, february, march, everything);

        Answers scanned = Reading.answers(database, Questions.aboutMissing(Set.of(), questions));
        database.execute("CREATE INDEX ON orders (at)");
        Answers looked = Reading.answers(database, Questions.aboutMissing(Set.of(), questions));

        assertThat(scanned.rows())
                .containsOnly(
                        entry(january, new Rows.Counted(3, false)),
                        entry(february, new Rows.Counted(2, false)),
                        entry(march, new Rows.Counted(0, false)),
                        entry(everything, new Rows.Counted(6, false)));
        assertThat(looked.rows()).isEqualTo(scanned.rows());
        assertThat(looked.pages()).containsOnly(entry(REST, 1L));
    }

    @Test
    void countsRowsOfValuesInADefaultThatIsPartitionedItself(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TYPE region AS ENUM ('na', 'e''u', 'apac');
                CREATE TABLE orders (id int, region region) PARTITION BY LIST (region);
                CREATE TABLE orders_rest PARTITION OF orders DEFAULT PARTITION BY HASH (id);
                CREATE TABLE orders_rest_0 PARTITION OF orders_rest FOR VALUES WITH (modulus 2, remainder 0);
                CREATE TABLE orders_rest_1 PARTITION OF orders_rest FOR VALUES WITH (modulus 2, remainder 1);
                INSERT INTO orders SELECT i, 'na' FROM generate_series(1, 10) i;
                INSERT INTO orders SELECT i, 'e''u' FROM generate_series(1, 5) i;
                INSERT INTO orders SELECT i, NULL FROM generate_series(1, 2) i;
                """);
        DefaultRows america = regions("na");
        DefaultRows europeAndNobody = regions("e'u", null);
        DefaultRows nobody = regions((String) null);

        Answers answers =
                Reading.answers(database, Questions.aboutMissing(Set.of(), List.of(america, europeAndNobody, nobody)));

        assertThat(answers.rows())
                .containsOnly(
                        entry(america, new Rows.Counted(10, false)),
                        entry(europeAndNobody, new Rows.Counted(7, false)),
                        entry(nobody, new Rows.Counted(2, false)));
        assertThat(answers.pages()).containsOnly(entry(REST, 2L));
    }

    @Test
    void stopsCountingWhenThereAreEnough(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE orders (id int) PARTITION BY RANGE (id);
                CREATE TABLE orders_rest PARTITION OF orders DEFAULT;
                INSERT INTO orders SELECT generate_series(1, 30000);
                """);
        DefaultRows enough = numbers(0, 10_001);
        DefaultRows tooMany = numbers(20_000, 40_000);

        Answers scanned = Reading.answers(database, Questions.aboutMissing(Set.of(), List.of(enough, tooMany)));
        database.execute("CREATE INDEX ON orders_rest (id)");
        Answers looked = Reading.answers(database, Questions.aboutMissing(Set.of(), List.of(enough, tooMany)));

        assertThat(scanned.rows())
                .containsOnly(
                        entry(enough, new Rows.Counted(10_000, false)), entry(tooMany, new Rows.Counted(10_000, true)));
        assertThat(looked.rows()).isEqualTo(scanned.rows());
    }

    @Test
    void saysWhoKeepsItFromCounting(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE orders (id int) PARTITION BY RANGE (id);
                CREATE TABLE orders_rest PARTITION OF orders DEFAULT;
                """);
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders_rest IN ACCESS EXCLUSIVE MODE");
            Answers answers = Reading.answers(database, Questions.aboutMissing(Set.of(), List.of(numbers(0, 1))));
            String pid = database.value("SELECT pid FROM pg_stat_activity WHERE application_name = 'shop'"
                    + " AND state = 'idle in transaction'");
            other.rollback();

            assertThat(answers.rows())
                    .containsOnly(
                            entry(numbers(0, 1), new Rows.Unknown("pid " + pid + " (shop) holds a lock on it", false)));
            assertThat(answers.pages()).isEmpty();
        }
    }

    @Test
    void doesNotCountWhatItCannotSee(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE orders (id int) PARTITION BY RANGE (id);
                CREATE TABLE orders_rest PARTITION OF orders DEFAULT;
                INSERT INTO orders VALUES (1);
                ALTER TABLE orders_rest ENABLE ROW LEVEL SECURITY;
                ALTER TABLE orders_rest FORCE ROW LEVEL SECURITY;
                """);
        DefaultRows missing =
                new DefaultRows(name("missing"), Identifier.of("id"), KeyType.INTEGER, Reading.range(0, 1));
        DefaultRows opaque = new DefaultRows(
                REST,
                Identifier.of("id"),
                KeyType.INTEGER,
                new PartitionBound.Opaque("FOR VALUES FROM (1, 2) TO (2, 3)"));

        Answers answers =
                Reading.answers(database, Questions.aboutMissing(Set.of(), List.of(numbers(0, 1), missing, opaque)));

        assertThat(answers.rows().get(numbers(0, 1)))
                .isInstanceOfSatisfying(
                        Rows.Unknown.class, unknown -> assertThat(unknown.why()).contains("row-level security"));
        assertThat(answers.rows().get(missing)).isEqualTo(new Rows.Unknown("it does not exist", false));
        assertThat(answers.rows().get(opaque)).isInstanceOf(Rows.Unknown.class);
    }

    @Test
    void countsWithTheOwnersRightsForARoleThatHasNoneOfItsOwn(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE orders (id integer) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_rest PARTITION OF orders DEFAULT",
                "INSERT INTO orders VALUES (5)",
                "CREATE TABLE taken (id integer)");
        database.createRole("counting_runner", "LOGIN NOINHERIT");
        database.executeAsSuperuser("GRANT shop_owner TO counting_runner");

        Answers answers;
        try (Connection runner = database.connect("counting_runner")) {
            answers = new CatalogReader()
                    .answer(
                            runner,
                            Questions.aboutMissing(Set.of(name("taken")), List.of(numbers(0, 10), numbers(10, 20))));
        }

        assertThat(answers.rows())
                .containsEntry(numbers(0, 10), new Rows.Counted(1, false))
                .containsEntry(numbers(10, 20), new Rows.Counted(0, false));
        assertThat(answers.taken())
                .containsEntry(name("taken"), new Taken("a plain table", Taken.Kind.TABLE, Optional.of(false)));
    }

    private static TableName name(String name) {
        return TableName.of("public", name);
    }

    private static DefaultRows numbers(long from, long to) {
        return new DefaultRows(REST, Identifier.of("id"), KeyType.INTEGER, Reading.range(from, to));
    }

    private static DefaultRows times(String from, String to) {
        return new DefaultRows(
                REST,
                Identifier.of("at"),
                KeyType.TIMESTAMPTZ,
                Reading.range(
                        KeyType.TIMESTAMPTZ.limit(from + " 00:00:00+00").orElseThrow(),
                        KeyType.TIMESTAMPTZ.limit(to + " 00:00:00+00").orElseThrow()));
    }

    private static DefaultRows regions(@Nullable String... regions) {
        return new DefaultRows(REST, Identifier.of("region"), KeyType.ENUM, Reading.values(regions));
    }
}
