package dev.partita.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What we quote, read by the one who has to understand it. {@code -Dpartita.seed=…} repeats what is random. */
@OnEveryPostgres(hostile = false)
class QuotingOnPostgresTest {

    private static final long SEED = Long.getLong("partita.seed", new Random().nextLong());
    private static final int TRIES = 1_000;

    @Test
    void quotesEveryKeywordThatTheServerWouldQuote(TestDatabase database) {
        List<String> quoted = database.rows("SELECT word FROM pg_get_keywords() WHERE quote_ident(word) <> word");
        assertThat(quoted).hasSizeGreaterThan(100);
        assertThat(quoted)
                .allSatisfy(word -> assertThat(Identifier.of(word).sql()).startsWith("\""));
    }

    @Test
    void namesMeanThemselves(TestDatabase database) throws Exception {
        Random random = new Random(SEED);
        List<String> names = new ArrayList<>(List.of("Orders", "a\"b", "a\nb", "$$", "é".repeat(31), "?", "{}", "\\"));
        while (names.size() < TRIES) {
            names.add(text(random, Identifier.MAX_BYTES));
        }
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement quoteIdent = connection.prepareStatement("SELECT quote_ident(?)")) {
            statement.setEscapeProcessing(false);
            for (String name : names) {
                String sql = Identifier.of(name).sql();
                try (ResultSet row = query(statement, "SELECT 1 AS " + sql)) {
                    assertThat(row.getMetaData().getColumnName(1))
                            .as("seed " + SEED)
                            .isEqualTo(name);
                }
                quoteIdent.setString(1, name);
                try (ResultSet row = quoteIdent.executeQuery()) {
                    row.next();
                    assertThat(sql).as("seed " + SEED).isEqualTo(row.getString(1));
                }
            }
        }
    }

    @Test
    void literalsMeanThemselvesWhateverTheSessionThinksOfBackslashes(TestDatabase database) throws Exception {
        Random random = new Random(SEED);
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String conforming : List.of("on", "off")) {
                statement.execute("SET escape_string_warning = off; SET standard_conforming_strings = " + conforming);
                for (int i = 0; i < TRIES; i++) {
                    String text = text(random, 40);
                    try (ResultSet row =
                            query(statement, "SELECT " + Literal.of(text).sql())) {
                        row.next();
                        assertThat(row.getString(1)).as("seed " + SEED).isEqualTo(text);
                    }
                }
            }
        }
    }

    private static ResultSet query(Statement statement, String sql) throws SQLException {
        return statement.executeQuery(sql);
    }

    /** Anything that PostgreSQL can store, much of it unpleasant, one to so many bytes long. */
    private static String text(Random random, int bytes) {
        String unpleasant = "\"'\\$`?{};:-/*\n\t .,()[]%";
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(bytes);
        while (true) {
            int character = random.nextInt(3) == 0
                    ? unpleasant.charAt(random.nextInt(unpleasant.length()))
                    : 1 + random.nextInt(random.nextBoolean() ? 0x7f : 0x10ffff);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                continue;
            }
            String next = Character.toString(character);
            if (Identifier.bytes(text + next) > length) {
                return text.isEmpty() ? "t" : text.toString();
            }
            text.append(next);
        }
    }
}
