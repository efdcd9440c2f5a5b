package dev.partita.check;

import dev.partita.plan.Finding;
import dev.partita.table.TableName;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A check of a test's database at an instant that the test sets, in a form to compare. */
record Checked(Check check) {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Small sizes count, so that a test can make them. */
    static final Thresholds SMALL =
            new Thresholds(Thresholds.USUAL.warn(), Thresholds.USUAL.page(), 1L << 20, 1L << 16);

    static Checked of(TestDatabase database) throws SQLException {
        return of(database, CheckReader.with(SMALL));
    }

    static Checked of(TestDatabase database, CheckReader reader) throws SQLException {
        try (Connection connection = database.partita().getConnection()) {
            return new Checked(reader.read(connection, NOW));
        }
    }

    TableCheck table(String name) {
        TableName wanted = TableName.parse(name);
        return check.tables().stream()
                .filter(table -> table.name().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    /** The findings about a table as {@code WARNING RANGE_GAP no partition takes …}. */
    List<String> of(String table) {
        return table(table).findings().stream().map(Checked::words).toList();
    }

    static String words(Finding finding) {
        return finding.severity() + " " + finding.problem().code() + " "
                + finding.problem().message();
    }
}
