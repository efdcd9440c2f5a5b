package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.partita.catalog.Likeness.Grant;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionKey;
import dev.partita.table.PartitionMethod;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class CatalogReaderTest {

    @Test
    void readsBoundsOfEveryTypeWhateverTheSessionIsSetTo(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TYPE mood AS ENUM ('sad', 'o''k');
                CREATE DOMAIN cents AS bigint;
                CREATE TABLE by_date (k date) PARTITION BY RANGE (k);
                CREATE TABLE by_date_1 PARTITION OF by_date FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
                CREATE TABLE by_timestamp (k timestamp) PARTITION BY RANGE (k);
                CREATE TABLE by_timestamp_1 PARTITION OF by_timestamp FOR VALUES FROM ('2024-02-01') TO ('infinity');
                CREATE TABLE by_timestamptz (k timestamptz) PARTITION BY RANGE (k);
                CREATE TABLE by_timestamptz_1 PARTITION OF by_timestamptz
                    FOR VALUES FROM ('2024-02-01 00:00:00+05:45') TO ('2024-03-01 00:00:00.000001+00');
                CREATE TABLE by_smallint (k smallint) PARTITION BY RANGE (k);
                CREATE TABLE by_smallint_1 PARTITION OF by_smallint FOR VALUES FROM (-5) TO (3);
                CREATE TABLE by_bigint (k bigint) PARTITION BY RANGE (k);
                CREATE TABLE by_bigint_1 PARTITION OF by_bigint FOR VALUES FROM (MINVALUE) TO (9223372036854775807);
                CREATE TABLE by_numeric (k numeric(10,2)) PARTITION BY RANGE (k);
                CREATE TABLE by_numeric_1 PARTITION OF by_numeric FOR VALUES FROM (-1.005) TO ('NaN');
                CREATE TABLE by_uuid (k uuid) PARTITION BY RANGE (k);
                CREATE TABLE by_uuid_1 PARTITION OF by_uuid
                    FOR VALUES FROM ('00000000-0000-0000-0000-000000000010') TO (MAXVALUE);
                CREATE TABLE by_domain (k cents) PARTITION BY RANGE (k);
                CREATE TABLE by_domain_1 PARTITION OF by_domain FOR VALUES FROM (1) TO (2);
                CREATE TABLE by_text (k text) PARTITION BY LIST (k);
                CREATE TABLE by_text_1 PARTITION OF by_text FOR VALUES IN ('a\\b', 'NULL', NULL, '', '''');
                CREATE TABLE by_enum (k mood) PARTITION BY LIST (k);
                CREATE TABLE by_enum_1 PARTITION OF by_enum FOR VALUES IN ('sad', 'o''k');
                CREATE TABLE by_boolean (k boolean) PARTITION BY LIST (k);
                CREATE TABLE by_boolean_1 PARTITION OF by_boolean FOR VALUES IN (true, NULL);
                CREATE TABLE by_integer (k integer) PARTITION BY LIST (k);
                CREATE TABLE by_integer_1 PARTITION OF by_integer FOR VALUES IN (-1, 2);
                CREATE TABLE by_bytea (k bytea) PARTITION BY LIST (k);
                CREATE TABLE by_bytea_1 PARTITION OF by_bytea FOR VALUES IN ('\\x00ff');
                CREATE TABLE by_hash (k interval) PARTITION BY HASH (k);
                CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (modulus 3, remainder 2);
                CREATE TABLE by_interval (k interval) PARTITION BY RANGE (k);
                CREATE TABLE by_interval_1 PARTITION OF by_interval FOR VALUES FROM ('1 day') TO ('1 year 1 mon');
                """);
        long february = 1_706_745_600_000_000L;
        long march = 1_709_251_200_000_000L;

        Reading.Found tables = Reading.tables(
                database,
                "by_date, by_timestamp, by_timestamptz, by_smallint, by_bigint, by_numeric, by_uuid, by_domain, by_text,"
                        + " by_enum, by_boolean, by_integer, by_bytea, by_hash, by_interval");

        assertThat(tables.all()).allSatisfy(table -> {
            assertThat(table.unreadable()).isEmpty();
            assertThat(table.partitions()).hasSize(1);
        });
        assertThat(tables.all().stream()
                        .collect(Collectors.toMap(
                                table -> table.name().name().name(),
                                table -> table.partitions().get(0).bound())))
                .containsOnly(
                        entry("by_date", Reading.range(RangeLimit.at(february), RangeLimit.at(march))),
                        entry("by_timestamp", Reading.range(RangeLimit.at(february), RangeLimit.INFINITY)),
                        entry(
                                "by_timestamptz",
                                Reading.range(RangeLimit.at(february - 20_700_000_000L), RangeLimit.at(march + 1))),
                        entry("by_smallint", Reading.range(RangeLimit.at(-5), RangeLimit.at(3))),
                        entry("by_bigint", Reading.range(RangeLimit.MINVALUE, RangeLimit.at(Long.MAX_VALUE))),
                        entry("by_numeric", Reading.range(RangeLimit.at(new BigDecimal("-1.01")), RangeLimit.NAN)),
                        entry("by_uuid", Reading.range(RangeLimit.at(16), RangeLimit.MAXVALUE)),
                        entry("by_domain", Reading.range(RangeLimit.at(1), RangeLimit.at(2))),
                        entry("by_text", Reading.values("a\\b", "NULL", null, "", "'")),
                        entry("by_enum", Reading.values("sad", "o'k")),
                        entry("by_boolean", Reading.values("true", null)),
                        entry("by_integer", Reading.values("-1", "2")),
                        entry("by_bytea", Reading.values("\\x00ff")),
                        entry("by_hash", new PartitionBound.Hash(3, 2)),
                        entry(
                                "by_interval",
                                new PartitionBound.Opaque("FOR VALUES FROM ('1 day') TO ('1 year 1 mon')")));
        assertThat(tables.table("by_timestamptz").partitions().get(0).boundText())
                .isEqualTo("FOR VALUES FROM ('2024-01-31 18:15:00+00') TO ('2024-03-01 00:00:00.000001+00')");
        assertThat(tables.all().stream()
                        .collect(Collectors.toMap(
                                table -> table.name().name().name(),
                                table -> table.columns().get(0).keyType())))
                .containsOnly(
                        entry("by_date", KeyType.DATE),
                        entry("by_timestamp", KeyType.TIMESTAMP),
                        entry("by_timestamptz", KeyType.TIMESTAMPTZ),
                        entry("by_smallint", KeyType.SMALLINT),
                        entry("by_bigint", KeyType.BIGINT),
                        entry("by_numeric", KeyType.NUMERIC),
                        entry("by_uuid", KeyType.UUID),
                        entry("by_domain", KeyType.BIGINT),
                        entry("by_text", KeyType.TEXT),
                        entry("by_enum", KeyType.ENUM),
                        entry("by_boolean", KeyType.BOOLEAN),
                        entry("by_integer", KeyType.INTEGER),
                        entry("by_bytea", KeyType.OTHER),
                        entry("by_hash", KeyType.OTHER),
                        entry("by_interval", KeyType.OTHER));
        assertThat(tables.all())
                .allSatisfy(table -> assertThat(table.key().orElseThrow().type())
                        .isEqualTo(table.columns().get(0).keyType()));
    }

    @Test
    void readsKeysThatItDoesNotManage(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE several (a int, b text COLLATE "C") PARTITION BY RANGE (a, b);
                CREATE TABLE several_1 PARTITION OF several FOR VALUES FROM (1, MINVALUE) TO (5, 'x');
                CREATE TABLE expression (a int) PARTITION BY LIST ((a % 10));
                CREATE TABLE expression_1 PARTITION OF expression FOR VALUES IN (1);
                CREATE TABLE patterns (a text) PARTITION BY HASH (a text_pattern_ops);
                CREATE TABLE patterns_1 PARTITION OF patterns FOR VALUES WITH (modulus 1, remainder 0);
                """);

        Reading.Found tables = Reading.tables(database, "several, expression, patterns");

        CatalogTable several = tables.table("several");
        assertThat(several.key())
                .contains(new PartitionKey(
                        PartitionMethod.RANGE,
                        List.of(
                                part("a", KeyType.INTEGER, null, null),
                                part("b", KeyType.TEXT, TableName.of("pg_catalog", "C"), null))));
        assertThat(several.partitions().get(0).bound())
                .isEqualTo(new PartitionBound.Opaque("FOR VALUES FROM (1, MINVALUE) TO (5, 'x')"));
        CatalogTable expression = tables.table("expression");
        assertThat(expression.key().orElseThrow().singleColumn()).isEmpty();
        assertThat(expression.key().orElseThrow().type()).isEqualTo(KeyType.INTEGER);
        assertThat(expression.partitions().get(0).bound()).isEqualTo(new PartitionBound.Opaque("FOR VALUES IN (1)"));
        assertThat(tables.table("patterns").key())
                .contains(new PartitionKey(
                        PartitionMethod.HASH,
                        List.of(part("a", KeyType.TEXT, null, TableName.of("pg_catalog", "text_pattern_ops")))));
        assertThat(tables.table("patterns").partitions().get(0).bound()).isEqualTo(new PartitionBound.Hash(1, 0));
    }

    @Test
    void readsTheWholeTreeAcrossSchemasAndKinds(TestDatabase database) throws Exception {
        database.executeAsSuperuser("""
                CREATE FOREIGN DATA WRAPPER elsewhere;
                CREATE SERVER archive FOREIGN DATA WRAPPER elsewhere;
                GRANT USAGE ON FOREIGN SERVER archive TO shop_owner;
                """);
        database.execute("""
                CREATE SCHEMA old;
                CREATE TABLE orders (id bigint, day date NOT NULL, region text) PARTITION BY RANGE (day);
                CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
                    PARTITION BY LIST (region);
                CREATE TABLE orders_2024_na PARTITION OF orders_2024 FOR VALUES IN ('NA')
                    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
                CREATE TABLE orders_2024_other PARTITION OF orders_2024 DEFAULT;
                CREATE TABLE old.orders_2023 PARTITION OF orders FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
                CREATE FOREIGN TABLE orders_2022 PARTITION OF orders FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')
                    SERVER archive;
                CREATE TABLE plain (id int);
                CREATE TABLE heir () INHERITS (plain);
                CREATE VIEW looks_like_a_table AS SELECT 1;
                INSERT INTO orders VALUES (1, '2023-05-05', 'NA'), (2, '2024-05-05', 'NA');
                ANALYZE old.orders_2023; ANALYZE orders_2024_na;
                """);

        Reading.Found tables = Reading.tables(database, "orders, plain, looks_like_a_table, nowhere.to_be_found");

        assertThat(tables.all())
                .extracting(table -> table.name().name().name())
                .containsExactlyInAnyOrder("orders", "plain", "looks_like_a_table");
        assertThat(tables.table("looks_like_a_table").kind()).isEqualTo(RelationKind.VIEW);
        assertThat(tables.table("plain").kind()).isEqualTo(RelationKind.TABLE);
        assertThat(tables.table("plain").partitions()).isEmpty();
        CatalogTable orders = tables.table("orders");
        assertThat(orders.estimatedRows()).isEqualTo(2);
        assertThat(orders.tree()
                        .map(partition ->
                                partition.name() + " is " + partition.kind() + " for " + partition.boundText()))
                .containsExactlyInAnyOrder(
                        "public.orders_2024 is a partitioned table for FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                        "public.orders_2024_na is a plain table for FOR VALUES IN ('NA')",
                        "public.orders_2024_other is a plain table for DEFAULT",
                        "old.orders_2023 is a plain table for FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')",
                        "public.orders_2022 is a foreign table for FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')");
        CatalogPartition year = Reading.partition(orders, "orders_2024");
        assertThat(year.partitions())
                .extracting(child -> child.name().name().name())
                .containsExactlyInAnyOrder("orders_2024_na", "orders_2024_other");
        assertThat(year.key())
                .contains(new PartitionKey(PartitionMethod.LIST, List.of(part("region", KeyType.TEXT, null, null))));
        assertThat(Reading.partition(orders, "orders_2024_na").options())
                .containsExactly(entry("autovacuum_vacuum_scale_factor", "0.01"), entry("fillfactor", "70"));
        assertThat(Reading.partition(orders, "orders_2024_other").isDefault()).isTrue();
        assertThat(Reading.partition(orders, "orders_2023").pages()).isEqualTo(1);
        assertThat(Reading.partition(orders, "orders_2024_other").estimatedRows())
                .isNegative();
    }

    @Test
    void readsColumnsIndexesAndForeignKeysOfTheTable(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE customers (id bigint PRIMARY KEY);
                CREATE TABLE orders (
                    id bigint, gone int, amount numeric(10,2), customer_id bigint REFERENCES customers, day date NOT NULL,
                    PRIMARY KEY (id, day), UNIQUE (day, amount, customer_id)) PARTITION BY RANGE (day);
                ALTER TABLE orders DROP COLUMN gone;
                ALTER TABLE orders ADD parent_id bigint, ADD parent_day date,
                    ADD FOREIGN KEY (parent_id, parent_day) REFERENCES orders;
                CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                CREATE INDEX by_customer ON orders (customer_id, day DESC) INCLUDE (amount);
                CREATE INDEX large_ones ON orders ((amount * 2), customer_id) WHERE amount > 1000;
                CREATE INDEX unfinished ON ONLY orders USING hash (id);
                CREATE TABLE items (order_id bigint, day date, FOREIGN KEY (order_id, day) REFERENCES orders);
                """);

        CatalogTable orders = Reading.tables(database, "orders").table("orders");

        assertThat(orders.columns())
                .containsExactly(
                        new CatalogColumn(Identifier.of("id"), "bigint", KeyType.BIGINT, true),
                        new CatalogColumn(Identifier.of("amount"), "numeric(10,2)", KeyType.NUMERIC, false),
                        new CatalogColumn(Identifier.of("customer_id"), "bigint", KeyType.BIGINT, false),
                        new CatalogColumn(Identifier.of("day"), "date", KeyType.DATE, true),
                        new CatalogColumn(Identifier.of("parent_id"), "bigint", KeyType.BIGINT, false),
                        new CatalogColumn(Identifier.of("parent_day"), "date", KeyType.DATE, false));
        assertThat(orders.indexes().stream().map(CatalogReaderTest::describe))
                .containsExactly(
                        "by_customer PLAIN btree(customer_id, day desc) include [amount]",
                        "large_ones PLAIN btree(<expression>, customer_id) include [] partial",
                        "orders_day_amount_customer_id_key UNIQUE_CONSTRAINT btree(day, amount, customer_id) include []",
                        "orders_pkey PRIMARY_KEY btree(id, day) include []",
                        "unfinished PLAIN hash(id) include [] invalid");
        assertThat(orders.references())
                .containsExactlyInAnyOrder(
                        TableName.of("public", "customers"),
                        TableName.of("public", "orders"),
                        TableName.of("public", "orders_2024"));
        assertThat(orders.referencedBy())
                .containsExactlyInAnyOrder(TableName.of("public", "items"), TableName.of("public", "orders"));
    }

    @Test
    void readsWhatANewPartitionTakesOver(TestDatabase database) throws Exception {
        database.createRole("clerk", "NOLOGIN");
        database.createRole("auditor", "NOLOGIN");
        database.execute("""
                CREATE TABLE orders (id bigint, day date NOT NULL, note text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
                COMMENT ON TABLE orders IS 'what was bought, "quoted"';
                GRANT SELECT, INSERT ON orders TO clerk;
                GRANT SELECT ON orders TO PUBLIC;
                GRANT UPDATE (note) ON orders TO clerk WITH GRANT OPTION;
                ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
                ALTER TABLE orders FORCE ROW LEVEL SECURITY;
                CREATE POLICY recent ON orders FOR SELECT TO clerk, auditor USING (day > date '2020-01-01');
                CREATE POLICY "my ""notes"" only" ON orders AS RESTRICTIVE USING (note IS NULL) WITH CHECK (note IS NULL);
                ALTER TABLE orders ALTER note SET STATISTICS 500;
                CREATE UNIQUE INDEX identity ON orders (day, id);
                ALTER TABLE orders REPLICA IDENTITY USING INDEX identity;
                ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO auditor;
                ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, DELETE ON TABLES TO clerk;
                ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC;
                CREATE TABLE bare (id int) PARTITION BY HASH (id);
                REVOKE ALL ON bare FROM clerk, auditor, PUBLIC;
                """);
        Optional<Identifier> clerk = Optional.of(Identifier.of("clerk"));
        Optional<Identifier> auditor = Optional.of(Identifier.of("auditor"));
        Optional<Identifier> everybody = Optional.empty();

        Reading.Found tables = Reading.tables(database, "orders, bare");

        Likeness orders = tables.table("orders").likeness();
        assertThat(orders.owner()).isEqualTo(Identifier.of(TestDatabase.OWNER));
        assertThat(orders.grants())
                .containsExactlyInAnyOrder(
                        new Grant(everybody, "SELECT", Optional.empty(), false),
                        new Grant(clerk, "SELECT", Optional.empty(), false),
                        new Grant(clerk, "INSERT", Optional.empty(), false),
                        new Grant(clerk, "UPDATE", Optional.of(Identifier.of("note")), true));
        assertThat(orders.strangers())
                .as("the clerk would get DELETE, the auditor all he would get")
                .containsExactlyInAnyOrder(clerk, auditor);
        assertThat(orders.rowSecurity()).isEqualTo(Likeness.RowSecurity.FORCED);
        assertThat(orders.policies())
                .containsExactlyInAnyOrder(
                        new Likeness.Policy(
                                Identifier.of("recent"),
                                true,
                                "SELECT",
                                List.of(clerk, auditor),
                                Optional.of("(day > '2020-01-01'::date)"),
                                Optional.empty()),
                        new Likeness.Policy(
                                Identifier.of("my \"notes\" only"),
                                false,
                                "ALL",
                                List.of(everybody),
                                Optional.of("(note IS NULL)"),
                                Optional.of("(note IS NULL)")));
        assertThat(orders.statistics()).containsExactly(entry(Identifier.of("note"), 500));
        assertThat(orders.replicaIdentity())
                .isInstanceOfSatisfying(
                        Likeness.ReplicaIdentity.Index.class,
                        identity -> assertThat(identity.index().name()).isEqualTo(Identifier.of("identity")));
        assertThat(orders.comment()).contains("what was bought, \"quoted\"");
        assertThat(orders.tablespace()).isEmpty();
        assertThat(orders.accessMethod()).isEmpty();
        Likeness bare = tables.table("bare").likeness();
        assertThat(bare.grants()).isEmpty();
        assertThat(bare.strangers()).containsExactlyInAnyOrder(clerk, auditor, everybody);
        assertThat(bare.replicaIdentity()).isEqualTo(new Likeness.ReplicaIdentity.PrimaryKey());
        assertThat(bare.rowSecurity()).isEqualTo(Likeness.RowSecurity.OFF);
        assertThat(bare.comment()).isEmpty();
    }

    @Test
    void aLockOnAPartitionMakesNobodyWait(TestDatabase database) throws Exception {
        database.execute(Reading.ORDERS, """
                CREATE POLICY everybody ON orders USING (id > 0);
                ALTER TABLE orders ADD CHECK (id > 0);
                CREATE INDEX ON orders ((id + 1)) WHERE id > 5;
                """);
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders_2024 IN ACCESS EXCLUSIVE MODE");

            CatalogTable orders = Reading.tables(database, "orders").table("orders");
            Fingerprint fingerprint = orders.fingerprint();
            other.rollback();

            // Waiting would end in the lock timeout, and that in an exception or an unreadable table.
            assertThat(orders.unreadable()).isEmpty();
            assertThat(orders.partitions()).hasSize(2);
            assertThat(Reading.tables(database, "orders").table("orders").fingerprint())
                    .isEqualTo(fingerprint);
        }
    }

    @Test
    void aLockOnATableCostsThatTableAlone(TestDatabase database) throws Exception {
        database.execute(Reading.ORDERS, """
                CREATE TABLE payments (LIKE orders) PARTITION BY RANGE (day);
                CREATE POLICY everybody ON orders USING (id > 0);
                CREATE POLICY everybody ON payments USING (id > 1);
                """);
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders IN ACCESS EXCLUSIVE MODE");

            Reading.Found tables = Reading.tables(database, "orders, payments");
            other.rollback();

            assertThat(tables.table("payments").unreadable()).isEmpty();
            assertThat(tables.table("payments").likeness().policies()).hasSize(1);
            assertThat(tables.table("orders").partitions()).hasSize(2);
            assertThat(tables.table("orders").unreadable())
                    .contains("its policies: canceling statement due to lock timeout");
        }
    }

    @Test
    void seesAPartitionWhoseDetachWasInterrupted(TestDatabase database) throws Exception {
        database.execute(Reading.ORDERS);
        try (Connection reading = database.owner().getConnection();
                Statement old = reading.createStatement();
                Connection detaching = database.superuser().getConnection();
                Statement detach = detaching.createStatement()) {
            reading.setAutoCommit(false);
            old.execute("SELECT FROM public.orders");
            detach.execute("SET lock_timeout = 100");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> detach.execute(
                            "ALTER TABLE public.orders DETACH PARTITION public.orders_2024 CONCURRENTLY"))
                    .withMessageContaining("lock timeout");
            reading.rollback();
        }

        CatalogTable orders = Reading.tables(database, "orders").table("orders");

        assertThat(Reading.partition(orders, "orders_2024").detachPending()).isTrue();
        assertThat(Reading.partition(orders, "orders_2025").detachPending()).isFalse();
    }

    @Test
    void findsChecksThatWereLeftBehind(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE orders (id int NOT NULL) PARTITION BY RANGE (id);
                CREATE TABLE orders_rest PARTITION OF orders DEFAULT;
                ALTER TABLE orders_rest ADD CONSTRAINT partita_excludes_orders_1 CHECK (id < 5);
                ALTER TABLE orders_rest ADD CONSTRAINT partitaxexcludes_orders_2 CHECK (id < 6);
                """);

        CatalogTable orders = Reading.tables(database, "orders").table("orders");

        assertThat(Reading.partition(orders, "orders_rest").leftoverChecks())
                .containsExactly(Identifier.of("partita_excludes_orders_1"));
    }

    @Test
    void namesAreData(TestDatabase database) throws Exception {
        List<String> hostile = List.of(
                "Orders \"quoted\"",
                "new\nline",
                "$$ || 'x'",
                "é".repeat(31) + "x",
                "'); DROP TABLE canary; --",
                "back\\slash",
                "? {} :'tables' %s",
                "select",
                "{a,\"b\\\\c\"}");
        database.execute("CREATE TABLE canary ()");
        for (String name : hostile) {
            TableName table = TableName.of(name, name);
            Identifier column = Identifier.of(name);
            database.execute(
                    "CREATE SCHEMA " + table.schema(),
                    "CREATE TABLE " + table + " (" + column
                            + " bigint GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (" + column + ")",
                    "CREATE TABLE " + table.schema() + ".leaf PARTITION OF " + table + " FOR VALUES FROM (1) TO (100)",
                    "CREATE TABLE " + table.schema() + ".rest PARTITION OF " + table + " DEFAULT",
                    "INSERT INTO " + table + " DEFAULT VALUES");
        }

        try (Connection connection = database.partita().getConnection()) {
            Catalog catalog = new CatalogReader()
                    .read(
                            connection,
                            hostile.stream()
                                    .map(name ->
                                            Reading.numbers(TableName.of(name, name), name, Spacing.Cursor.SEQUENCE))
                                    .toList());
            for (String name : hostile) {
                TableName tableName = TableName.of(name, name);
                CatalogTable table = catalog.table(tableName).orElseThrow();
                assertThat(table.unreadable()).isEmpty();
                assertThat(table.key().orElseThrow().singleColumn()).contains(Identifier.of(name));
                assertThat(table.cursor()).contains(RangeLimit.at(1));
                assertThat(table.partitions()).hasSize(2);
                Questions.DefaultRows question = new Questions.DefaultRows(
                        TableName.of(name, "rest"), Identifier.of(name), KeyType.BIGINT, Reading.range(100, 200));
                Answers answers = new CatalogReader()
                        .answer(connection, Questions.aboutMissing(Set.of(tableName), List.of(question)));
                assertThat(answers.taken())
                        .containsOnly(entry(
                                tableName,
                                new Answers.Taken("a partitioned table", Answers.Taken.Kind.TABLE, Optional.of(true))));
                assertThat(answers.rows()).containsOnly(entry(question, new Answers.Rows.Counted(0, false)));
            }
        }
        assertThat(database.value("SELECT count(*) FROM canary")).isEqualTo("0");
    }

    @Test
    void readsTheServer(TestDatabase database) throws Exception {
        try (Connection connection = database.partita().getConnection()) {
            Server server = new CatalogReader().read(connection, List.of()).server();

            assertThat(server.major()).isEqualTo(database.server().major());
            assertThat(server.user()).isEqualTo(Identifier.of(TestDatabase.OWNER));
            assertThat(server.inRecovery()).isFalse();
            assertThat(server.deadlockTimeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(server.tablespaces()).contains(Identifier.of("pg_default"));
            assertThat(server.stateSchema()).isEmpty();
            assertThat(server.identity().database()).isEqualTo(database.name());
            assertThat(server.identity().systemIdentifier())
                    .isEqualTo(database.value("SELECT system_identifier FROM pg_control_system()"));
        }
    }

    @Test
    void knowsTheDatabaseEvenWhereTheSystemIdentifierIsWithheld(TestDatabase database) throws Exception {
        database.executeAsSuperuser("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        try (Connection connection = database.partita().getConnection()) {
            assertThat(new CatalogReader()
                            .read(connection, List.of())
                            .server()
                            .identity()
                            .systemIdentifier())
                    .isEqualTo(
                            "oid-" + database.value("SELECT oid FROM pg_database WHERE datname = current_database()"));
        }
    }

    @Test
    void leavesTheConnectionAsItWasFound(TestDatabase database) throws Exception {
        database.execute(Reading.ORDERS);
        List<TableDeclaration> declarations = List.of(
                Reading.numbers(TableName.of("public", "orders"), "id", Spacing.Cursor.KEY),
                Reading.created(TableName.of("public", "later"), "CREATE TABLE later (k int)"));
        try (Connection connection = database.partita().getConnection();
                Statement statement = connection.createStatement()) {
            String before = settings(statement);

            new CatalogReader().read(connection, declarations);

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(settings(statement)).isEqualTo(before);
            connection.setAutoCommit(false);
            new CatalogReader().read(connection, declarations);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(settings(statement)).isEqualTo(before);
            connection.rollback();
        }
    }

    private static String settings(Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT pg_catalog.string_agg(name || '=' || setting, ';' ORDER BY"
                        + " name) FROM pg_catalog.pg_settings")) {
            result.next();
            return result.getString(1);
        }
    }

    private static String describe(CatalogIndex index) {
        return index.name() + " " + index.kind() + " " + index.method()
                + index.parts().stream()
                        .map(part -> part.column().map(Identifier::name).orElse("<expression>")
                                + (part.descending() ? " desc" : ""))
                        .collect(Collectors.joining(", ", "(", ")"))
                + " include " + index.include() + (index.partial() ? " partial" : "")
                + (index.valid() ? "" : " invalid");
    }

    private static PartitionKey.Part part(
            String column, KeyType type, @Nullable TableName collation, @Nullable TableName operatorClass) {
        return new PartitionKey.Part(
                Optional.of(Identifier.of(column)),
                type,
                Optional.ofNullable(collation),
                Optional.ofNullable(operatorClass));
    }
}
