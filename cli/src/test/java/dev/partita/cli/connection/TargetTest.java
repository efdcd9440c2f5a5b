package dev.partita.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From what was said to where it leads: one line of the tables below is one case. */
class TargetTest {

    @TempDir
    Path home;

    @BeforeEach
    void services() throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), """
                # the shop
                [shop]
                host=db.shop.example
                port=5433
                host=second.example
                dbname=orders
                user=keeper
                application_name=till 7

                [nested]
                service=shop

                [ldap]
                ldap://ldap.example/dc=example

                [secretive]
                password=hunter2
                """);
    }

    /** @param lines of {@code property=value}, expected among what the driver is told; {@code !property} is absent */
    record Found(String argument, Map<String, String> variables, String display, List<String> lines) {
        @Override
        public String toString() {
            return (argument.isEmpty() ? "" : argument + " ") + (variables.isEmpty() ? "" : variables);
        }
    }

    record Wrong(String argument, Map<String, String> variables, ProblemCode code, String says) {
        @Override
        public String toString() {
            return code + ": " + (argument.isEmpty() ? "" : argument + " ") + (variables.isEmpty() ? "" : variables);
        }
    }

    private static Found found(String argument, Map<String, String> variables, String display, String... lines) {
        return new Found(argument, variables, display, List.of(lines));
    }

    private static Found found(String argument, String display, String... lines) {
        return found(argument, Map.of(), display, lines);
    }

    private static Wrong wrong(String argument, Map<String, String> variables, ProblemCode code, String says) {
        return new Wrong(argument, variables, code, says);
    }

    private static Wrong wrong(String argument, ProblemCode code, String says) {
        return wrong(argument, Map.of(), code, says);
    }

    private static Map<String, String> env(String... variables) {
        Map<String, String> map = new HashMap<>();
        for (String variable : variables) {
            map.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        return map;
    }

    static Stream<Found> libpqUrls() {
        return Stream.of(
                found(
                        "postgresql://shop@db:5433/orders?sslmode=require",
                        "postgresql://shop@db:5433/orders",
                        "sslmode=require"),
                found("postgres://shop@db/orders", "postgresql://shop@db:5432/orders", "sslmode=verify-full"),
                found("  postgres://shop@db/orders\n", "postgresql://shop@db:5432/orders"),
                found("postgresql://", "postgresql://os@localhost:5432/os", "sslmode=prefer", "user=os"),
                found("postgresql:///orders", "postgresql://os@localhost:5432/orders"),
                found("postgresql://db", "postgresql://os@db:5432/os"),
                found("postgresql://db?user=shop", "postgresql://shop@db:5432/shop"),
                found("postgresql://shop@", "postgresql://shop@localhost:5432/shop"),
                found("postgresql://:5433", "postgresql://os@localhost:5433/os"),
                found("postgresql://[::1]:5433/x", "postgresql://os@[::1]:5433/x", "sslmode=prefer"),
                found("postgresql://[2001:db8::7]/x", "postgresql://os@[2001:db8::7]:5432/x", "sslmode=verify-full"),
                found("postgresql://a:1,b,c:3/x", "postgresql://os@a:1,b:5432,c:3/x", "targetServerType=primary"),
                found(
                        "postgresql://a,b/x?target_session_attrs=any",
                        "postgresql://os@a:5432,b:5432/x",
                        "targetServerType=any"),
                found(
                        "postgresql://a/x?target_session_attrs=read-write",
                        "postgresql://os@a:5432/x",
                        "targetServerType=primary"),
                found(
                        "postgresql://a/x?target_session_attrs=prefer-standby",
                        "postgresql://os@a:5432/x",
                        "targetServerType=preferSecondary"),
                found("postgresql://a/x", "postgresql://os@a:5432/x", "targetServerType=any"),
                found(
                        "postgresql://j%C3%BCrgen%40shop@db/caf%C3%A9%20%2F1",
                        "postgresql://j%C3%BCrgen%40shop@db:5432/caf%C3%A9%20%2F1", "user=jürgen@shop"),
                found("postgresql://db/a+b", "postgresql://os@db:5432/a%2Bb"),
                found(
                        "postgresql://db/x?application_name=nightly%20run",
                        "postgresql://os@db:5432/x", "ApplicationName=nightly run"),
                found(
                        "postgresql://db/x?connect_timeout=3&keepalives=0",
                        "postgresql://os@db:5432/x",
                        "connectTimeout=3",
                        "tcpKeepAlive=false"),
                found(
                        "postgresql://db/x?channel_binding=require&require_auth=scram-sha-256",
                        "postgresql://os@db:5432/x",
                        "channelBinding=require",
                        "requireAuth=scram-sha-256"),
                found("postgresql://db/x?sslnegotiation=direct", "postgresql://os@db:5432/x", "sslNegotiation=direct"),
                found("postgresql:///x?host=a&port=7", "postgresql://os@a:7/x"),
                found("postgresql://db/x?&sslmode=disable&", "postgresql://os@db:5432/x", "sslmode=disable"));
    }

    static Stream<Found> jdbcUrls() {
        return Stream.of(
                found(
                        "jdbc:postgresql://db:5433/orders?user=shop&sslmode=verify-ca",
                        "postgresql://shop@db:5433/orders",
                        "sslmode=verify-ca"),
                found("jdbc:postgresql:orders", "postgresql://os@localhost:5432/orders"),
                found(
                        "jdbc:postgresql://db/orders?ApplicationName=a+b",
                        "postgresql://os@db:5432/orders",
                        "ApplicationName=a b"),
                found(
                        "jdbc:postgresql://a,b:2/x?targetServerType=secondary",
                        "postgresql://os@a:5432,b:2/x",
                        "targetServerType=secondary"),
                found(
                        "jdbc:postgresql://db/x?connectTimeout=1&socketTimeout=600&loginTimeout=5&tcpKeepAlive=false",
                        "postgresql://os@db:5432/x",
                        "connectTimeout=1",
                        "socketTimeout=600",
                        "loginTimeout=5",
                        "tcpKeepAlive=false"),
                found("jdbc:postgresql://db/x?user=keeper@shop", "postgresql://keeper%40shop@db:5432/x"),
                found("jdbc:postgresql://127.0.0.1/x", "postgresql://os@127.0.0.1:5432/x", "sslmode=prefer"));
    }

    static Stream<Found> keywords() {
        return Stream.of(
                found("host=db dbname=orders", "postgresql://os@db:5432/orders"),
                found("host = db   dbname\t=\n orders user='shop keeper'", "postgresql://shop%20keeper@db:5432/orders"),
                found("dbname='it\\'s \\\\ here'", "postgresql://os@localhost:5432/it%27s%20%5C%20here"),
                found("dbname=a\\ b", "postgresql://os@localhost:5432/a%20b"),
                found("host=a,b port=1,2 dbname=x", "postgresql://os@a:1,b:2/x"),
                found("host=a,b port=7 dbname=x", "postgresql://os@a:7,b:7/x"),
                found("host='' dbname=x", "postgresql://os@localhost:5432/x"),
                found("host=::1 dbname=x", "postgresql://os@[::1]:5432/x", "sslmode=prefer"),
                found(
                        "service=shop dbname=stock",
                        "postgresql://keeper@db.shop.example:5433/stock",
                        "ApplicationName=till 7"));
    }

    static Stream<Found> environments() {
        return Stream.of(
                found(
                        "",
                        Map.of(),
                        "postgresql://os@localhost:5432/os",
                        "ApplicationName=partita",
                        "connectTimeout=10",
                        "loginTimeout=30",
                        "socketTimeout=0",
                        "tcpKeepAlive=true",
                        "prepareThreshold=0",
                        "gssEncMode=disable",
                        "!options",
                        "!socketFactory",
                        "!password"),
                found(
                        "",
                        env("PGHOST=db", "PGPORT=5433", "PGDATABASE=orders", "PGUSER=shop"),
                        "postgresql://shop@db:5433/orders"),
                found("", env("PGHOST=", "PGPORT=", "PGUSER="), "postgresql://os@localhost:5432/os"),
                found(
                        "",
                        env("PGHOST=a,b", "PGTARGETSESSIONATTRS=standby"),
                        "postgresql://os@a:5432,b:5432/os",
                        "targetServerType=secondary"),
                found(
                        "",
                        env("PGSSLMODE=require", "PGHOST=db", "PGAPPNAME=cron", "PGCONNECT_TIMEOUT=2"),
                        "postgresql://os@db:5432/os",
                        "sslmode=require",
                        "ApplicationName=cron",
                        "connectTimeout=2"),
                found(
                        "",
                        env("PGHOST=db", "PGSSLROOTCERT=/etc/ca.pem", "PGSSLCERT=/c", "PGSSLKEY=/k"),
                        "postgresql://os@db:5432/os",
                        "sslmode=verify-full",
                        "sslrootcert=/etc/ca.pem",
                        "sslcert=/c",
                        "sslkey=/k",
                        "!sslfactory"),
                found(
                        "",
                        env("PGHOST=db", "PGSSLROOTCERT=system"),
                        "postgresql://os@db:5432/os",
                        "sslmode=verify-full",
                        "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
                        "!sslrootcert"),
                found(
                        "",
                        env("PGHOST=db"),
                        "postgresql://os@db:5432/os",
                        "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"),
                found(
                        "",
                        env("PGTZ=Asia/Tokyo", "PGDATESTYLE=German", "PGCLIENTENCODING=LATIN1"),
                        "postgresql://os@localhost:5432/os"),
                found("", env("PGGSSENCMODE=prefer"), "postgresql://os@localhost:5432/os", "gssEncMode=disable"),
                found("", env("PGSERVICE=shop"), "postgresql://keeper@db.shop.example:5433/orders"));
    }

    /** Argument, then PARTITA_URL, then partita.yml (not in this table), then the service, then PG*, then defaults. */
    static Stream<Found> precedence() {
        return Stream.of(
                found(
                        "postgresql://argument/x",
                        env("PARTITA_URL=postgresql://variable/y", "PGHOST=pg"),
                        "postgresql://os@argument:5432/x"),
                found("", env("PARTITA_URL=postgresql://variable/y", "PGHOST=pg"), "postgresql://os@variable:5432/y"),
                found("postgresql:///x", env("PGHOST=pg", "PGUSER=shop", "PGPORT=7"), "postgresql://shop@pg:7/x"),
                found("postgresql://u@db/x", env("PGSSLMODE=disable"), "postgresql://u@db:5432/x", "sslmode=disable"),
                found(
                        "postgresql://u@db/x?sslmode=require",
                        env("PGSSLMODE=disable"),
                        "postgresql://u@db:5432/x",
                        "sslmode=require"),
                found(
                        "",
                        env("PGSERVICE=shop", "PGHOST=pg", "PGCONNECT_TIMEOUT=4"),
                        "postgresql://keeper@db.shop.example:5433/orders",
                        "connectTimeout=4"),
                found("postgresql://argument/x", env("PGSERVICE=shop"), "postgresql://keeper@argument:5433/x"),
                found("jdbc:postgresql://argument/x", env("PGUSER=shop"), "postgresql://shop@argument:5432/x"));
    }

    static Stream<Wrong> unreadable() {
        ProblemCode code = ProblemCode.CONNECTION_STRING_INVALID;
        return Stream.of(
                wrong("shop", code, "neither a libpq URL"),
                wrong("", env("PARTITA_URL=nonsense"), code, "PARTITA_URL: "),
                wrong("mysql://db/x", code, "neither"),
                wrong("jdbc:mysql://db/x", code, "neither"),
                wrong("POSTGRESQL://db/x", code, "neither"),
                wrong("postgresql://db:port/x", code, "a port is not a number"),
                wrong("postgresql://db:0/x", code, "a port is not a number"),
                wrong("postgresql://db:65536/x", code, "a port is not a number"),
                wrong("postgresql://d%20b/x", code, "a host is not a name or an address"),
                wrong("postgresql://db%26sslmode=disable/x", code, "a host is not"),
                wrong("postgresql://db%2Fx/y", code, "a host is not"),
                wrong("postgresql://db/x/y", code, "written %2F"),
                wrong("postgresql://db/x%zz", code, "hexadecimal"),
                wrong("postgresql://db/x%4", code, "hexadecimal"),
                wrong("postgresql://db/%ff", code, "UTF-8"),
                wrong("postgresql://db/a%00b", code, "NUL"),
                wrong("postgresql://db/x?sslmode", code, "has no ="),
                wrong("postgresql://db/x?sslmode=on", code, "one of allow, disable, prefer"),
                wrong("postgresql://db/x?connect_timeout=soon", code, "whole seconds"),
                wrong("postgresql://db/x?connect_timeout=999999", code, "whole seconds"),
                wrong("postgresql://db/x?target_session_attrs=primary-ish", code, "one of any"),
                wrong("postgresql://db/x?require_auth=magic", code, "scram-sha-256"),
                wrong("postgresql://db/x?sslmode=require&sslmode=disable", code, "given twice"),
                wrong("host=a,b port=1,2,3", code, "3 ports for 2 hosts"),
                wrong("host=a dbname", code, "no ="),
                wrong("host=a b c=d", code, "not of the form"),
                wrong("dbname='open", code, "no end"),
                wrong("", env("PGPORT=54x"), code, "PGPORT: "),
                wrong("", env("PGSSLMODE=yes"), code, "PGSSLMODE: "),
                wrong("", env("PGAPPNAME=a\nb"), code, "PGAPPNAME: "),
                wrong("", env("PARTITA_URL=postgresql://a", "PARTITA_URL_FILE=/b"), code, "both set"),
                wrong("", env("PARTITA_URL_FILE=/nowhere/at/all"), code, "PARTITA_URL_FILE: "),
                wrong("", env("PGSERVICE=nested"), code, "asks for another service"),
                wrong("", env("PGSERVICE=ldap"), code, "LDAP"));
    }

    static Stream<Wrong> refused() {
        ProblemCode code = ProblemCode.CONNECTION_SETTING_REFUSED;
        Stream<Wrong> properties = Stream.of(
                        "socketFactory",
                        "socketFactoryArg",
                        "sslfactory",
                        "sslfactoryarg",
                        "sslhostnameverifier",
                        "sslpasswordcallback",
                        "authenticationPluginClassName",
                        "xmlFactoryFactory",
                        "connectExecutor",
                        "classLoaderStrategy",
                        "loggerFile",
                        "loggerLevel",
                        "preferQueryMode",
                        "autosave",
                        "options",
                        "currentSchema",
                        "prepareThreshold",
                        "readOnly",
                        "replication",
                        "localSocketAddress",
                        "ssl",
                        "loadBalanceHosts",
                        "kerberosServerName",
                        "jaasApplicationName",
                        "SOCKETFACTORY")
                .map(name ->
                        wrong("jdbc:postgresql://db/x?" + name + "=com.example.Evil", code, name + " is not taken"));
        Stream<Wrong> keywords = Stream.of(
                        "options",
                        "hostaddr",
                        "gssencmode",
                        "krbsrvname",
                        "sslcrl",
                        "requirepeer",
                        "client_encoding",
                        "replication",
                        "ssl_min_protocol_version",
                        "fallback_application_name")
                .map(name -> wrong("postgresql://db/x?" + name + "=y", code, name + " is not taken"));
        Stream<Wrong> variables = Stream.of("PGOPTIONS", "PGHOSTADDR", "PGREQUIREPEER", "PGSSLCRL", "PGREQUIRESSL")
                .map(name -> wrong("", env(name + "=-c search_path=evil"), code, name + ": "));
        Stream<Wrong> others = Stream.of(
                wrong("", env("PGGSSENCMODE=require"), code, "PGGSSENCMODE: "),
                wrong("postgresql://db/x?brandnew=1", code, "setting 1 after the ? is none"),
                wrong("postgresql://db/x?sslmode=require&SSLMODE=disable", code, "setting 2 after the ? is none"),
                wrong("postgresql://db/x?ApplicationName=y", code, "is spelled application_name"),
                wrong("jdbc:postgresql://db/x?application_name=y", code, "is spelled ApplicationName"),
                wrong("postgresql://db/x?sslmode=verify-ca&sslrootcert=system", code, "verify-full only"),
                wrong("postgresql://db/x?sslrootcert=system&sslcert=/c", code, "client certificate"));
        return Stream.of(properties, keywords, variables, others).flatMap(stream -> stream);
    }

    static Stream<Wrong> others() {
        return Stream.of(
                wrong("postgresql://%2Fvar%2Frun%2Fpostgresql/x", ProblemCode.UNIX_SOCKET_UNSUPPORTED, "use localhost"),
                wrong("host=/tmp", ProblemCode.UNIX_SOCKET_UNSUPPORTED, "the connection argument"),
                wrong("host=db,/tmp", ProblemCode.UNIX_SOCKET_UNSUPPORTED, "Unix"),
                wrong("", env("PGHOST=/var/run/postgresql"), ProblemCode.UNIX_SOCKET_UNSUPPORTED, "PGHOST: "),
                wrong("postgresql:///?host=@abstract", ProblemCode.UNIX_SOCKET_UNSUPPORTED, ""),
                wrong("host=@abstract", ProblemCode.UNIX_SOCKET_UNSUPPORTED, "Unix"),
                wrong("", env("PGSERVICE=none"), ProblemCode.SERVICE_UNKNOWN, "PGSERVICE: "),
                wrong("service=none", ProblemCode.SERVICE_UNKNOWN, "the connection argument: "),
                wrong("", env("PGSERVICE=secretive"), ProblemCode.PASSWORD_IN_CONNECTION_STRING, "service secretive"));
    }

    private Target find(String argument, Map<String, String> variables) {
        return Target.find(
                ConnectionOptions.url(argument.isEmpty() ? null : argument),
                new Surroundings(variables, home, "os"),
                line -> {});
    }

    @ParameterizedTest
    @MethodSource({"libpqUrls", "jdbcUrls", "keywords", "environments", "precedence"})
    void leadsToTheDatabaseThatWasSaid(Found expected) {
        Target target = find(expected.argument(), expected.variables());

        assertThat(target.display()).isEqualTo(expected.display());
        assertThat(target).hasToString(expected.display());
        expected.lines().forEach(line -> {
            String[] parts = line.split("=", 2);
            if (line.startsWith("!")) {
                assertThat(target.properties()).doesNotContainKey(line.substring(1));
            } else {
                assertThat(target.properties()).containsEntry(parts[0], parts[1]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource({"unreadable", "refused", "others"})
    void refusesByNameWhatItCannotHonour(Wrong expected) {
        PartitaException refusal =
                catchThrowableOfType(PartitaException.class, () -> find(expected.argument(), expected.variables()));

        assertThat(refusal).as("a refusal of %s", expected).isNotNull();
        Problem problem = refusal.problems().get(0);
        assertThat(problem.code()).isEqualTo(expected.code());
        assertThat(problem.code().kind()).isEqualTo(ProblemKind.CONFIGURATION);
        assertThat(problem.toString()).contains(expected.says());
        assertThat(problem.waysOut()).isNotEmpty();
    }

    @Test
    void namesEveryVariableThatStandsInTheWayAtOnce() {
        PartitaException refusal = catchThrowableOfType(
                PartitaException.class, () -> find("", env("PGOPTIONS=-c x=y", "PGHOSTADDR=10.0.0.1")));

        assertThat(refusal.problems()).extracting(Problem::where).containsExactlyInAnyOrder("PGOPTIONS", "PGHOSTADDR");
    }

    @Test
    void takesTheUrlOfTheConfigurationAfterTheEnvironmentsOwnAndBeforeLibpqs() {
        ConnectionOptions options = new ConnectionOptions(null, "postgresql://configured/y", null, null);

        assertThat(Target.find(options, new Surroundings(env("PGHOST=pg"), home, "os"), line -> {}))
                .hasToString("postgresql://os@configured:5432/y");
        assertThat(Target.find(
                        options, new Surroundings(env("PARTITA_URL=postgresql://variable/x"), home, "os"), line -> {}))
                .hasToString("postgresql://os@variable:5432/x");
    }

    @Test
    void readsTheUrlFromAFile() throws IOException {
        Path file = Files.writeString(home.resolve("url"), "postgresql://db/from_a_file\n");

        assertThat(find("", env("PARTITA_URL_FILE=" + file))).hasToString("postgresql://os@db:5432/from_a_file");
    }

    @Test
    void takesServicesFromTheNamedFileAndThenFromTheSystems() throws IOException {
        Path own = Files.writeString(home.resolve("own.conf"), "[mine]\nhost=mine.example\n");
        Path system = Files.createDirectory(home.resolve("etc"));
        Files.writeString(
                system.resolve("pg_service.conf"), "[theirs]\nhost=theirs.example\n[mine]\nhost=no.example\n");
        Map<String, String> variables = env("PGSERVICEFILE=" + own, "PGSYSCONFDIR=" + system);

        assertThat(find("service=mine", variables).hosts()).containsExactly(new Host("mine.example", 5432));
        assertThat(find("service=theirs", variables).hosts()).containsExactly(new Host("theirs.example", 5432));
    }

    @Test
    void trustsTheAuthoritiesOfTheUsersFileWhereThereIsOne() throws IOException {
        Path roots = Files.createDirectory(home.resolve(".postgresql")).resolve("root.crt");
        Files.writeString(roots, "");

        assertThat(find("postgresql://db/x", Map.of()).properties())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", roots.toString())
                .doesNotContainKey("sslfactory");
    }

    @Test
    void asksForTlsOfARemoteHostEvenAmongLocalOnes() {
        assertThat(find("postgresql://localhost,db/x", Map.of()).properties()).containsEntry("sslmode", "verify-full");
        assertThat(find("postgresql://localhost,127.0.0.2,[::1]/x", Map.of()).properties())
                .containsEntry("sslmode", "prefer");
        assertThat(find("postgresql://localhost.example/x", Map.of()).properties())
                .containsEntry("sslmode", "verify-full");
        assertThat(find("postgresql://127.example/x", Map.of()).properties()).containsEntry("sslmode", "verify-full");
    }

    @Test
    void tellsTheDriverNothingButWhatItChose() {
        assertThat(find("", Map.of()).properties().stringPropertyNames())
                .containsExactlyInAnyOrder(
                        "ApplicationName",
                        "connectTimeout",
                        "loginTimeout",
                        "socketTimeout",
                        "tcpKeepAlive",
                        "targetServerType",
                        "user",
                        "sslmode",
                        "gssEncMode",
                        "prepareThreshold",
                        "assumeMinServerVersion");
    }

    @Test
    void putsNothingButHostsAndDatabaseIntoTheDriversUrl() {
        Target target = find("postgresql://u@a:1,[::1]:2/x%3Fsslmode=disable%26loggerFile=y?sslmode=require", Map.of());

        assertThat(target.database()).isEqualTo("x?sslmode=disable&loggerFile=y");
        assertThat(target.jdbcUrl()).isEqualTo("jdbc:postgresql://a:1,[::1]:2/x%3Fsslmode%3Ddisable%26loggerFile%3Dy");
    }

    @Test
    void refusesAHostThatIsNone() {
        for (String name :
                Arrays.asList("", "a b", "a/b", "a?b", "a&b", "a@b", "a,b", "db:5432", "a:b:c g", "a\nb", "[a]", "ä")) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> new Host(name, 5432)))
                    .as(name)
                    .isNotNull();
        }
    }
}
