package dev.partita.cases.story;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rows of a query as {@code psql -At} prints them. */
final class Rows {

    private Rows() {}

    static String of(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        if (!statement.execute(sql)) {
            return statement.getUpdateCount() + " rows written";
        }
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    values.add(String.valueOf(result.getString(column)).replace("null", ""));
                }
                rows.add(String.join("|", values));
            }
        }
        return String.join("\n", rows);
    }
}
