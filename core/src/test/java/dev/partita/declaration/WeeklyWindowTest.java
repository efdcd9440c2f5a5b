package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.problem.PartitaException;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyWindowTest {

    /** 20 January 2024 is a Saturday. */
    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Sat 02:00-05:00         | 2024-01-20T01:59:59Z | false | 2024-01-20T02:00Z",
                "Sat 02:00-05:00         | 2024-01-20T02:00:00Z | true  | 2024-01-27T02:00Z",
                "Sat 02:00-05:00         | 2024-01-20T04:59:59Z | true  | 2024-01-27T02:00Z",
                "Sat 02:00-05:00         | 2024-01-20T05:00:00Z | false | 2024-01-27T02:00Z",
                "Sat 02:00-05:00         | 2024-01-21T03:00:00Z | false | 2024-01-27T02:00Z",
                "Fri 22:00-04:00         | 2024-01-19T23:00:00Z | true  | 2024-01-26T22:00Z",
                "Fri 22:00-04:00         | 2024-01-20T03:59:00Z | true  | 2024-01-26T22:00Z",
                "Fri 22:00-04:00         | 2024-01-20T23:00:00Z | false | 2024-01-26T22:00Z",
                "Fri 22:00-04:00         | 2024-01-19T03:00:00Z | false | 2024-01-19T22:00Z",
                "02:00-05:00             | 2024-01-17T03:00:00Z | true  | 2024-01-18T02:00Z",
                "Mon-Fri 20:00-24:00     | 2024-01-19T23:59:59Z | true  | 2024-01-22T20:00Z",
                "Mon-Fri 20:00-24:00     | 2024-01-20T00:00:00Z | false | 2024-01-22T20:00Z",
                "Sat 02:00-03:00, Sun 04:00-05:00 | 2024-01-20T12:00:00Z | false | 2024-01-21T04:00Z",
                "Sun-Mon 00:00-12:00     | 2024-01-22T03:00:00Z | true  | 2024-01-28T00:00Z",
                "Sat/Wed 02:00-05:00     | 2024-01-17T03:00:00Z | true  | 2024-01-20T02:00Z",
            })
    void knowsWhetherItIsOpenAndWhenItOpensNext(String text, ZonedDateTime time, boolean open, ZonedDateTime next) {
        WeeklyWindow window = WeeklyWindow.parse(text);

        assertThat(window.includes(time)).isEqualTo(open);
        assertThat(window.next(time)).isEqualTo(next);
    }

    /** The clocks of Berlin skip the hour from two to three on 31 March 2024. */
    @Test
    void opensAfterTheHourThatTheClocksSkip() {
        ZonedDateTime evening = ZonedDateTime.parse("2024-03-30T20:00+01:00[Europe/Berlin]");

        assertThat(WeeklyWindow.parse("Sun 02:30-05:00").next(evening).toInstant())
                .isEqualTo("2024-03-31T01:30:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "saturday 2:00 - 5:00 | Sat 02:00-05:00",
                "mon-fri 22:00-04:00  | Mon-Fri 22:00-04:00",
                "fri-mon 22:00-04:00  | Mon/Fri/Sat/Sun 22:00-04:00",
                "mon-sun 1:00-2:00    | 01:00-02:00",
                "tue/mon 20:00-24:00  | Mon/Tue 20:00-00:00",
            })
    void isWrittenOneWay(String text, String written) {
        assertThat(WeeklyWindow.parse(text)).hasToString(written);
        assertThat(WeeklyWindow.parse(written)).isEqualTo(WeeklyWindow.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sat",
                "night",
                "Sat 2-5",
                "Sat 02:00-02:00",
                "Xyz 02:00-05:00",
                "25:00-26:00",
                "Sat 02:00-05:00,"
            })
    void refusesWhatNamesNoHours(String text) {
        assertThatThrownBy(() -> WeeklyWindow.parse(text))
                .isInstanceOf(PartitaException.class)
                .hasMessageContaining("names no hours of the week");
    }
}
