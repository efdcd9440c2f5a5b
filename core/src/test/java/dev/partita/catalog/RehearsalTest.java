package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class RehearsalTest {

    private static final TableName ORDERS = TableName.of("shop", "orders");

    @Test
    void makesLooksAndUndoes(TestDatabase database) throws Exception {
        database.execute(
                "CREATE SCHEMA shop; CREATE DOMAIN cents AS bigint; CREATE TABLE customers (id int PRIMARY KEY)");

        CatalogTable orders = Reading.table(
                database,
                Reading.created(
                        ORDERS,
                        "CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, price cents,"
                                + " customer int REFERENCES public.customers, note text DEFAULT '? {}')"));

        assertThat(orders.unreadable()).isEmpty();
        assertThat(orders.rehearsed()).isTrue();
        assertThat(orders.fingerprint()).isEqualTo(Fingerprint.ABSENT);
        assertThat(orders.columns().stream().map(column -> column.name() + " " + column.type()))
                .containsExactly("id bigint", "price public.cents", "customer integer", "note text");
        assertThat(orders.indexes().get(0).kind()).isEqualTo(CatalogIndex.Kind.PRIMARY_KEY);
        assertThat(orders.references()).containsExactly(TableName.of("public", "customers"));
        assertThat(orders.likeness().owner()).isEqualTo(Identifier.of(TestDatabase.OWNER));
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'orders%'"))
                .isEqualTo("0");
    }

    @Test
    void leavesATableThatExistsAlone(TestDatabase database) throws Exception {
        database.execute("CREATE SCHEMA shop; CREATE TABLE shop.orders (there int)");

        CatalogTable orders = Reading.table(database, Reading.created(ORDERS, "CREATE TABLE shop.orders (wanted int)"));

        assertThat(orders.rehearsed()).isFalse();
        assertThat(orders.columns()).extracting(CatalogColumn::name).containsExactly(Identifier.of("there"));
    }

    @Test
    void eachTableFailsForItself(TestDatabase database) throws Exception {
        database.execute("CREATE SCHEMA shop");
        TableName refunds = TableName.of("shop", "refunds");

        Reading.Found tables = Reading.tables(
                database,
                Reading.created(ORDERS, "CREATE TABLE shop.orders (id nonsense)"),
                Reading.created(refunds, "CREATE TABLE shop.refunds (id int)"));

        assertThat(tables.table(ORDERS).unreadable()).contains("create: type \"nonsense\" does not exist");
        assertThat(tables.table(refunds).unreadable()).isEmpty();
    }

    @Test
    void isImpossibleWhereNothingMayBeWritten(TestDatabase database) throws Exception {
        database.execute("CREATE SCHEMA shop");
        try (Connection connection = database.partita().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on");

            CatalogTable orders = new CatalogReader()
                    .read(connection, List.of(Reading.created(ORDERS, "CREATE TABLE shop.orders (id int)")))
                    .table(ORDERS)
                    .orElseThrow();

            assertThat(orders.unreadable()).contains("create: cannot execute CREATE TABLE in a read-only transaction");
        }
    }

    @Test
    void keepsNoLockOnWhatItRefersTo(TestDatabase database) throws Exception {
        database.execute("CREATE SCHEMA shop; CREATE TABLE customers (id int PRIMARY KEY)");
        try (Connection connection = database.partita().getConnection();
                Snapshot snapshot = Snapshot.begin(connection, true)) {
            new Rehearsal(snapshot, Identifier.of(TestDatabase.OWNER))
                    .of(List.of(Reading.created(
                            ORDERS, "CREATE TABLE shop.orders (customer int REFERENCES public.customers)")));

            assertThat(database.rows("SELECT mode FROM pg_locks WHERE relation = 'customers'::regclass"
                            + " AND mode NOT IN ('AccessShareLock')"))
                    .isEmpty();
        }
    }
}
