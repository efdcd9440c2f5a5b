package dev.partita.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partita.Partita;
import dev.partita.catalog.DatabaseClock;
import dev.partita.check.CheckReader;
import dev.partita.check.TableCheck;
import dev.partita.check.Thresholds;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.problem.ProblemKind;
import dev.partita.test.Fault;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between a target and a real server; whatever happens, the password stands in no text and no log. */
class ConnectedTest {

    private static final String PASSWORD = "S3CR3T-canary";

    private static LiveServer server;
    private static String certificate;

    @TempDir
    Path home;

    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + " " + Arrays.toString(entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Logger driver = Logger.getLogger("org.postgresql");

    @BeforeAll
    static void startServer() throws Exception {
        server = new LiveServer();
        server.run(
                "set password_encryption = 'scram-sha-256'",
                "create role shop login password '" + PASSWORD + "'",
                "create role keeper login",
                "create role narrow login connection limit 0",
                "create role strict login",
                "alter role strict set default_transaction_read_only = on",
                "create role seeing login bypassrls",
                "create role hidden login superuser",
                "alter role hidden set role keeper",
                "create role nobody_in_here nologin",
                "create database closed allow_connections false",
                "create database private",
                "revoke connect on database private from public");
        certificate = tls();
        server.logins(
                "host all shop 127.0.0.1/32 scram-sha-256",
                "hostssl all hidden 127.0.0.1/32 trust",
                "host refusing all 127.0.0.1/32 reject",
                "host all all 127.0.0.1/32 trust");
    }

    /** Gives the server a certificate of its own making for the name {@code localhost}, and tells it. */
    private static String tls() throws Exception {
        Path store = Files.createTempDirectory("partita-tls-").resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-ext",
                        "bc=ca:true",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        String certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        Path certificateFile = server.privateFile("server.crt", certificate);
        Path keyFile = server.privateFile(
                "server.key",
                pem(
                        "PRIVATE KEY",
                        keys.getKey("server", "changeit".toCharArray()).getEncoded()));
        server.settings(
                Map.of("ssl_cert_file", certificateFile.toString(), "ssl_key_file", keyFile.toString(), "ssl", "on"));
        Files.delete(store);
        Files.delete(store.getParent());
        return certificate;
    }

    private static String pem(String what, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void listen() {
        driver.setLevel(Level.ALL);
        driver.setUseParentHandlers(false);
        driver.addHandler(listener);
    }

    @AfterEach
    void nobodyHeardThePassword() {
        driver.removeHandler(listener);
        driver.setLevel(Level.OFF);
        assertThat(logged).isNotEmpty().noneMatch(line -> line.contains(PASSWORD));
        assertThat(ProcessHandle.current().info().commandLine().orElse("")).doesNotContain(PASSWORD);
    }

    private Target target(String user, String rest, String... variables) {
        return target(server.port(), user, rest, variables);
    }

    private Target target(int port, String user, String rest, String... variables) {
        return find("postgresql://" + user + "@127.0.0.1:" + port + "/" + rest, variables);
    }

    private Target find(String url, String... variables) {
        return Target.find(ConnectionOptions.url(url), surroundings(variables), line -> {});
    }

    private Surroundings surroundings(String... variables) {
        Map<String, String> map = new HashMap<>();
        for (String variable : variables) {
            map.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        return new Surroundings(map, home, "os");
    }

    private static Connected connected(Target target) {
        try (TargetDataSource dataSource = target.dataSource()) {
            return Connected.to(dataSource);
        }
    }

    /** The problem that connecting ends with, checked for what every such problem owes. */
    private static Problem trouble(Target target, ProblemCode code) {
        PartitaException failure = catchThrowableOfType(PartitaException.class, () -> connected(target));
        assertThat(failure).as("a failure of %s", target).isNotNull();
        Problem problem = failure.problems().get(0);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(PASSWORD, "wrong-" + PASSWORD);
        assertThat(problem.code()).as(problem.toString()).isEqualTo(code);
        assertThat(problem.where()).isEqualTo(target.display());
        assertThat(problem.waysOut()).isNotEmpty();
        return problem;
    }

    private Path passwordFile(String text) throws IOException {
        Path file = Files.writeString(home.resolve("password"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void knowsTheServerAndTheRole() {
        Connected connected = connected(target("keeper", "postgres"));

        assertThat(connected.major()).isBetween(14, 18);
        assertThat(connected.versionName()).startsWith(connected.major() + ".");
        assertThat(connected.role()).isEqualTo("keeper");
        assertThat(connected.standby()).isFalse();
        assertThat(connected.pooled()).isFalse();
        assertThat(connected.notes()).isEmpty();
        connected.requireWritable();
        connected.requireDirect("a session of its own");
    }

    @Test
    void logsInWithAPasswordFromEachSource() throws IOException {
        assertThat(connected(target("shop", "postgres", "PGPASSWORD=" + PASSWORD))
                        .role())
                .isEqualTo("shop");

        Path lines = passwordFile("127.0.0.1:*:postgres:shop:" + PASSWORD + "\n");
        assertThat(connected(target("shop", "postgres", "PGPASSFILE=" + lines)).role())
                .isEqualTo("shop");

        ConnectionOptions file =
                new ConnectionOptions(target("shop", "postgres").display(), null, passwordFile(PASSWORD + "\n"), null);
        assertThat(connected(Target.find(file, surroundings(), line -> {})).role())
                .isEqualTo("shop");

        ConnectionOptions command =
                new ConnectionOptions(target("shop", "postgres").display(), null, null, "echo " + PASSWORD);
        assertThat(connected(Target.find(command, surroundings(), line -> {})).role())
                .isEqualTo("shop");
    }

    @Test
    void saysWhereARejectedPasswordCameFrom() throws IOException {
        assertThat(trouble(target("shop", "postgres", "PGPASSWORD=wrong-" + PASSWORD), ProblemCode.LOGIN_REFUSED)
                        .message())
                .contains("PGPASSWORD");

        Path lines = passwordFile("*:*:*:*:wrong-" + PASSWORD);
        assertThat(trouble(target("shop", "postgres", "PGPASSFILE=" + lines), ProblemCode.LOGIN_REFUSED)
                        .message())
                .contains(lines.toString());
    }

    @Test
    void saysThatAPasswordIsMissing() {
        assertThat(trouble(target("shop", "postgres"), ProblemCode.LOGIN_REFUSED)
                        .message())
                .contains("asks for a password");
    }

    @Test
    void leavesAnUnsafeFileOfPasswordsToNobodyNotEvenToTheDriver() throws IOException {
        Path open = Files.writeString(home.resolve(".pgpass"), "*:*:*:*:" + PASSWORD);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        String before = System.getProperty("user.home");
        System.setProperty("user.home", home.toString());
        try {
            assertThat(refusalOf(() -> connected(target("shop", "postgres"))))
                    .isEqualTo(ProblemCode.PASSWORD_FILE_UNUSABLE);
            // Nor does the driver look for it by itself, when there is no password.
            Target elsewhere = Target.find(
                    ConnectionOptions.url(target("shop", "postgres").display()),
                    new Surroundings(Map.of(), home.resolve("elsewhere"), "os"),
                    line -> {});
            trouble(elsewhere, ProblemCode.LOGIN_REFUSED);
        } finally {
            System.setProperty("user.home", before);
        }
        connected(target("keeper", "postgres", "PGPASSWORD=x"));
    }

    @Test
    void readsThePasswordAgainWhenTheServerRejectsItAndItHasChanged() throws Exception {
        Path file = passwordFile("wrong-" + PASSWORD);
        ConnectionOptions options =
                new ConnectionOptions(target("shop", "postgres").display(), null, file, null);
        try (TargetDataSource dataSource =
                Target.find(options, surroundings(), line -> {}).dataSource()) {
            assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLException.class);
            passwordFile(PASSWORD);
            dataSource.getConnection().close();
            passwordFile("wrong-" + PASSWORD);
            dataSource.getConnection().close();
        }
    }

    @Test
    void asksTheCommandOnceForSeveralConnections() throws Exception {
        Path count = home.resolve("count");
        ConnectionOptions options = new ConnectionOptions(
                target("shop", "postgres").display(), null, null, "echo asked >> " + count + "; echo " + PASSWORD);
        try (TargetDataSource dataSource =
                Target.find(options, surroundings(), line -> {}).dataSource()) {
            dataSource.getConnection().close();
            dataSource.getConnection().close();
        }
        assertThat(Files.readAllLines(count)).hasSize(1);
    }

    @Test
    void tellsOneRefusalFromAnother() {
        trouble(target("keeper", "no_such_database"), ProblemCode.DATABASE_UNKNOWN);
        trouble(target("no_such_role", "postgres"), ProblemCode.LOGIN_REFUSED);
        trouble(target("nobody_in_here", "postgres"), ProblemCode.LOGIN_REFUSED);
        trouble(target("keeper", "private"), ProblemCode.LOGIN_REFUSED);
        trouble(target("keeper", "refusing"), ProblemCode.LOGIN_REFUSED);
        trouble(target("narrow", "postgres"), ProblemCode.TOO_MANY_CONNECTIONS);
        trouble(target("keeper", "closed"), ProblemCode.SERVER_NOT_READY);
        trouble(target("keeper", "postgres?require_auth=scram-sha-256", "PGPASSWORD=x"), ProblemCode.LOGIN_REFUSED);
        assertThat(ProblemCode.LOGIN_REFUSED.kind()).isEqualTo(ProblemKind.UNREACHABLE);
    }

    @Test
    void saysWhyAServerIsOutOfReach() throws IOException {
        int closed;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = silent.getLocalPort();
            Problem mute = trouble(
                    target(
                            silent.getLocalPort(),
                            "shop",
                            "x?connect_timeout=1&sslmode=disable",
                            "PGPASSWORD=" + PASSWORD),
                    ProblemCode.DATABASE_UNREACHABLE);
            assertThat(mute.message()).contains("timed out");
        }
        assertThat(trouble(target(closed, "shop", "x"), ProblemCode.DATABASE_UNREACHABLE)
                        .message())
                .contains("nothing accepts the connection");
        assertThat(trouble(find("postgresql://no-such-host.invalid/x"), ProblemCode.DATABASE_UNREACHABLE)
                        .message())
                .contains("unknown");
        assertThat(ProblemCode.DATABASE_UNREACHABLE.kind().exitCode()).isEqualTo(5);
    }

    @Test
    void verifiesTheServerUnlessSomebodySaysOtherwise() throws IOException {
        Path authority = Files.writeString(home.resolve("ca.pem"), certificate);
        String byName = "postgresql://keeper@localhost:" + server.port() + "/postgres?sslmode=verify-full";
        String byAddress = "postgresql://keeper@127.0.0.1:" + server.port() + "/postgres?sslmode=";

        assertThat(tlsVersion(find(byName + "&sslrootcert=" + authority))).isPresent();
        assertThat(tlsVersion(find(byAddress + "verify-ca&sslrootcert=" + authority)))
                .isPresent();
        assertThat(tlsVersion(find(byAddress + "require"))).isPresent();
        assertThat(tlsVersion(find(byAddress + "prefer"))).isPresent();
        assertThat(tlsVersion(find(byAddress + "disable"))).isEmpty();

        trouble(find(byName), ProblemCode.TLS_FAILED);
        trouble(find(byName + "&sslrootcert=/nowhere/at/all"), ProblemCode.TLS_FAILED);
        trouble(find(byAddress + "verify-full&sslrootcert=" + authority), ProblemCode.TLS_FAILED);
    }

    private static Optional<String> tlsVersion(Target target) {
        try (TargetDataSource dataSource = target.dataSource();
                Connection connection = dataSource.getConnection()) {
            return Optional.ofNullable(one(connection, "select version from pg_stat_ssl where pid = pg_backend_pid()"));
        } catch (SQLException e) {
            throw ConnectionTrouble.of(target, e);
        }
    }

    private static @Nullable String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    @Test
    void setsUpTheSessionAsTheTargetSays() throws SQLException {
        try (TargetDataSource dataSource =
                        target("keeper", "postgres?application_name=till%207").dataSource();
                Connection connection = dataSource.getConnection()) {
            assertThat(one(connection, "show application_name")).isEqualTo("till 7");
            assertThat(one(connection, "show client_connection_check_interval")).isEqualTo("5s");
            assertThat(one(connection, "select count(*) from pg_prepared_statements"))
                    .isEqualTo("0");
            assertThat(dataSource).hasToString(target("keeper", "postgres").display());
        }
    }

    @Test
    void warnsOfRightsThatAreTooWide() {
        assertThat(connected(target("postgres", "postgres?sslmode=disable")).notes())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.ROLE_TOO_POWERFUL);
        assertThat(connected(target("seeing", "postgres")).notes())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.ROLE_TOO_POWERFUL);
        // Acts as keeper, and can RESET ROLE.
        Connected hidden = connected(target("hidden", "postgres"));
        assertThat(hidden.role()).isEqualTo("keeper");
        assertThat(hidden.superuser()).isTrue();
    }

    @Test
    void writesNothingWhereTransactionsAreReadOnly() {
        Connected connected = connected(target("strict", "postgres"));

        assertThat(connected.standby()).isFalse();
        assertThat(refusalOf(connected::requireWritable)).isEqualTo(ProblemCode.SERVER_READ_ONLY);
    }

    private static ProblemCode refusalOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(PartitaException.class, call)
                .problems()
                .get(0)
                .code();
    }

    @Test
    @Fault(54)
    void looksAtAStandbyAndWritesNothingThere() throws Exception {
        try (LiveServer other = new LiveServer()) {
            other.run("create role keeper login");
            other.becomeStandby();
            Connected standby = connected(target(other.port(), "keeper", "postgres"));

            assertThat(standby.standby()).isTrue();
            assertThat(standby.notes()).extracting(Problem::code).containsExactly(ProblemCode.SERVER_READ_ONLY);
            assertThat(refusalOf(standby::requireWritable)).isEqualTo(ProblemCode.SERVER_READ_ONLY);

            String both = "postgresql://keeper@127.0.0.1:" + other.port() + ",127.0.0.1:" + server.port() + "/postgres";
            assertThat(connected(find(both)).standby()).isFalse();
            assertThat(connected(find(both + "?target_session_attrs=any")).standby())
                    .isTrue();
            assertThat(connected(find(both + "?target_session_attrs=standby")).standby())
                    .isTrue();
            trouble(
                    target(other.port(), "keeper", "postgres?target_session_attrs=primary"),
                    ProblemCode.NO_SUITABLE_SERVER);
        }
    }

    @Test
    @Fault(54)
    void aStandbyCanBeChecked() throws Exception {
        try (LiveServer other = new LiveServer()) {
            other.run(
                    "create role keeper login",
                    "create table orders (at timestamptz not null) partition by range (at)",
                    "create table orders_2024_01 partition of orders for values from ('2024-01-01') to ('2024-02-01')",
                    "create table orders_default partition of orders default",
                    "insert into orders values ('2024-02-02')",
                    "grant select on orders_default to keeper");
            DatabaseClock clock = connection -> Instant.parse("2024-01-15T12:00:00Z");
            CheckReader reader = CheckReader.with(Thresholds.USUAL).scanning();
            List<TableCheck> onThePrimary = checked(other, clock, reader);
            other.becomeStandby();

            assertThat(checked(other, clock, reader)).isNotEmpty().isEqualTo(onThePrimary);
        }
    }

    private List<TableCheck> checked(LiveServer server, DatabaseClock clock, CheckReader reader) throws Exception {
        try (TargetDataSource dataSource =
                target(server.port(), "keeper", "postgres").dataSource()) {
            return Partita.check(dataSource, clock, reader).tables();
        }
    }

    @Test
    void seesThroughPgBouncerInTransactionMode() throws Exception {
        Optional<Path> program = PgBouncer.program();
        assumeTrue(program.isPresent(), "PgBouncer is not installed");
        try (PgBouncer pool = new PgBouncer(program.orElseThrow(), server.port(), "keeper")) {
            Connected connected = connected(target(pool.port(), "anybody", "shop"));
            assertThat(connected.pooled()).isTrue();
            assertThat(connected.role()).isEqualTo("keeper");
            assertThat(connected.notes()).extracting(Problem::code).containsExactly(ProblemCode.CONNECTION_POOLED);
            connected.requireWritable();
            assertThat(refusalOf(() -> connected.requireDirect("a session of its own")))
                    .isEqualTo(ProblemCode.CONNECTION_POOLED);

            // One server connection for two clients: what one sets up must not reach the other, nor fail.
            try (TargetDataSource dataSource =
                            target(pool.port(), "anybody", "shop").dataSource();
                    Connection one = dataSource.getConnection();
                    Connection two = dataSource.getConnection()) {
                for (int i = 0; i < 20; i++) {
                    assertThat(sum(one, i)).isEqualTo(i + 1);
                    assertThat(sum(two, i)).isEqualTo(i + 1);
                }
                assertThat(one(one, "select count(*) from pg_prepared_statements"))
                        .isEqualTo("0");
                assertThat(one(two, "show client_connection_check_interval")).isEqualTo("0");
            }
            trouble(target(pool.port(), "anybody", "elsewhere"), ProblemCode.DATABASE_UNREACHABLE);
        }
    }

    private static int sum(Connection connection, int number) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("select ? + 1")) {
            statement.setInt(1, number);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @OnEveryPostgres
    void knowsEveryVersion(TestDatabase database) {
        Connected connected = connected(find(database.url() + "&sslmode=disable"));

        assertThat(connected.major()).isEqualTo(database.server().major());
        assertThat(connected.role()).isEqualTo(TestDatabase.OWNER);
        assertThat(connected.notes()).isEmpty();
        connected.requireDirect("a session of its own");
    }

    @Test
    void refusesAServerThatIsTooOldAndNotesOneThatIsNew() {
        Target target = target("keeper", "postgres");
        assertThatThrownBy(() -> version(target, 130_022).requireSupported())
                .isInstanceOf(PartitaException.class)
                .hasMessageContaining("SERVER_TOO_OLD");
        assertThat(version(target, 140_000).requireSupported().notes()).isEmpty();
        assertThat(version(target, 190_000).requireSupported().notes())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.SERVER_NEWER);
        connected(target);
    }

    private static Connected version(Target target, int version) {
        return new Connected(target, version, version / 10_000 + ".0", "keeper", false, false, false, false, false);
    }
}
