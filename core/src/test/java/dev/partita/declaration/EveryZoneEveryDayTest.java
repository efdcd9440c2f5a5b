package dev.partita.declaration;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.Period.Unit;
import dev.partita.sql.Identifier;
import dev.partita.table.RangeLimit;
import dev.partita.test.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The calendar, not sampled: every zone that Java knows, every day from 1995 to 2037.
 *
 * <p>Many zones are other names of the same rules (Asia/Calcutta, Asia/Kolkata): one of each is walked, all are counted. A quick
 * build ({@code -Dquick}) leaves it out.
 */
@DisabledIfSystemProperty(named = "quick", matches = ".*")
class EveryZoneEveryDayTest {

    private static final LocalDate FIRST = LocalDate.of(1995, 1, 1);
    private static final LocalDate END = LocalDate.of(2038, 1, 1);

    @Test
    @Fault({58, 59})
    void daysFollowEachOtherWithoutGapOrOverlapAndBeginWhenTheirDateFirstComes() {
        Count seen = everyZone("days", (zone, count) -> {
            TimeGrid grid = grid(Period.of(1, Unit.DAY), zone);
            Cell cell = cellOf(grid, FIRST);
            Instant begin = FIRST.atStartOfDay(zone).toInstant();
            for (LocalDate day = FIRST; day.isBefore(END); day = day.plusDays(1)) {
                Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
                if (begin.equals(end)) {
                    count = count.skip();
                } else {
                    must(grid.axis().instant(cell.from()).equals(begin), cell, "does not begin with its date");
                    cell = walk(grid, cell);
                    count = count.bound();
                }
                begin = end;
            }
            must(cell.equals(cellOf(grid, END)), cell, "is not the day after the last");
            return count;
        });
        assertThat(seen.zones).isGreaterThan(500);
        assertThat(seen.bounds + seen.skipped).isEqualTo(seen.zones * ChronoUnit.DAYS.between(FIRST, END));
        assertThat(seen.skipped)
                .as("Pacific/Apia and Pacific/Fakaofo, 30 December 2011")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEEK", "MONTH", "QUARTER", "YEAR"})
    void longerPeriodsFollowEachOtherUnderNamesOfTheirOwn(Unit unit) {
        Count seen = everyZone(unit.name(), (zone, count) -> {
            TimeGrid grid = grid(Period.of(1, unit), zone);
            Cell last = cellOf(grid, END);
            Set<Identifier> names = new HashSet<>();
            for (Cell cell = cellOf(grid, FIRST); !cell.equals(last); cell = walk(grid, cell)) {
                must(names.add(name(grid, cell)), cell, "is called like another");
                count = count.bound();
            }
            return count;
        });
        assertThat(seen.skipped).isZero();
    }

    @Test
    void daysAroundATransitionHaveNamesOfTheirOwn() {
        everyZone("names of days", (zone, count) -> {
            TimeGrid grid = grid(Period.of(1, Unit.DAY), zone);
            for (ZoneOffsetTransition transition : transitions(zone)) {
                count = count.add(namedApart(grid, transition, Duration.ofDays(2)));
            }
            return count;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 30, 15})
    void hoursAndMinutesAroundATransitionFollowEachOtherUnderNamesOfTheirOwn(int minutes) {
        Period every = minutes == 60 ? Period.of(1, Unit.HOUR) : Period.of(minutes, Unit.MINUTE);
        Duration around = minutes == 15 ? Duration.ofHours(6) : Duration.ofDays(1);
        everyZone(every.toString(), (zone, count) -> {
            TimeGrid grid = grid(every, zone);
            for (ZoneOffsetTransition transition : transitions(zone)) {
                count = count.add(namedApart(grid, transition, around));
            }
            return count;
        });
    }

    private static int namedApart(TimeGrid grid, ZoneOffsetTransition transition, Duration around) {
        RangeLimit end = grid.place(transition.getInstant().plus(around));
        Cell cell = grid.cellAt(grid.place(transition.getInstant().minus(around)));
        Set<Identifier> names = new HashSet<>();
        for (; cell.from().isBefore(end); cell = walk(grid, cell)) {
            must(names.add(name(grid, cell)), cell, "is called like another");
        }
        return names.size();
    }

    private static List<ZoneOffsetTransition> transitions(ZoneId zone) {
        Instant end = END.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Stream.iterate(
                        zone.getRules()
                                .nextTransition(
                                        FIRST.atStartOfDay(ZoneOffset.UTC).toInstant()),
                        transition ->
                                transition != null && transition.getInstant().isBefore(end),
                        transition -> zone.getRules().nextTransition(transition.getInstant()))
                .toList();
    }

    /** One step to the next cell, with everything that must hold at the limit between the two. */
    private static Cell walk(TimeGrid grid, Cell cell) {
        Cell next = grid.next(cell);
        must(cell.from().isBefore(cell.to()), cell, "is empty");
        must(next.from().equals(cell.to()), cell, "does not end where the next begins");
        must(next.index() > cell.index(), next, "does not count on");
        must(grid.previous(next).equals(cell), cell, "is not the one before the next");
        must(grid.cellAt(next.from()).equals(next), next, "does not hold its own begin");
        must(grid.cellAt(justBefore(next.from())).equals(cell), cell, "does not hold its last microsecond");
        return next;
    }

    private static RangeLimit justBefore(RangeLimit limit) {
        return RangeLimit.at(limit.position().subtract(BigDecimal.ONE));
    }

    private static Identifier name(TimeGrid grid, Cell cell) {
        return new Naming(grid.defaultName()).name(Identifier.of("orders"), token -> grid.token(token, cell));
    }

    private static Cell cellOf(TimeGrid grid, LocalDate day) {
        return grid.cellAt(grid.place(day.atStartOfDay()));
    }

    private static TimeGrid grid(Period every, ZoneId zone) {
        return new TimeGrid(every, TimeGrid.defaultAnchor(every), zone, new TimeAxis.Instants());
    }

    /** What a walk has seen; a bound counts for each zone that shares the rules. */
    private record Count(long zones, long bounds, long skipped) {

        Count bound() {
            return add(1);
        }

        Count add(long more) {
            return new Count(zones, bounds + more, skipped);
        }

        Count skip() {
            return new Count(zones, bounds, skipped + 1);
        }

        Count times(int zonesAlike) {
            return new Count(zonesAlike, bounds * zonesAlike, skipped * zonesAlike);
        }

        Count plus(Count other) {
            return new Count(zones + other.zones, bounds + other.bounds, skipped + other.skipped);
        }
    }

    private static Count everyZone(String what, BiFunction<ZoneId, Count, Count> walk) {
        Map<ZoneRules, List<ZoneId>> zones =
                ZoneId.getAvailableZoneIds().stream().map(ZoneId::of).collect(groupingBy(ZoneId::getRules));
        long started = System.nanoTime();
        Count count = zones.values().parallelStream()
                .map(alike -> walk.apply(alike.get(0), new Count(1, 0, 0)).times(alike.size()))
                .reduce(new Count(0, 0, 0), Count::plus);
        System.out.printf(
                "%s: %,d bounds in %d zones with %d different rules, %d skipped, %.1f s%n",
                what, count.bounds, count.zones, zones.size(), count.skipped, (System.nanoTime() - started) / 1e9);
        return count;
    }

    private static void must(boolean holds, Cell cell, String otherwise) {
        if (!holds) {
            throw new AssertionError(cell + " " + otherwise);
        }
    }
}
