package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our list of storage parameters and their limits against PostgreSQL's own. */
@OnEveryPostgres(hostile = false)
class StorageParametersOnPostgresTest {

    private static final List<String> VALUES = List.of(
            "-2",
            "-1",
            "0",
            "1",
            "2",
            "9",
            "10",
            "100",
            "101",
            "127",
            "128",
            "1024",
            "1025",
            "8160",
            "8161",
            "9999",
            "10000",
            "10001",
            "99999",
            "100000",
            "1000000000",
            "1000000001",
            "2000000000",
            "2000000001",
            "2147483647",
            "2147483648",
            "true",
            "off",
            "auto",
            "maybe");

    /** The last server that knows fewer parameters than our list. */
    private static final int KNOWS_ALL_FROM = 18;

    @Test
    void acceptsWhatTheServerAcceptsAndNothingElse(TestDatabase database) throws SQLException {
        boolean knowsAll = Integer.parseInt(database.value("SHOW server_version_num")) / 10_000 >= KNOWS_ALL_FROM;
        List<String> differences = new ArrayList<>();
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE leaf (note text)");
            for (String name : LeafOptions.known()) {
                for (String value : VALUES) {
                    String answer = answer(statement, name, value);
                    boolean ours = StorageParameter.wanted(name, value).isEmpty();
                    boolean tooOld = answer.contains("unrecognized parameter") && !knowsAll;
                    if (ours != answer.isEmpty() && !tooOld) {
                        differences.add(name + " = " + value + ": " + (ours ? answer : "accepted by the server only"));
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String answer(Statement statement, String name, String value) {
        try {
            statement.execute("ALTER TABLE leaf SET (" + name + " = '" + value + "')");
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
