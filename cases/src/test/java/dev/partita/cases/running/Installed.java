package dev.partita.cases.running;

import dev.partita.execution.StateSchema;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** The schema in which partita keeps its state, as the owner of the tables installs it. */
public final class Installed {

    private Installed() {}

    public static void in(TestDatabase database) throws SQLException {
        try (Connection connection = database.partita().getConnection()) {
            StateSchema.install(connection);
        }
    }

    public static void notIn(TestDatabase database) throws SQLException {
        try (Connection connection = database.partita().getConnection()) {
            StateSchema.uninstall(connection);
        }
    }
}
