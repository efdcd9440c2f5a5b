package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.PostgresServer;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class SavedPlanTest {

    @TempDir
    Path folder;

    private Typed saved(TestDatabase database, String... more) {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).with("COLUMNS", "250").file("partita.yml", Shop.ORDERS_DECLARED);
        String[] words = new String[more.length + 3];
        System.arraycopy(new String[] {"plan", "--save", "plan.json"}, 0, words, 0, 3);
        System.arraycopy(more, 0, words, 3, more.length);
        assertThat(typed.partita(words).code()).isZero();
        return typed;
    }

    @Test
    void isAppliedAsItWasSaved(TestDatabase database) throws IOException {
        Typed typed = saved(database);

        // A month later other partitions would be wanted; the plan knows its own instant.
        Golden.check(
                "apply/saved",
                typed.at("2026-11-28T00:00:00Z").partita("apply", "plan.json").all());

        assertThat(database.partitions("orders")).isEqualTo(4);
        assertThat(typed.partita("plan", "--exit-code").code()).isZero();
    }

    @Test
    void keepsWhatWasAskedForBesides(TestDatabase database) {
        Typed typed = saved(database, "--for", "2021-01..2021-02");

        assertThat(typed.partita("apply", "plan.json").code()).isZero();

        assertThat(database.partitions("orders")).isEqualTo(6);
    }

    @Test
    void keepsWhereATableOfNumbersWas(TestDatabase database) {
        database.execute("""
                CREATE TABLE readings (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE readings_0 PARTITION OF readings FOR VALUES FROM (0) TO (1000);
                CREATE TABLE readings_1000 PARTITION OF readings FOR VALUES FROM (1000) TO (2000);
                INSERT INTO readings VALUES (5);
                """);
        Typed typed = Typed.in(folder, database)
                .file("partita.yml", "tables: { readings: { range: id, every: 1000, ahead: 2 } }\n");
        typed.partita("plan", "--save", "plan.json");
        database.execute("INSERT INTO readings VALUES (1500)");

        assertThat(typed.partita("apply", "plan.json").code()).isZero();

        assertThat(database.partitions("readings"))
                .as("one more for id 5, where two would be wanted for id 1500")
                .isEqualTo(3);
    }

    @Test
    void refusesWhenTheTableHasChanged(TestDatabase database) throws IOException {
        Typed typed = saved(database);
        database.execute("ALTER TABLE orders ADD note text");

        Golden.check("apply/saved-moved", typed.partita("apply", "plan.json").all());
        assertThat(database.partitions("orders")).isEqualTo(1);
    }

    @Test
    void refusesWhenWhatSurroundsTheTableHasChanged(TestDatabase database) throws IOException {
        Typed typed = saved(database);
        database.execute("CREATE TABLE orders_2027_01 (impostor int)");

        Golden.check(
                "apply/saved-steps-differ", typed.partita("apply", "plan.json").all());
        assertThat(database.partitions("orders")).isEqualTo(1);
    }

    @Test
    void refusesWhenTheDeclarationHasChanged(TestDatabase database) throws IOException {
        Typed typed = saved(database);

        typed.file("partita.yml", Shop.ORDERS_DECLARED + "    ahead: 4\n");
        Golden.check(
                "apply/saved-declaration", typed.partita("apply", "plan.json").all());

        typed.file("partita.yml", "tables: { others: { hash: id, partitions: 2 } }\n");
        Golden.check(
                "apply/saved-undeclared", typed.partita("apply", "plan.json").all());

        typed.file(
                "partita.yml",
                "# spelled otherwise\ntables:\n  public.orders: {every: P1M, range: created_at, ahead: 3}\n");
        assertThat(typed.partita("apply", "plan.json").code()).isZero();
    }

    @Test
    void refusesOnAnotherDatabase(TestDatabase database, PostgresServer server) throws IOException {
        saved(database);
        try (TestDatabase other = server.freshDatabase()) {
            other.execute(Shop.ORDERS);
            Typed typed = Typed.in(folder, other);

            Golden.check(
                    "apply/saved-other-database",
                    typed.partita("apply", "plan.json")
                            .all()
                            .replace(other.name(), "other")
                            .replace(database.name(), "shop")
                            .replaceAll("@\\d{19}", "@7000000000000000000"));
            assertThat(other.partitions("orders")).isEqualTo(1);
        }
    }

    @Test
    void refusesWhenItIsTooOldOrOfTheFuture(TestDatabase database) throws IOException {
        Typed typed = saved(database);

        Golden.check(
                "apply/saved-old",
                typed.at("2026-11-29T12:00:01Z").partita("apply", "plan.json").all());
        Golden.check(
                "apply/saved-early",
                typed.at("2026-11-22T11:59:00Z").partita("apply", "plan.json").all());
        assertThat(database.partitions("orders")).isEqualTo(1);
        assertThat(typed.at("2026-11-29T12:00:01Z")
                        .partita("apply", "plan.json", "--max-age", "30 days")
                        .code())
                .isZero();
    }

    @Test
    void refusesWhenTheFileWasTouched(TestDatabase database) throws IOException {
        Typed typed = saved(database);
        Path file = folder.resolve("plan.json");
        String text = Files.readString(file);

        Files.writeString(file, text.replace("orders_2026_12", "orders_2026_13"));
        Golden.check("apply/saved-touched", typed.partita("apply", "plan.json").all());

        Files.writeString(file, text.substring(0, text.length() / 2));
        Golden.check("apply/saved-cut", typed.partita("apply", "plan.json").all());

        Files.writeString(file, text.replaceAll("\\s+(?=\")", ""));
        assertThat(typed.partita("apply", "plan.json").code())
                .as("white space does not matter")
                .isZero();
    }

    @Test
    void refusesToPromiseAboutTheFutureOnceItHasBegun(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS + """
                CREATE TABLE orders_default PARTITION OF orders DEFAULT;
                INSERT INTO orders SELECT n, n, '2020-01-01' FROM generate_series(1, 200000) n;
                """);
        Typed typed = Typed.in(folder, database)
                .with("COLUMNS", "250")
                .file("partita.yml", Shop.ORDERS_DECLARED + "    default: alert\n")
                .at("2026-11-29T12:00:00Z");
        typed.partita("plan", "--save", "plan.json");

        Golden.check(
                "apply/saved-begun",
                typed.at("2026-12-01T00:00:00Z").partita("apply", "plan.json").all());
    }

    @Test
    void isNarrowedToATable(TestDatabase database) {
        database.execute("CREATE TABLE customers (id bigint PRIMARY KEY) PARTITION BY HASH (id)");
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database)
                .file("partita.yml", Shop.ORDERS_DECLARED + "  customers: { hash: id, partitions: 2 }\n");
        typed.partita("plan", "--save", "plan.json");

        assertThat(typed.partita("apply", "plan.json", "--table", "customers", "--only", "create")
                        .code())
                .isZero();

        assertThat(database.partitions("orders")).isEqualTo(1);
        assertThat(database.partitions("customers")).isEqualTo(2);
    }
}
