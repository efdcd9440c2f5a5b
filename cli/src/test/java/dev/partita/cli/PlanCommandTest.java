package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class PlanCommandTest {

    @TempDir
    Path folder;

    @Test
    void showsWhatHasToHappen(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);

        Golden.check("plan/monthly", typed.partita("plan").all());
        Golden.check("plan/monthly-sql", typed.partita("plan", "--sql").all());
        Golden.check(
                "plan/monthly-json", typed.partita("plan", "--format", "json").all());
    }

    @Test
    void saysWhyNothingIsToBeDone(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);
        typed.partita("apply");

        Golden.check("plan/nothing", typed.partita("plan", "--exit-code").all());
    }

    @Test
    void exitsWithTwoOnlyWhenAsked(TestDatabase database) {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);

        assertThat(typed.partita("plan").code()).isZero();
        assertThat(typed.partita("plan", "--exit-code").code()).isEqualTo(2);
    }

    @Test
    void showsSchemesOfEveryKind(TestDatabase database) throws IOException {
        database.execute("""
                CREATE TABLE orders_by_region (id bigint, shipping_region text, PRIMARY KEY (id, shipping_region))
                    PARTITION BY LIST (shipping_region);
                CREATE TABLE customers_hashed (id bigint PRIMARY KEY) PARTITION BY HASH (id);
                CREATE TABLE orders (id bigint, shipping_region text, created_at timestamp,
                    PRIMARY KEY (id, created_at, shipping_region)) PARTITION BY RANGE (created_at);
                CREATE TABLE items (order_id bigint, created_at timestamp, shipping_region text,
                    FOREIGN KEY (order_id, created_at, shipping_region) REFERENCES orders (id, created_at, shipping_region));
                CREATE TABLE readings (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
                """);
        Typed typed = Typed.in(folder, database).file("partita.yml", """
                tables:
                  orders_by_region:
                    list: shipping_region
                    partitions: { na: [NA], eu: [EU], apac: [AS, OC] }
                    default: other_regions
                  customers_hashed:
                    hash: id
                    partitions: 4
                  orders:
                    range: created_at
                    every: 1 month
                    ahead: 1
                    indexes: [id]
                    then-by:
                      list: shipping_region
                      partitions: { na: [NA], eu: [EU] }
                      default: other
                  readings:
                    range: id
                    every: 10_000_000
                    ahead: 1
                  payments:
                    range: paid_at
                    every: 1 day
                    ahead: 1
                    create: CREATE TABLE payments (id uuid, paid_at date NOT NULL)
                """);
        Golden.check("plan/schemes", typed.partita("plan").all());
        Golden.check(
                "plan/schemes-json", typed.partita("plan", "--format", "json").all());
        Golden.check("apply/schemes", typed.partita("apply").all());
        Golden.check("plan/schemes-done", typed.partita("plan").all());
        Golden.check("status/schemes", typed.partita("status").all());
    }

    @Test
    void namesWhatNeedsAPersonAndGoesOnWithTheRest(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        database.execute("""
                CREATE TABLE events (id bigint PRIMARY KEY, created_at timestamptz);
                INSERT INTO events SELECT n, now() FROM generate_series(1, 1000) n;
                """);
        Typed typed = Typed.in(folder, database)
                .file("partita.yml", Shop.ORDERS_DECLARED + "  events: { range: created_at, every: 1 day }\n");

        Golden.check("plan/broken", typed.partita("plan").all());
        Golden.check("apply/broken", typed.partita("apply").all());
    }

    @Test
    void asksForAStretchOfThePastByName(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);

        Golden.check(
                "plan/for", typed.partita("plan", "--for", "2021-01..2021-03").all());
        Golden.check(
                "plan/for-wrong",
                typed.partita("plan", "--for", "2021-03..2021-01").all());
        Golden.check("plan/for-number", typed.partita("plan", "--for", "1..5").all());
    }

    @Test
    void mindsALargeDefault(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        database.execute("""
                CREATE TABLE orders_default PARTITION OF orders DEFAULT;
                INSERT INTO orders SELECT n, n, '2020-01-01' FROM generate_series(1, 200000) n;
                """);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED + "    default: alert\n");

        Golden.check("plan/large-default", typed.partita("plan").all());
        Golden.check("plan/large-default-sql", typed.partita("plan", "--sql").all());
        Golden.check(
                "plan/large-default-json",
                typed.partita("plan", "--format", "json").all());
        Golden.check("apply/large-default", typed.partita("apply").all());
    }

    @Test
    void hostileNamesForgeNoLineAndNoComment(TestDatabase database) throws IOException {
        String name = "x\nDROP TABLE y; -- \u001b[2J\u202e";
        database.execute(
                "CREATE SCHEMA \"a\nb\"", "CREATE TABLE \"a\nb\".\"" + name + "\" (at date) PARTITION BY RANGE (at)");
        Typed typed = Typed.in(folder, database).file("partita.yml", """
                tables:
                  "\\"a\\nb\\".\\"x\\nDROP TABLE y; -- \\e[2J\\u202e\\"":
                    range: at
                    every: 1 month
                    ahead: 0
                """);
        String all = typed.partita("plan").all()
                + typed.partita("plan", "--format", "json").all()
                + typed.partita("apply").all()
                + typed.partita("status").all();
        assertThat(all.codePoints().filter(c -> c != '\n' && Character.getType(c) == Character.CONTROL))
                .isEmpty();
        assertThat(all).doesNotContain("\u202e");
        assertThat(all.lines()).noneMatch(line -> line.startsWith("DROP"));
        Golden.check(
                "plan/hostile-sql",
                typed.at("2027-01-01T00:00:00Z").partita("plan", "--sql").all());
    }

    @Test
    void scriptIsWhatPsqlCanRun(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);

        database.execute(typed.partita("plan", "--sql").out());

        assertThat(typed.partita("plan", "--exit-code").code()).isZero();
    }

    @Test
    void sqlAndJsonExcludeEachOther(TestDatabase database) throws IOException {
        Typed typed = Typed.in(folder, database);
        Golden.check(
                "plan/sql-and-json",
                typed.partita("plan", "--sql", "--format=json").all());
    }

    @Test
    void writesNothingButTheFileThatIsAskedFor(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);

        typed.partita("plan", "--save", "plan.json");

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("partita.yml", "plan.json");
        }
        Golden.check("plan/saved", Files.readString(folder.resolve("plan.json")));
    }
}
