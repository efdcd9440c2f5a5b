package dev.partita.cases.story;

import dev.partita.test.PostgresServer;
import dev.partita.test.SessionDefaults;
import dev.partita.test.TestDatabase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where stories are told: the shared server of a major, with the roles and tablespaces that stories speak of. */
final class Stage {

    /** Roles and tablespaces belong to the whole server, so stories share them and make none. */
    private static final String SET = """
            CREATE ROLE shop_reader LOGIN;
            CREATE ROLE shop_writer LOGIN;
            CREATE ROLE shop_audit NOLOGIN;
            CREATE ROLE shop_planter NOLOGIN;
            CREATE ROLE "Robert""); DROP TABLE canary; --" NOLOGIN;
            SET allow_in_place_tablespaces = on;
            CREATE TABLESPACE fast LOCATION '';
            CREATE TABLESPACE "slow ""disk" LOCATION '';
            CREATE TABLESPACE closed LOCATION '';
            GRANT CREATE ON TABLESPACE fast, "slow ""disk" TO shop_owner;
            """;

    private static final Map<Integer, Stage> STAGES = new ConcurrentHashMap<>();

    private final PostgresServer server;

    private Stage(PostgresServer server) {
        this.server = server;
        try (TestDatabase database = server.freshDatabase()) {
            database.executeAsSuperuser(SET);
        }
    }

    static Stage of(int major) {
        return STAGES.computeIfAbsent(major, number -> new Stage(PostgresServer.shared(number)));
    }

    /** An empty database whose owner has hostile sessions, drawn by the seed. */
    TestDatabase database(long seed) {
        return server.freshDatabase(SessionDefaults.hostile(seed));
    }
}
