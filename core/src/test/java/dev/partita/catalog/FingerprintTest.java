package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.sql.Sql;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class FingerprintTest {

    private static final String ORDERS = """
            CREATE TABLE customers (id bigint PRIMARY KEY);
            CREATE TABLE orders (id bigint, day date NOT NULL, region text, note text, PRIMARY KEY (id, day, region))
                PARTITION BY RANGE (day);
            CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
                PARTITION BY LIST (region);
            CREATE TABLE orders_2024_na PARTITION OF orders_2024 FOR VALUES IN ('NA');
            CREATE TABLE orders_rest PARTITION OF orders DEFAULT;
            CREATE TABLE orders_2025 (LIKE orders);
            CREATE INDEX by_note ON orders (note);
            CREATE UNIQUE INDEX by_day ON orders (day, id, region);
            CREATE POLICY everybody ON orders USING (id > 0);
            """;

    private static final List<String> CHANGES = List.of(
            "ALTER TABLE orders ADD more int",
            "ALTER TABLE orders RENAME note TO remark",
            "ALTER TABLE orders ALTER remark TYPE varchar(100)",
            "ALTER TABLE orders ALTER remark SET DEFAULT 'x'",
            "ALTER TABLE orders ALTER remark SET DEFAULT 'y'",
            "ALTER TABLE orders ALTER remark SET NOT NULL",
            "ALTER TABLE orders ALTER remark SET STATISTICS 17",
            "ALTER TABLE orders DROP COLUMN more",
            "ALTER TABLE orders ADD CONSTRAINT positive CHECK (id > 0)",
            "ALTER TABLE orders RENAME CONSTRAINT positive TO more_than_nothing",
            "ALTER TABLE orders DROP CONSTRAINT more_than_nothing",
            "CREATE INDEX by_region ON orders (region)",
            "ALTER INDEX by_region RENAME TO of_region",
            "DROP INDEX of_region",
            "CREATE INDEX half_done ON ONLY orders (region)",
            "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES customers",
            "CREATE TABLE items (id bigint, day date, region text, FOREIGN KEY (id, day, region) REFERENCES orders)",
            "DROP TABLE items",
            "GRANT SELECT ON orders TO PUBLIC",
            "GRANT UPDATE (remark) ON orders TO PUBLIC",
            "REVOKE SELECT ON orders FROM PUBLIC",
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE orders FORCE ROW LEVEL SECURITY",
            "ALTER POLICY everybody ON orders USING (id > 1)",
            "CREATE POLICY nobody ON orders AS RESTRICTIVE USING (false)",
            "DROP POLICY nobody ON orders",
            "ALTER TABLE orders REPLICA IDENTITY FULL",
            "COMMENT ON TABLE orders IS 'what was bought'",
            "ALTER TABLE orders RENAME TO purchases",
            "ALTER TABLE purchases RENAME TO orders",
            "CREATE SCHEMA elsewhere; ALTER TABLE orders_rest SET SCHEMA elsewhere",
            "CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
            "ALTER TABLE orders_2026 RENAME TO orders_next",
            "DROP TABLE orders_next",
            "ALTER TABLE orders DETACH PARTITION elsewhere.orders_rest",
            "CREATE TABLE orders_2024_eu PARTITION OF orders_2024 FOR VALUES IN ('EU')",
            "ALTER TABLE orders_2024 DETACH PARTITION orders_2024_eu",
            "ALTER TABLE orders_2024 ATTACH PARTITION orders_2024_eu FOR VALUES IN ('EU', NULL)",
            "DROP TABLE orders CASCADE; CREATE TABLE orders (id bigint)");

    /** What the steps of one run want to hear of between two partitions; with the rest the end is as if they had come first. */
    private static final List<String> SEEN_BETWEEN_STEPS = List.of(
            "ALTER TABLE orders ADD more int",
            "ALTER TABLE orders ADD CONSTRAINT positive CHECK (id > 0)",
            "GRANT SELECT ON orders TO PUBLIC",
            "REVOKE SELECT ON orders FROM PUBLIC",
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE orders FORCE ROW LEVEL SECURITY",
            "ALTER TABLE orders REPLICA IDENTITY FULL",
            "ALTER TABLE orders RENAME TO purchases",
            "ALTER TABLE purchases RENAME TO orders",
            "CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
            "DROP TABLE orders_next",
            "ALTER TABLE orders DETACH PARTITION elsewhere.orders_rest",
            "DROP TABLE orders CASCADE; CREATE TABLE orders (id bigint)");

    private static final List<String> NO_CHANGES = List.of(
            "INSERT INTO orders SELECT i, '2024-05-05', 'NA' FROM generate_series(1, 2000) i",
            "ANALYZE orders",
            "VACUUM orders",
            "VACUUM FULL orders_2024_na",
            "DELETE FROM orders",
            "TRUNCATE orders_2024_na",
            "REINDEX TABLE orders_2024_na",
            "CREATE TABLE unrelated (LIKE orders INCLUDING ALL)",
            "ALTER TABLE orders_2024_na SET (fillfactor = 70)",
            "GRANT SELECT ON orders_2024_na TO PUBLIC",
            "ALTER ROLE shop_owner SET TimeZone = 'Asia/Kathmandu'");

    @Test
    void changesWithEverythingThatAPlanRestsOn(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        List<Fingerprint> seen = new ArrayList<>();
        seen.add(read(database));
        for (String change : CHANGES) {
            database.execute(change);
            CatalogTable orders = change.endsWith("purchases")
                    ? Reading.tables(database, "purchases").table("purchases")
                    : Reading.tables(database, "orders").table("orders");
            assertThat(orders.fingerprint()).as(change).isNotEqualTo(seen.get(seen.size() - 1));
            seen.add(orders.fingerprint());
        }
    }

    @Test
    void givesItsStampANewDigestWithWhatMattersBetweenTwoSteps(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        long orders = Reading.tables(database, "orders").table("orders").oid();
        Optional<String> before = stamp(database, orders);
        List<String> seen = new ArrayList<>();
        for (String change : CHANGES) {
            database.execute(change);
            Optional<String> after = stamp(database, orders);
            if (!after.equals(before)) {
                seen.add(change);
            }
            before = after;
        }
        assertThat(seen).containsAll(SEEN_BETWEEN_STEPS);
    }

    @Test
    void keepsItsStampWhateverHappensToRows(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        long orders = Reading.tables(database, "orders").table("orders").oid();
        Optional<String> before = stamp(database, orders);
        for (String change : NO_CHANGES) {
            database.execute(change);
            assertThat(stamp(database, orders)).as(change).isEqualTo(before);
        }
        database.executeAsSuperuser("ALTER ROLE shop_owner RESET TimeZone");
    }

    @Test
    void staysTheSameWhateverHappensToRows(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Fingerprint before = read(database);
        for (String change : NO_CHANGES) {
            database.execute(change);
            assertThat(read(database)).as(change).isEqualTo(before);
        }
        database.executeAsSuperuser("ALTER ROLE shop_owner RESET TimeZone");
    }

    @Test
    void isTheSameInAnybodysTransactionUnderLocks(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        CatalogTable orders = Reading.tables(database, "orders").table("orders");
        try (Connection connection = database.partita().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    Setting.all(SessionSettings.PINNED) + "; LOCK TABLE public.orders IN ACCESS EXCLUSIVE MODE");

            assertThat(new CatalogReader().fingerprint(connection, orders.oid()))
                    .isEqualTo(orders.fingerprint());
            assertThat(new CatalogReader().fingerprint(connection, 1)).isEqualTo(Fingerprint.ABSENT);
            assertThat(answer(statement, CatalogReader.stampQuery(1))).isEmpty();
            connection.rollback();
        }
        assertThat(read(database)).isEqualTo(orders.fingerprint());
    }

    private static Optional<String> stamp(TestDatabase database, long oid) throws SQLException {
        try (Connection connection = database.partita().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(Setting.all(SessionSettings.PINNED).sql());
            Optional<String> stamp = answer(statement, CatalogReader.stampQuery(oid));
            connection.rollback();
            return stamp;
        }
    }

    private static Optional<String> answer(Statement statement, Sql query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query.sql())) {
            return result.next() ? Optional.ofNullable(result.getString("digest")) : Optional.empty();
        }
    }

    private static Fingerprint read(TestDatabase database) throws SQLException {
        return Reading.tables(database, "orders").table("orders").fingerprint();
    }
}
