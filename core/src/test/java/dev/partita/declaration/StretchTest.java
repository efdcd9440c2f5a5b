package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.problem.PartitaException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StretchTest {

    private static final Spacing MONTHS = Spacing.parse("1 month");
    private static final Spacing THOUSANDS = Spacing.parse("1000");

    @ParameterizedTest
    @CsvSource({
        "2023,                                      2023",
        "2023..2024,                                2023..2024",
        "2023-01..2023-12,                          2023",
        "2023-07,                                   2023-07",
        "2023-07..2023-09,                          2023-07..2023-09",
        "2023-07-01..2023-09-30,                    2023-07..2023-09",
        "2023-07-05,                                2023-07-05",
        "2023-07-05T06:00..2023-07-05T12:00,        2023-07-05T06:00..2023-07-05T12:00",
        "2023-07-05T06:00:00Z..2023-07-05T12:00:00+01:00, 2023-07-05T06:00:00Z..2023-07-05T11:00:00Z",
    })
    void isWrittenAsShortAsItCanBeSaid(String text, String written) {
        assertThat(Stretch.read(text, MONTHS).orElseThrow()).hasToString(written);
        assertThat(Stretch.read(written, MONTHS)).isEqualTo(Stretch.read(text, MONTHS));
    }

    @ParameterizedTest
    @CsvSource({"0..50_000_000, 0..50000000", "7, 7", "-5..5, -5..5"})
    void isNumbersOnAnAxisOfNumbers(String text, String written) {
        assertThat(Stretch.read(text, THOUSANDS).orElseThrow()).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "last year", "2023-13", "1..2..3", "99999", "2023-07..", "0..7"})
    void isNoneWhereItDoesNotFit(String text) {
        assertThat(Stretch.read(text, MONTHS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024..2023", "2023-07-05..2023-07-04"})
    void doesNotEndBeforeItBegins(String text) {
        assertThatThrownBy(() -> Stretch.read(text, MONTHS))
                .isInstanceOf(PartitaException.class)
                .hasMessageContaining("ends before it begins");
    }
}
