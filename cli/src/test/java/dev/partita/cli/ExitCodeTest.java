package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.problem.ProblemKind;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@code docs/reference/exit-codes.md}; stops are in {@link ProcessTest}. */
@OnPostgres
class ExitCodeTest {

    @TempDir
    Path folder;

    private Typed typed;

    @BeforeEach
    void openAShop(TestDatabase database) {
        database.execute(Shop.ORDERS);
        typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);
    }

    private void exits(int code, String... words) {
        assertThat(typed.partita(words))
                .as(Arrays.toString(words))
                .extracting(Typed.Ran::code)
                .isEqualTo(code);
    }

    @Test
    void zeroIsFine() {
        exits(0, "plan");
        exits(0, "apply");
        exits(0, "apply");
        exits(0, "plan", "--exit-code");
        exits(0, "status");
        exits(0, "init", "--output", "-");
        exits(0, "install", "--print");
        exits(0, "completion");
        exits(0, "help");
        exits(0, "--version");
        exits(0);
    }

    @Test
    void twoIsChangesPendingAndThreeOutranksIt() {
        exits(2, "plan", "--exit-code");
        typed.file("partita.yml", Shop.ORDERS_DECLARED + "  missing: { hash: id, partitions: 2 }\n");
        exits(3, "plan", "--exit-code");
        exits(3, "plan");
        exits(3, "apply");
        exits(3, "status");
    }

    @Test
    void fourIsConfiguration() {
        exits(4, "plan", "--file", "nowhere.yml");
        exits(4, "plan", "--table", "nothing");
        exits(4, "plan", "--table", "a.b.c");
        exits(4, "plan", "--for", "x");
        exits(4, "plan", "--save", "no/such/folder/plan.json");
        exits(4, "apply", "nowhere.json");
        exits(4, "apply", "--max-age", "long", "partita.yml");
        exits(4, "plan", "--url", "nonsense://x");
        exits(4, "plan", "--url", "postgresql://shop:secret@127.0.0.1/shop");
        typed.file("partita.yml", "tables: { orders: { rnage: created_at } }\n");
        exits(4, "plan");
    }

    @Test
    void fiveIsADatabaseOutOfReach(TestDatabase database) {
        exits(5, "plan", "--url", "postgresql://shop@127.0.0.1:1/shop");
        exits(
                5,
                "status",
                "--url",
                "postgresql://nobody@127.0.0.1:" + database.server().port() + "/" + database.name());
        exits(
                5,
                "apply",
                "--url",
                "postgresql://shop_owner@127.0.0.1:" + database.server().port() + "/nowhere");
    }

    @Test
    void sixIsALeaseThatSomebodyElseHolds(TestDatabase database) {
        exits(0, "install");
        database.execute("INSERT INTO partita.lease (name, epoch, holder, taken_at, expires_at)"
                + " VALUES ('maintenance', 1, 'another', now(), 'infinity')");
        exits(6, "apply");
        exits(0, "plan");
    }

    @Test
    void sixtyFourIsALineThatCannotBeUnderstood() {
        exits(64, "plna");
        exits(64, "plan", "--nonsense");
        exits(64, "plan", "--format", "xml");
        exits(64, "plan", "--sql", "--format", "json");
        exits(64, "apply", "plan.json", "--for", "2021..2022");
    }

    @Test
    void problemsAreToldToProgramsAsWell() throws IOException {
        Golden.check(
                "problems/configuration",
                typed.partita("plan", "--table", "nothing", "--format", "json").all());
        Golden.check(
                "problems/unreachable",
                typed.partita("apply", "--url", "postgresql://shop@127.0.0.1:1/shop", "--format=json")
                        .all());
    }

    @Test
    void eachCodeIsDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/exit-codes.md"));
        for (ProblemKind kind : ProblemKind.values()) {
            assertThat(page).contains("\n| " + kind.exitCode() + " |");
        }
        assertThat(page).contains("\n| 0 |", "\n| 1 |", "\n| 2 |", "\n| 70 |", "\n| 130, 143 |");
    }
}
