package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden pieces of the calendar; {@link EveryZoneEveryDayTest} walks the whole of it. */
class TimeGridTest {

    private static final TimeAxis INSTANTS = new TimeAxis.Instants();

    private static TimeGrid grid(String every, String zone) {
        Period period = Period.parse(every);
        return new TimeGrid(period, TimeGrid.defaultAnchor(period), ZoneId.of(zone), INSTANTS);
    }

    private static TimeGrid grid(String every, String zone, String anchor) {
        return new TimeGrid(Period.parse(every), LocalDateTime.parse(anchor), ZoneId.of(zone), INSTANTS);
    }

    /** A cell as people read it: its name and its bounds as PostgreSQL would print them in UTC. */
    private static String words(TimeGrid grid, Cell cell) {
        return name(grid, cell) + "  " + KeyType.TIMESTAMPTZ.print(cell.from()) + "  "
                + KeyType.TIMESTAMPTZ.print(cell.to());
    }

    private static String name(TimeGrid grid, Cell cell) {
        return new Naming(grid.defaultName())
                .name(Identifier.of("orders"), token -> grid.token(token, cell))
                .name();
    }

    private static List<String> cells(TimeGrid grid, String first, String last) {
        return grid.cells(grid.place(Instant.parse(first)), grid.place(Instant.parse(last)))
                .map(cell -> words(grid, cell))
                .toList();
    }

    @Test
    void theDayThatApiaNeverHadBelongsToNobody() {
        TimeGrid grid = grid("1 day", "Pacific/Apia");
        assertThat(cells(grid, "2011-12-29T12:00:00Z", "2012-01-01T00:00:00Z"))
                .containsExactly(
                        "orders_2011_12_29  2011-12-29 10:00:00+00  2011-12-30 10:00:00+00",
                        "orders_2011_12_31  2011-12-30 10:00:00+00  2011-12-31 10:00:00+00",
                        "orders_2012_01_01  2011-12-31 10:00:00+00  2012-01-01 10:00:00+00");
        Cell after = grid.cellAt(grid.place(LocalDateTime.parse("2011-12-30T00:00")));
        assertThat(name(grid, after)).isEqualTo("orders_2011_12_31");
        assertThat(name(grid, grid.previous(after))).isEqualTo("orders_2011_12_29");
        assertThat(grid.limit(after.index() - 1)).isEqualTo(grid.limit(after.index()));
    }

    @Test
    void businessDaysInApiaKeepTheHoursOfTheSkippedDayThatExisted() {
        TimeGrid grid = grid("1 day", "Pacific/Apia", "2000-01-01T06:00");
        assertThat(cells(grid, "2011-12-29T20:00:00Z", "2011-12-31T00:00:00Z"))
                .containsExactly(
                        "orders_2011_12_29  2011-12-29 16:00:00+00  2011-12-30 10:00:00+00",
                        "orders_2011_12_30  2011-12-30 10:00:00+00  2011-12-30 16:00:00+00",
                        "orders_2011_12_31  2011-12-30 16:00:00+00  2011-12-31 16:00:00+00");
    }

    /** At 00:01 the clocks went back to 23:01: the day begins with its first midnight and keeps all that follows. */
    @Test
    void aDayWithTwoMidnightsBeginsAtTheFirst() {
        assertThat(cells(grid("1 day", "America/St_Johns"), "2006-10-28T12:00:00Z", "2006-10-29T12:00:00Z"))
                .containsExactly(
                        "orders_2006_10_28  2006-10-28 02:30:00+00  2006-10-29 02:30:00+00",
                        "orders_2006_10_29  2006-10-29 02:30:00+00  2006-10-30 03:30:00+00");
    }

    /** At midnight the clocks went forward to one o'clock. */
    @Test
    void aDayWithoutMidnightBeginsWithItsFirstInstant() {
        assertThat(cells(grid("1 day", "America/Sao_Paulo"), "2018-11-03T12:00:00Z", "2018-11-04T12:00:00Z"))
                .containsExactly(
                        "orders_2018_11_03  2018-11-03 03:00:00+00  2018-11-04 03:00:00+00",
                        "orders_2018_11_04  2018-11-04 03:00:00+00  2018-11-05 02:00:00+00");
    }

    @Test
    void daysAre23And25HoursLongInBerlin() {
        TimeGrid grid = grid("1 day", "Europe/Berlin");
        assertThat(cells(grid, "2024-03-31T00:00:00Z", "2024-03-31T00:00:00Z"))
                .containsExactly("orders_2024_03_31  2024-03-30 23:00:00+00  2024-03-31 22:00:00+00");
        assertThat(cells(grid, "2024-10-27T00:00:00Z", "2024-10-27T00:00:00Z"))
                .containsExactly("orders_2024_10_27  2024-10-26 22:00:00+00  2024-10-27 23:00:00+00");
    }

    @Test
    void theHourThatComesTwiceHasTwoNames() {
        assertThat(cells(grid("1 hour", "Europe/Berlin"), "2024-10-26T23:59:59Z", "2024-10-27T02:00:00Z"))
                .containsExactly(
                        "orders_2024_10_27_01p0200  2024-10-26 23:00:00+00  2024-10-27 00:00:00+00",
                        "orders_2024_10_27_02p0200  2024-10-27 00:00:00+00  2024-10-27 01:00:00+00",
                        "orders_2024_10_27_02p0100  2024-10-27 01:00:00+00  2024-10-27 02:00:00+00",
                        "orders_2024_10_27_03p0100  2024-10-27 02:00:00+00  2024-10-27 03:00:00+00");
    }

    @Test
    void hoursStayHoursWhereClocksMoveByHalfOfOne() {
        assertThat(cells(grid("30 minutes", "Australia/Lord_Howe"), "2024-04-06T14:00:00Z", "2024-04-06T15:59:59Z"))
                .containsExactly(
                        "orders_2024_04_07_0100p1100  2024-04-06 14:00:00+00  2024-04-06 14:30:00+00",
                        "orders_2024_04_07_0130p1100  2024-04-06 14:30:00+00  2024-04-06 15:00:00+00",
                        "orders_2024_04_07_0130p1030  2024-04-06 15:00:00+00  2024-04-06 15:30:00+00",
                        "orders_2024_04_07_0200p1030  2024-04-06 15:30:00+00  2024-04-06 16:00:00+00");
    }

    @Test
    void hoursWestOfGreenwichAreNamedWithoutAMinus() {
        assertThat(cells(grid("6 hours", "America/St_Johns"), "2024-01-15T12:00:00Z", "2024-01-15T12:00:00Z"))
                .containsExactly("orders_2024_01_15_06m0330  2024-01-15 09:30:00+00  2024-01-15 15:30:00+00");
    }

    @Test
    void monthEndsAreCountedFromTheAnchor() {
        TimeGrid grid = grid("1 month", "UTC", "2024-01-31T00:00");
        assertThat(cells(grid, "2024-01-31T00:00:00Z", "2024-04-01T00:00:00Z"))
                .containsExactly(
                        "orders_2024_01_31  2024-01-31 00:00:00+00  2024-02-29 00:00:00+00",
                        "orders_2024_02_29  2024-02-29 00:00:00+00  2024-03-31 00:00:00+00",
                        "orders_2024_03_31  2024-03-31 00:00:00+00  2024-04-30 00:00:00+00");
        assertThat(cells(grid, "2023-02-27T23:59:59Z", "2023-02-28T00:00:00Z"))
                .containsExactly(
                        "orders_2023_01_31  2023-01-31 00:00:00+00  2023-02-28 00:00:00+00",
                        "orders_2023_02_28  2023-02-28 00:00:00+00  2023-03-31 00:00:00+00");
    }

    @ParameterizedTest
    @CsvSource({
        "1 year, 2000-01-01T00:00, 2024-07-01T00:00:00Z, orders_2024",
        "1 year, 2000-04-01T00:00, 2024-02-01T00:00:00Z, orders_2023",
        "1 year, 2000-04-06T00:00, 2024-07-01T00:00:00Z, orders_2024_04_06",
        "1 quarter, 2000-01-01T00:00, 2024-08-01T00:00:00Z, orders_2024_q3",
        "2 quarters, 2000-01-01T00:00, 2024-12-01T00:00:00Z, orders_2024_q3",
        "1 quarter, 2000-02-01T00:00, 2024-08-01T00:00:00Z, orders_2024_08",
        "1 month, 2000-01-01T00:00, 2024-01-31T23:59:59Z, orders_2024_01",
        "3 months, 2000-01-01T00:00, 2024-03-31T23:59:59Z, orders_2024_01",
        "1 month, 2000-01-15T00:00, 2024-01-14T00:00:00Z, orders_2023_12_15",
        "1 month, 2000-01-01T06:00, 2024-02-01T05:59:59Z, orders_2024_01",
        "1 week, 2000-01-03T00:00, 2024-01-15T00:00:00Z, orders_2024_w03",
        "1 week, 2000-01-03T00:00, 2021-01-03T00:00:00Z, orders_2020_w53",
        "1 week, 2000-01-03T00:00, 2024-12-30T00:00:00Z, orders_2025_w01",
        "1 week, 2000-01-02T00:00, 2024-01-15T00:00:00Z, orders_2024_01_14",
        "1 day, 2000-01-01T00:00, 2024-01-15T00:00:00Z, orders_2024_01_15",
        "10 days, 2000-01-01T00:00, 2024-01-14T00:00:00Z, orders_2024_01_05",
        "1 hour, 2000-01-01T00:00, 2024-01-15T09:59:59Z, orders_2024_01_15_09",
        "1 hour, 2000-01-01T00:30, 2024-01-15T09:29:59Z, orders_2024_01_15_0830",
        "15 minutes, 2000-01-01T00:00, 2024-01-15T09:59:59Z, orders_2024_01_15_0945",
        "1 day, 2000-01-01T00:00, +12345-01-15T00:00:00Z, orders_12345_01_15",
        "1 day, 2000-01-01T00:00, 0044-03-15T00:00:00Z, orders_0044_03_15",
        "1 day, 2000-01-01T00:00, -0043-03-15T00:00:00Z, orders_m0043_03_15",
    })
    void namesFitThePeriod(String every, String anchor, Instant at, String name) {
        TimeGrid grid = grid(every, "UTC", anchor);
        assertThat(name(grid, grid.cellAt(grid.place(at)))).isEqualTo(name);
    }

    @Test
    void knowsTheTokensThatATemplateMayHold() {
        TimeGrid grid = grid("1 day", "Asia/Kolkata");
        Cell cell = grid.cellAt(grid.place(Instant.parse("2024-12-31T00:00:00Z")));
        assertThat(Naming.TIME_TOKENS)
                .allSatisfy(token -> assertThat(grid.token(token, cell)).matches("[0-9p]+"));
        assertThat(grid.token("DDD", cell)).isEqualTo("366");
        assertThat(grid.token("YYYY", cell)).isEqualTo("2025");
        assertThat(grid.token("offset", cell)).isEqualTo("p0530");
        assertThatThrownBy(() -> grid.token("from", cell)).isInstanceOf(IllegalArgumentException.class);
    }

    /** What a timestamp without zone tells is the zone's wall clock, on which every day has 24 hours. */
    @Test
    void columnsWithoutZoneAreReadOnTheWallClock() {
        TimeGrid grid = new TimeGrid(
                Period.parse("1 day"),
                LocalDateTime.parse("2000-01-01T00:00"),
                ZoneId.of("Europe/Berlin"),
                new TimeAxis.WallClock());
        Cell cell = grid.cellAt(grid.place(Instant.parse("2024-03-31T22:30:00Z")));
        assertThat(KeyType.TIMESTAMP.print(cell.from())).isEqualTo("2024-04-01 00:00:00");
        assertThat(KeyType.DATE.print(cell.to())).isEqualTo("2024-04-02");
        assertThat(name(grid, cell)).isEqualTo("orders_2024_04_01");
        TimeGrid hours = new TimeGrid(
                Period.parse("1 hour"),
                LocalDateTime.parse("2000-01-01T00:00"),
                ZoneId.of("Europe/Berlin"),
                new TimeAxis.WallClock());
        assertThat(hours.defaultName()).isEqualTo("{table}_{yyyy}_{MM}_{dd}_{HH}");
    }

    @Test
    void isCellMeansExactlyOne() {
        TimeGrid grid = grid("1 month", "UTC");
        Cell cell = grid.cellAt(grid.place(Instant.parse("2024-05-05T00:00:00Z")));
        Cell next = grid.next(cell);
        assertThat(grid.isCell(cell.range())).isTrue();
        assertThat(grid.isCell(new Range(cell.from(), next.to()))).isFalse();
        assertThat(grid.isCell(new Range(cell.from(), shifted(cell.to(), -1)))).isFalse();
        assertThat(grid.isCell(new Range(shifted(cell.from(), 1), cell.to()))).isFalse();
        assertThat(grid.isCell(new Range(shifted(cell.from(), 1), shifted(cell.to(), 1))))
                .isFalse();
    }

    private static RangeLimit shifted(RangeLimit limit, long by) {
        return RangeLimit.at(limit.position().add(BigDecimal.valueOf(by)));
    }

    @Test
    void boundsThatNoCalendarReachesAreNoCells() {
        for (TimeAxis axis : List.of(
                INSTANTS,
                new TimeAxis.WallClock(),
                new TimeAxis.Epoch(Encoding.Epoch.Unit.S),
                new TimeAxis.Epoch(Encoding.Epoch.Unit.NS),
                new TimeAxis.Uuid7(),
                new TimeAxis.Snowflake(Instant.EPOCH, 22))) {
            TimeGrid grid = new TimeGrid(
                    Period.parse("1 minute"), LocalDateTime.parse("2000-01-01T00:00"), ZoneId.of("UTC"), axis);
            List<RangeLimit> limits = List.of(
                    RangeLimit.MINVALUE,
                    RangeLimit.MINUS_INFINITY,
                    RangeLimit.at(new BigDecimal("-1E+300")),
                    RangeLimit.at(0),
                    RangeLimit.at(Long.MAX_VALUE),
                    RangeLimit.at(new BigDecimal("1E+300")),
                    RangeLimit.INFINITY,
                    RangeLimit.MAXVALUE);
            for (int from = 0; from < limits.size(); from++) {
                for (int to = from + 1; to < limits.size(); to++) {
                    assertThat(grid.isCell(new Range(limits.get(from), limits.get(to))))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void reachesAllYearsThatPostgresKnows() {
        TimeGrid grid = grid("1 minute", "Europe/Berlin");
        for (String text : List.of("4714-11-24 BC", "0001-01-01", "5874897-12-31")) {
            RangeLimit place = KeyType.DATE.limit(text).orElseThrow();
            assertThat(grid.reaches(place)).isTrue();
            assertThat(grid.cellAt(place).range().contains(place)).isTrue();
        }
        assertThat(grid.reaches(RangeLimit.INFINITY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000-01-01T00:00:00.5", "0000-12-31T00:00", "+10000-01-01T00:00"})
    void anAnchorIsAWholeSecondOfAnOrdinaryYear(String anchor) {
        assertThatThrownBy(() -> grid("1 day", "UTC", anchor)).hasMessageContaining("anchor");
    }

    @Test
    void cellsAreMadeAsTheyAreAskedFor() {
        TimeGrid grid = grid("1 minute", "UTC");
        RangeLimit begin = grid.place(Instant.parse("0001-01-01T00:00:00Z"));
        RangeLimit end = grid.place(Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(grid.cells(begin, end).limit(3)).hasSize(3);
        assertThat(grid.cells(begin, begin)).containsExactly(grid.cellAt(begin));
    }
}
