package dev.partita.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class AccountTest {

    @Test
    void runsAsNobodyWhereRootIsDeniedANamespace() {
        assumeTrue(Command.of("id", "-u").run().strip().equals("0"), "only root needs another account");
        assumeTrue(Command.of("setpriv", "--version").succeeds(), "no setpriv here");
        System.setProperty("partita.test.account", "NOBODY");
        try (PostgresServer server =
                        PostgresServer.start(PostgresServer.majors().last());
                TestDatabase database = server.freshDatabase()) {
            int pid = Integer.parseInt(
                    database.value("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"));
            assertThat(Command.of("stat", "--format=%u", "/proc/" + pid).run().strip())
                    .isEqualTo("65534");
            server.immediateStop();
            server.restart();
            assertThat(database.value("SELECT 1")).isEqualTo("1");
        } finally {
            System.clearProperty("partita.test.account");
        }
    }
}
