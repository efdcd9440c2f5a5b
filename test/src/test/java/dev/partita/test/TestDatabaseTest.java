package dev.partita.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class TestDatabaseTest {

    @Test
    void ownerIsNothingButAnOwnerOfTables(TestDatabase database) throws Exception {
        database.execute("CREATE SCHEMA shop; CREATE TABLE shop.orders (id int); CREATE TABLE customers (id int)");

        assertThat(database.rows("SELECT tableowner FROM pg_tables WHERE tablename IN ('orders', 'customers')"))
                .containsExactly("shop_owner", "shop_owner");
        assertThat(database.rows("SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication"
                        + " FROM pg_roles WHERE rolname = 'shop_owner'"))
                .containsExactly("f");
        assertThat(only(
                        database.partita().getConnection(),
                        "SELECT current_user || ' ' || current_setting('is_superuser')"))
                .isEqualTo("shop_owner off");
    }

    @Test
    void freshDatabasesKnowNothingOfEachOther(TestDatabase one, PostgresServer server) {
        try (TestDatabase other = server.freshDatabase()) {
            one.execute("CREATE TABLE orders (id int)");
            other.execute("CREATE TABLE orders (id text)");

            assertThat(one.name()).isNotEqualTo(other.name());
            assertThat(other.value("SELECT data_type FROM information_schema.columns WHERE table_name = 'orders'"))
                    .isEqualTo("text");
        }
    }

    @Test
    void runsEachStatementOfATextByItselfAsPsqlDoes(TestDatabase database) {
        database.execute("""
                CREATE TABLE orders (id int, note text DEFAULT 'a;b'); -- a comment; with a semicolon
                CREATE INDEX CONCURRENTLY ON orders (id);
                DO $$ BEGIN INSERT INTO orders VALUES (1, '{?}'); END $$;
                """);

        assertThat(database.rows("SELECT * FROM orders")).containsExactly("1|{?}");
    }

    @Test
    void namesTheStatementThatFailed(TestDatabase database) {
        assertThatIllegalStateException()
                .isThrownBy(() -> database.execute("SELECT 1", "SELECT nonsense"))
                .withMessageContaining("SELECT nonsense")
                .withMessageContaining("PostgreSQL ");
    }

    @Test
    void rolesMadeForADatabaseEndWithIt(TestDatabase database, PostgresServer server) throws Exception {
        String readers = "SELECT count(*) FROM pg_roles WHERE rolname = 'reader'";
        try (TestDatabase other = server.freshDatabase()) {
            other.createRole("reader", "LOGIN");
            other.executeAsSuperuser("GRANT SELECT ON pg_authid TO reader");
            assertThat(only(other.connect("reader"), "SELECT current_user")).isEqualTo("reader");
            assertThat(database.value(readers)).isEqualTo("1");
        }
        assertThat(database.value(readers)).isEqualTo("0");
    }

    @Test
    void hostileSettingsReachTheOwnerAndNobodyElse(PostgresServer server) throws Exception {
        TreeMap<String, String> settings = new TreeMap<>();
        settings.put("TimeZone", "'Pacific/Apia'");
        settings.put("DateStyle", "'German, DMY'");
        settings.put("IntervalStyle", "'sql_standard'");
        settings.put("search_path", "decoy, pg_catalog");
        settings.put("default_transaction_isolation", "'serializable'");
        try (TestDatabase database = server.freshDatabase(new SessionDefaults(settings))) {
            String shown =
                    "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name COLLATE \"C\") FROM pg_settings WHERE name IN"
                            + " ('TimeZone', 'DateStyle', 'IntervalStyle', 'search_path', 'default_transaction_isolation')";
            String hostile = "DateStyle=ISO, DMY IntervalStyle=sql_standard TimeZone=Pacific/Apia"
                    + " default_transaction_isolation=serializable search_path=decoy, pg_catalog";
            assertThat(only(database.partita().getConnection(), shown)).isEqualTo(hostile);
            assertThat(only(database.owner().getConnection(), shown)).isEqualTo(hostile);
            assertThat(database.value(shown))
                    .isEqualTo("DateStyle=ISO, MDY IntervalStyle=postgres TimeZone=UTC"
                            + " default_transaction_isolation=read committed search_path=\"$user\", public");
            assertThat(only(database.owner().getConnection(), "SELECT now()::text"))
                    .as("now() of the schema decoy")
                    .isEqualTo("1999-12-31 12:59:59-11");
            assertThat(database.rows(
                            "SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_database ON oid = setdatabase"
                                    + " WHERE datname = current_database()"))
                    .contains("DateStyle=German, DMY");
        }
    }

    @Test
    void everyHostileSeedIsOneThatTheServerAndTheDriverBear(PostgresServer server) throws Exception {
        for (long seed = 0; seed < 15; seed++) {
            try (TestDatabase database = server.freshDatabase(SessionDefaults.hostile(seed))) {
                database.execute("CREATE TABLE orders (id int)");
                assertThat(only(database.partita().getConnection(), "SELECT count(*) FROM public.orders"))
                        .isEqualTo("0");
            }
        }
    }

    static String only(Connection connection, String query) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(query);
            while (statement.getUpdateCount() >= 0) {
                statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
