package dev.partita.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** libpq's rules for its file of passwords, for the connection {@code db:5432:orders:shop}. */
class PasswordLinesTest {

    static List<Arguments> files() {
        return List.of(
                Arguments.of("db:5432:orders:shop:pw", "pw"),
                Arguments.of("db:5432:orders:shop:pw\n", "pw"),
                Arguments.of("db:5432:orders:shop:pw\r\n", "pw"),
                Arguments.of("*:*:*:*:pw", "pw"),
                Arguments.of("db:*:orders:*:pw", "pw"),
                Arguments.of("d*:5432:orders:shop:pw", null),
                Arguments.of("db:5432:orders:keeper:no\ndb:5432:orders:shop:pw", "pw"),
                Arguments.of("*:*:*:*:first\ndb:5432:orders:shop:second", "first"),
                Arguments.of("#db:5432:orders:shop:no\n*:*:*:*:pw", "pw"),
                Arguments.of("\n\n*:*:*:*:pw", "pw"),
                Arguments.of("db:5432:orders:pw", null),
                Arguments.of("db:5433:orders:shop:pw", null),
                Arguments.of("dbx:5432:orders:shop:pw", null),
                Arguments.of("d:5432:orders:shop:pw", null),
                Arguments.of("*:*:*:*:", null),
                Arguments.of("*:*:*:*:a\\:b\\\\c", "a:b\\c"),
                Arguments.of("*:*:*:*:a:rest", "a"),
                Arguments.of("*:*:*:*:p w ", "p w "),
                Arguments.of("d\\b:5432:orders:shop:pw", "pw"),
                Arguments.of("\\*:5432:orders:shop:pw", null),
                Arguments.of("*:*:*:*:pass\\", "pass\\"),
                Arguments.of("", null));
    }

    @ParameterizedTest
    @MethodSource("files")
    void findsWhatLibpqFinds(String file, String password) {
        assertThat(new PasswordLines(file.toCharArray())
                        .find(List.of("db", "5432", "orders", "shop"))
                        .map(Secret::reveal))
                .isEqualTo(java.util.Optional.ofNullable(password));
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsNamesThatNeedABackslash(String line, List<String> fields) {
        assertThat(new PasswordLines(line.toCharArray()).find(fields).map(Secret::reveal))
                .contains("pw");
    }

    static List<Arguments> names() {
        return List.of(
                Arguments.of("\\:\\:1:5432:orders:shop:pw", List.of("::1", "5432", "orders", "shop")),
                Arguments.of("db:5432:a\\\\b:*:pw", List.of("db", "5432", "a\\b", "shop")),
                Arguments.of("db:5432:*:jürgen:pw", List.of("db", "5432", "x", "jürgen")),
                Arguments.of("db:5432:\\*:*:pw", List.of("db", "5432", "*", "shop")));
    }
}
