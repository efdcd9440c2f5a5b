package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class ApplyCommandTest {

    @TempDir
    Path folder;

    private Typed shop(TestDatabase database) {
        database.execute(Shop.ORDERS);
        return Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);
    }

    @Test
    void saysWhatWasDoneAndThatNothingIsLeft(TestDatabase database) throws IOException {
        Typed typed = shop(database);

        Golden.check("apply/monthly", typed.partita("apply").all());
        Golden.check("apply/again", typed.partita("apply").all());
    }

    @Test
    void tellsProgramsTheSame(TestDatabase database) throws IOException {
        Golden.check(
                "apply/monthly-json",
                shop(database).partita("apply", "--format", "json").all());
    }

    @Test
    void namesWhoIsInTheWayAndLeavesTheOtherTablesAlone(TestDatabase database) throws Exception {
        Typed typed = shop(database);
        database.execute("CREATE TABLE customers (id bigint PRIMARY KEY) PARTITION BY HASH (id)");
        typed.file("partita.yml", Shop.ORDERS_DECLARED + "  customers: { hash: id, partitions: 2 }\n");
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders IN SHARE UPDATE EXCLUSIVE MODE");

            Typed.Ran ran = typed.with("COLUMNS", "250")
                    .partita("apply", "--lock-timeout", "1ms", "--table", "orders", "--table", "customers");

            other.rollback();
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.err()).contains("try 1 met pid ", "(shop)", "SHARE UPDATE EXCLUSIVE on public.orders");
            Golden.check("apply/blocked", ran.out().replaceAll("for \\d+ s", "for 0 s"));
        }
    }

    @Test
    void refusesToWriteOnAStandby(TestDatabase database) throws IOException {
        Typed typed = shop(database);
        database.executeAsSuperuser(
                "ALTER ROLE shop_owner IN DATABASE " + database.name() + " SET default_transaction_read_only = on");

        Golden.check("apply/read-only", typed.partita("apply").all());
    }

    @Test
    void holdsTheLeaseWhereThereIsOne(TestDatabase database) throws IOException {
        Typed typed = shop(database);
        assertThat(typed.partita("install").code()).isZero();
        Golden.check("install/twice", typed.partita("install").all());
        database.execute("INSERT INTO partita.lease (name, epoch, holder, taken_at, expires_at) VALUES"
                + " ('maintenance', 7, 'somebody else', '2026-11-22 11:59:59Z', 'infinity')");

        Golden.check("apply/lease-taken", typed.partita("apply").all());

        database.execute("UPDATE partita.lease SET expires_at = now()");
        assertThat(typed.partita("apply").code()).isZero();
        assertThat(database.value("SELECT epoch FROM partita.lease")).isEqualTo("8");
        Golden.check("install/uninstall", typed.partita("uninstall").all());
        assertThat(database.value("SELECT to_regnamespace('partita') IS NULL")).isEqualTo("t");
    }

    @Test
    void goesOnWithAnAlarmWhenTheStateSchemaCannotBeUsed(TestDatabase database) throws IOException {
        Typed typed = shop(database);
        typed.partita("install");
        database.execute("DROP TABLE partita.lease");

        Typed.Ran ran = typed.partita("apply");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).startsWith("STATE_SCHEMA_UNFIT");
    }

    @Test
    void printsRolesAndGrantsForADba(TestDatabase database) throws IOException {
        Typed typed = shop(database);

        Golden.check("install/print", typed.partita("install", "--print").all());
        Golden.check(
                "install/print-uninstall", typed.partita("uninstall", "--print").all());
    }

    @Test
    void refusesTablesThatAreNotDeclared(TestDatabase database) throws IOException {
        Golden.check(
                "apply/unknown-table",
                shop(database).partita("apply", "--table", "shop.order").all());
    }
}
