package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which server and database the facts come from.
 *
 * @param version as {@code server_version_num}: 150004
 * @param identity which database this is, wherever it is reached
 * @param user who we are
 * @param inRecovery whether this is a standby, which takes no writes
 * @param deadlockTimeout the server's {@code deadlock_timeout}; our lock waits stay below it
 * @param tablespaces those that exist
 * @param stateSchema the version of partita's own schema, if installed
 */
public record Server(
        int version,
        DatabaseIdentity identity,
        Identifier user,
        boolean inRecovery,
        Duration deadlockTimeout,
        Set<Identifier> tablespaces,
        Optional<Integer> stateSchema) {

    /** The oldest server that partita works with. */
    public static final int OLDEST_MAJOR = 14;

    /** The newest server that partita is tested with. */
    public static final int NEWEST_MAJOR = 18;

    /** From which version on partita's own schema remembers the last run. */
    static final int REMEMBERS = 2;

    public Server {
        tablespaces = Set.copyOf(tablespaces);
    }

    public int major() {
        return version / 10_000;
    }

    /**
     * A database in a cluster.
     *
     * @param systemIdentifier the cluster's, from {@code pg_control_system()}; shared by primary and standbys. Where a DBA has
     *     revoked that function, {@code oid-} and the database's oid, which tells less
     * @param database its name
     */
    public record DatabaseIdentity(String systemIdentifier, String database) {
        @Override
        public String toString() {
            return database + "@" + systemIdentifier;
        }
    }
}
