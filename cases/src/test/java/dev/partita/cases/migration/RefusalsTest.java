package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Installed;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.test.Fault;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/** What cannot come across is refused by name, with its way out, before anything is changed. */
class RefusalsTest {

    private static final String ORDERS = """
            CREATE SCHEMA shop AUTHORIZATION shop_owner;
            SET search_path = shop, public;
            SET ROLE shop_owner;
            CREATE TABLE customers (id int PRIMARY KEY);
            CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, customer_id int, total int, number int GENERATED ALWAYS AS IDENTITY);
            """;

    /**
     * One refusal.
     *
     * @param made what is done to the table first, by its owner
     * @param said the words, all of them
     * @param wayOut words of a way out
     * @param since the first major that has such a thing
     */
    private record Refused(String made, String said, String wayOut, int since) {}

    private static Refused refused(String made, String said, String wayOut) {
        return new Refused(made, said, wayOut, 14);
    }

    private static final List<Refused> TABLE = List.of(
            refused(
                    "DROP TABLE orders; CREATE VIEW orders AS SELECT 1 AS id, now() AS created_at",
                    "is a view, and only a plain table can be migrated",
                    "migrate the tables that it reads"),
            refused(
                    "DROP TABLE orders; RESET ROLE; CREATE FOREIGN DATA WRAPPER far; CREATE SERVER away FOREIGN DATA WRAPPER far;"
                            + " CREATE FOREIGN TABLE orders (id bigint, created_at timestamptz NOT NULL) SERVER away",
                    "is a foreign table, and only a plain table can be migrated",
                    "migrate it where its rows are"),
            refused(
                    "DROP TABLE orders; CREATE TABLE orders (id bigint, created_at timestamptz NOT NULL) PARTITION BY RANGE (created_at)",
                    "is a partitioned table, and only a plain table can be migrated",
                    "partita plan says"),
            refused(
                    "CREATE TABLE special_orders () INHERITS (orders)",
                    "has a parent or children by inheritance",
                    "NO INHERIT"),
            refused(
                    "CREATE TABLE all_orders (LIKE orders); ALTER TABLE orders INHERIT all_orders",
                    "has a parent or children by inheritance",
                    "NO INHERIT"),
            refused(
                    "ALTER TABLE orders ALTER COLUMN number DROP IDENTITY; CREATE TABLE all_orders (LIKE orders) PARTITION BY LIST (total); ALTER TABLE all_orders ATTACH PARTITION orders DEFAULT",
                    "is a partition of another table",
                    "migrate that one"),
            refused("ALTER TABLE orders SET UNLOGGED", "is unlogged: a crash of the server", "SET LOGGED"),
            refused(
                    "ALTER TABLE orders DROP CONSTRAINT orders_pkey",
                    "has no primary key, and no unique index of columns that are never NULL",
                    "CREATE UNIQUE INDEX CONCURRENTLY"),
            refused(
                    "ALTER TABLE orders DROP COLUMN created_at",
                    "has no column created_at to be partitioned by",
                    "declare one"),
            refused(
                    "ALTER TABLE orders ALTER COLUMN created_at DROP NOT NULL",
                    "may have rows without a created_at, which would have no partition",
                    "VALIDATE it, then ALTER COLUMN created_at SET NOT NULL"),
            refused(
                    "ALTER TABLE orders DROP COLUMN created_at; ALTER TABLE orders ADD COLUMN created_at timestamp NOT NULL"
                            + " GENERATED ALWAYS AS ('2026-01-01'::timestamp + total * interval '1 day') STORED",
                    "has a generated column created_at, and PostgreSQL partitions by none",
                    "DROP EXPRESSION"),
            refused(
                    "ALTER TABLE orders FORCE ROW LEVEL SECURITY",
                    "has row-level security for its owner as well, so not every row could be copied",
                    "NO FORCE ROW LEVEL SECURITY"),
            refused(
                    "CREATE TYPE parcel AS (id bigint, created_at timestamptz, customer_id int, total int); DROP TABLE orders;"
                            + " CREATE TABLE orders OF parcel (PRIMARY KEY (id), created_at NOT NULL)",
                    "was made of the type shop.parcel",
                    "NOT OF"),
            refused(
                    "RESET ROLE; ALTER EXTENSION plpgsql ADD TABLE orders",
                    "belongs to the extension plpgsql",
                    "ALTER EXTENSION plpgsql DROP TABLE shop.orders"),
            refused(
                    "CREATE SCHEMA _timescaledb_functions; CREATE FUNCTION _timescaledb_functions.insert_blocker() RETURNS trigger"
                            + " LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER ts_insert_blocker BEFORE INSERT ON orders"
                            + " FOR EACH ROW EXECUTE FUNCTION _timescaledb_functions.insert_blocker()",
                    "is a hypertable of TimescaleDB",
                    "copy it into a plain table"),
            refused(
                    "RESET ROLE; INSERT INTO pg_seclabel VALUES ('orders'::regclass, 'pg_class'::regclass, 0, 'guard', 'secret')",
                    "has a security label of the provider guard",
                    "SECURITY LABEL … IS NULL"),
            refused(
                    "RESET ROLE; CREATE SUBSCRIPTION news CONNECTION 'dbname=nowhere' PUBLICATION news WITH (connect = false, slot_name = NONE);"
                            + " INSERT INTO pg_subscription_rel SELECT oid, 'orders'::regclass, 'r', NULL FROM pg_subscription WHERE subname = 'news'",
                    "is filled by a subscription, whose rows no trigger notes",
                    "migrate it where it is published"),
            refused(
                    "REVOKE DELETE ON orders FROM shop_owner",
                    "does not give its owner DELETE",
                    "GRANT ALL ON TABLE shop.orders TO shop_owner"),
            new Refused(
                    "ALTER TABLE orders ADD CONSTRAINT there NOT NULL total NO INHERIT",
                    "has the condition there that total is not NULL for itself only (NO INHERIT)",
                    "ALTER CONSTRAINT there INHERIT",
                    18),
            new Refused(
                    "ALTER TABLE orders ADD CONSTRAINT there NOT NULL total NOT VALID",
                    "has the condition there that total is not NULL for new rows only (NOT VALID)",
                    "VALIDATE CONSTRAINT there",
                    18),
            refused(
                    "ALTER TABLE orders ADD CONSTRAINT gift_of FOREIGN KEY (total) REFERENCES orders NOT VALID",
                    "has a foreign key gift_of to itself",
                    "DROP CONSTRAINT gift_of"),
            refused(
                    "ALTER TABLE orders ADD CONSTRAINT of_whom FOREIGN KEY (customer_id) REFERENCES customers NOT VALID",
                    "has a foreign key of_whom that was never proved",
                    "VALIDATE CONSTRAINT of_whom"),
            refused(
                    "ALTER TABLE orders ADD CONSTRAINT of_whom FOREIGN KEY (customer_id) REFERENCES customers; RESET ROLE; ALTER TABLE customers OWNER TO postgres",
                    "has a foreign key of_whom to shop.customers, which shop_owner may not lock and refer to",
                    "GRANT REFERENCES, UPDATE ON shop.customers TO shop_owner"),
            refused(
                    "ALTER TABLE orders ADD CONSTRAINT of_whom FOREIGN KEY (customer_id) REFERENCES customers; RESET ROLE; ALTER TABLE orders DISABLE TRIGGER ALL",
                    "has a foreign key of_whom whose triggers somebody has switched off",
                    "ENABLE TRIGGER ALL"),
            refused(
                    "CREATE TABLE items (order_id bigint CONSTRAINT items_order REFERENCES orders)",
                    "is referenced by shop.items (items_order), and the keys of a partitioned table are unique only together",
                    "or partition by the key itself"),
            refused(
                    "ALTER TABLE orders ADD UNIQUE (id, created_at); CREATE TABLE items (o bigint, c timestamptz); ALTER TABLE items"
                            + " ADD CONSTRAINT items_order FOREIGN KEY (o, c) REFERENCES orders (id, created_at) NOT VALID",
                    "is referenced by the foreign key items_order of shop.items, which was never proved",
                    "ALTER TABLE shop.items VALIDATE CONSTRAINT items_order"),
            refused(
                    "ALTER TABLE orders ADD UNIQUE (id, created_at); CREATE TABLE items (o bigint, c timestamptz) PARTITION BY LIST (o);"
                            + " ALTER TABLE items ADD CONSTRAINT items_order FOREIGN KEY (o, c) REFERENCES orders (id, created_at)",
                    "is referenced by the foreign key items_order of shop.items, which is partitioned",
                    "drop that foreign key, and make it anew afterwards"),
            refused(
                    "ALTER TABLE orders ADD UNIQUE (id, created_at); CREATE TABLE items (o bigint, c timestamptz);"
                            + " ALTER TABLE items ADD CONSTRAINT items_order FOREIGN KEY (o, c) REFERENCES orders (id, created_at);"
                            + " RESET ROLE; ALTER TABLE items OWNER TO postgres",
                    "is referenced by the foreign key items_order of shop.items, which belongs to postgres and not to shop_owner",
                    "GRANT postgres TO shop_owner"),
            refused(
                    "ALTER TABLE orders ADD CONSTRAINT apart EXCLUDE USING btree (total WITH =)",
                    "has an exclusion constraint apart, which would hold within a partition only",
                    "drop it"),
            new Refused(
                    "RESET ROLE; CREATE EXTENSION btree_gist SCHEMA public; SET ROLE shop_owner; ALTER TABLE orders ADD COLUMN during tstzrange;"
                            + " ALTER TABLE orders ADD CONSTRAINT apart UNIQUE (id, during WITHOUT OVERLAPS)",
                    "has a constraint apart without overlaps, which would hold within a partition only",
                    "drop it",
                    18),
            refused(
                    "RESET ROLE; UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_pkey'::regclass",
                    "has an invalid index orders_pkey",
                    "REINDEX INDEX CONCURRENTLY"),
            refused(
                    "CREATE TRIGGER looks AFTER INSERT ON orders REFERENCING NEW TABLE AS fresh FOR EACH ROW EXECUTE FUNCTION does()",
                    "has a trigger looks for each row that reads the rows of the statement (REFERENCING)",
                    "FOR EACH STATEMENT"),
            refused(
                    "CREATE FUNCTION stamps() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.created_at := now(); RETURN NEW; END';"
                            + " CREATE TRIGGER stamps BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamps()",
                    "has a trigger stamps that sets created_at before a row is inserted, when its partition is chosen already",
                    "ALTER COLUMN created_at SET DEFAULT"),
            refused(
                    "CREATE TABLE twins (id int DEFAULT nextval('orders_number_seq'))",
                    "counts number by a sequence of its own (an identity) that something else uses: default value for column id of table shop.twins",
                    "a sequence which belongs to no identity"),
            refused(
                    "CREATE MATERIALIZED VIEW dear AS SELECT id FROM orders",
                    "is read by the materialized view shop.dear",
                    "let it read a view of the table instead"),
            refused(
                    "CREATE FUNCTION newest() RETURNS orders LANGUAGE sql AS 'SELECT * FROM orders LIMIT 1'",
                    "has something that would go on meaning the old table: function shop.newest()",
                    "drop it, and make it anew afterwards"),
            refused(
                    "CREATE TABLE boxes (id int, content orders[])",
                    "has something that would go on meaning the old table: column content of table shop.boxes",
                    "drop it, and make it anew afterwards"),
            refused(
                    "CREATE VIEW whole AS SELECT o FROM orders AS o",
                    "has something that would go on meaning the old table: column o of view shop.whole",
                    "drop it, and make it anew afterwards"),
            refused(
                    "CREATE VIEW grouped AS SELECT id, total, count(*) FROM orders GROUP BY id",
                    "is grouped by its primary key in the view shop.grouped, and the primary key gets the partition key in addition",
                    "name all columns in GROUP BY"),
            refused(
                    "CREATE VIEW dear AS SELECT id FROM orders; RESET ROLE; ALTER VIEW dear OWNER TO postgres",
                    "is meant by the view shop.dear, which belongs to postgres and which shop_owner may not make anew",
                    "or drop it, and make it anew afterwards"),
            refused(
                    "CREATE PUBLICATION news FOR TABLE orders",
                    "is published by news, whose subscribers would be told of partitions",
                    "SET (publish_via_partition_root = true)"),
            refused(
                    "RESET ROLE; CREATE PUBLICATION news FOR TABLE orders WITH (publish_via_partition_root = true)",
                    "is published by news, which belongs to postgres and not to shop_owner",
                    "OWNER TO shop_owner"),
            refused(
                    "RESET ROLE; CREATE PUBLICATION news FOR ALL TABLES",
                    "is published by news with all tables, and so would the new one be while it is filled",
                    "FOR TABLE"),
            new Refused(
                    "RESET ROLE; CREATE PUBLICATION news FOR TABLES IN SCHEMA shop",
                    "is published by news with all tables of the schema shop",
                    "FOR TABLE",
                    15),
            refused(
                    "CREATE TABLE orders_retired ()",
                    "needs the name shop.orders_retired, which something else has",
                    "rename or drop it"),
            refused(
                    "CREATE FUNCTION orders_partita_log() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    "needs the name shop.orders_partita_log(), which something else has",
                    "rename or drop it"));

    private static final TableDeclaration DECLARED = TableDeclaration.table("shop.orders")
            .range("created_at")
            .every("1 month")
            .build();

    private final TestDatabase database;

    RefusalsTest(TestDatabase database) throws Exception {
        this.database = database;
        database.executeAsSuperuser("CREATE SCHEMA shop; ALTER DATABASE " + database.name() + " OWNER TO shop_owner");
        Installed.in(database);
    }

    @Fault(19)
    @OnEveryPostgres
    void eachHasItsCodeItsWordsAndItsWayOut() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Refused refused : TABLE) {
            if (database.server().major() >= refused.since()) {
                List<Problem> obstacles = obstacles(refused.made());
                softly.assertThat(obstacles).as(refused.made()).anySatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.MIGRATION_OBSTACLE);
                    assertThat(problem.where()).isEqualTo("shop.orders");
                    assertThat(problem.message()).startsWith(refused.said());
                    assertThat(problem.waysOut())
                            .anySatisfy(way -> assertThat(way).contains(refused.wayOut()));
                });
            }
        }
        database.executeAsSuperuser("DROP SUBSCRIPTION IF EXISTS news");
        softly.assertAll();
    }

    @OnEveryPostgres
    void allOfThemAreToldAtOnceAndNothingIsChanged() throws Exception {
        List<Problem> obstacles = obstacles("""
                ALTER TABLE orders SET UNLOGGED;
                CREATE MATERIALIZED VIEW dear AS SELECT id FROM orders;
                CREATE TABLE items (order_id bigint) ;
                CREATE UNLOGGED TABLE parts (order_id bigint REFERENCES orders);
                CREATE TABLE orders_retired ();
                """);

        assertThat(obstacles).hasSize(4);
        assertThat(database.rows("SELECT relname FROM pg_class WHERE relname LIKE 'orders_partita%'"))
                .isEmpty();
    }

    private List<Problem> obstacles(String made) throws Exception {
        database.executeAsSuperuser(
                "DROP PUBLICATION IF EXISTS news",
                "DROP SUBSCRIPTION IF EXISTS news",
                "ALTER SCHEMA shop RENAME TO shop_before_" + System.nanoTime(),
                ORDERS,
                "CREATE FUNCTION does() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                made);
        return new MigrationRunner(database.partita(), DECLARED, DatabaseClock.server(), 1, MigrationListener.NONE)
                .obstacles();
    }
}
