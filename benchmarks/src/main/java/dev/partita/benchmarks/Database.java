package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of the server that {@code benchmarks/run} has started.
 *
 * @param name its name
 */
record Database(String name) {

    /** How many partita uses at a time, as the command does unless it is told otherwise. */
    static final int CONNECTIONS = 4;

    /** Makes it, empty and with pg_partman. */
    static Database create(String name) throws SQLException {
        try (Connection connection = new Database("postgres").connect("benchmarks")) {
            run(connection, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            run(connection, "CREATE DATABASE " + name);
        }
        Database database = new Database(name);
        try (Connection connection = database.connect("benchmarks")) {
            run(connection, "CREATE SCHEMA partman");
            run(connection, "CREATE EXTENSION pg_partman SCHEMA partman");
        }
        return database;
    }

    /** Makes one with everything that another has, which nobody may be using; nothing of it is left to be written. */
    static Database copy(String name, Database of) throws SQLException {
        try (Connection connection = new Database("postgres").connect("benchmarks")) {
            run(connection, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            run(connection, "CREATE DATABASE " + name + " TEMPLATE " + of.name() + " STRATEGY file_copy");
        }
        return new Database(name);
    }

    /** A connection that stays open until it is closed. */
    Connection connect(String application) throws SQLException {
        return source(application).getConnection();
    }

    /** A pool as a daemon has one. */
    HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(source("partita"));
        pool.setMaximumPoolSize(CONNECTIONS);
        return pool;
    }

    /** What tells the command where to go. */
    Map<String, String> environment() {
        return Map.of("PGDATABASE", name);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PGSimpleDataSource source(String application) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {System.getenv("PGHOST")});
        source.setPortNumbers(new int[] {Integer.parseInt(System.getenv("PGPORT"))});
        source.setUser(System.getenv("PGUSER"));
        source.setPassword(System.getenv("PGPASSWORD"));
        source.setDatabaseName(name);
        source.setApplicationName(application);
        source.setSslMode("disable");
        return source;
    }
}
