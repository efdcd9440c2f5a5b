package dev.partita.cli.connection;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.partita.test.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL server of a test's own, whose logins, settings and role in life the test decides. */
final class LiveServer implements AutoCloseable {

    private final PostgresServer server;
    private final Path data;

    LiveServer() throws SQLException {
        assumeFalse(PostgresServer.majors().isEmpty(), "no PostgreSQL for this platform");
        server = PostgresServer.start(PostgresServer.majors().last());
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet folder = statement.executeQuery("show data_directory")) {
            folder.next();
            data = Path.of(folder.getString(1));
        }
    }

    int port() {
        return server.port();
    }

    /** Runs statements as the superuser {@code postgres}, each in a transaction of its own. */
    void run(String... statements) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/postgres?user=postgres");
    }

    /** Lets these lines decide who gets in how; the superuser always does. */
    void logins(String... lines) throws SQLException, IOException {
        String superuser = "host all postgres 127.0.0.1/32 trust\n";
        Files.writeString(data.resolve("pg_hba.conf"), superuser + String.join("\n", lines) + "\n");
        run("select pg_reload_conf()");
    }

    /** Has a file in the data folder that the server, and nobody else, can read. */
    Path privateFile(String name, String text) throws SQLException, IOException {
        Path file = data.resolve(name);
        // Made by the server, so that it belongs to the server's user.
        run("copy (select '') to '" + file + "'");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    void settings(Map<String, String> settings) throws SQLException {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            run("alter system set " + setting.getKey() + " = '" + setting.getValue() + "'");
        }
        run("select pg_reload_conf()");
    }

    /** Starts again as a standby that nobody sends anything. */
    void becomeStandby() throws IOException {
        Files.writeString(data.resolve("standby.signal"), "");
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
