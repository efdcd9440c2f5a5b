package dev.partita.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.Grid;
import dev.partita.declaration.NumberGrid;
import dev.partita.declaration.Period;
import dev.partita.declaration.Retention.Keep;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TimeGrid;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutoffTest {

    /** At the moment that is told the partition is behind, and a second before it is not. */
    @ParameterizedTest
    @CsvSource({
        "1 month, 24 months, UTC",
        "1 month, 90 days, Europe/Berlin",
        "1 day, 1 month, UTC",
        "1 day, 1 month, America/New_York",
        "1 week, 2 quarters, Asia/Kathmandu",
        "1 day, 1 year, Pacific/Apia",
        "6 hours, 36 hours, Europe/Berlin",
        "1 month, 5 partitions, UTC",
        "1 day, 1 partition, America/New_York",
    })
    void tellsTheFirstMomentAtWhichAPartitionFallsBehind(String every, String limit, ZoneId zone) {
        TimeGrid grid = (TimeGrid) Spacing.Time.of(Period.parse(every))
                .withZone(zone)
                .grid(KeyType.TIMESTAMPTZ)
                .orElseThrow();
        Keep keep = Keep.parse(limit);
        long first =
                grid.cellAt(grid.place(Instant.parse("2023-12-15T00:00:00Z"))).index();
        for (long n = first; n < first + 430; n++) {
            RangeLimit end = grid.limit(n);
            Instant then =
                    grid.time(Cutoff.passes(keep, grid, end).orElseThrow()).toInstant();
            assertThat(isBehind(keep, grid, end, then)).as(end + " at " + then).isTrue();
            assertThat(isBehind(keep, grid, end, then.minusSeconds(1)))
                    .as(end + " just before " + then)
                    .isFalse();
        }
    }

    private static boolean isBehind(Keep keep, TimeGrid grid, RangeLimit end, Instant now) {
        return Cutoff.of(keep, grid, grid.place(now), now)
                .filter(cutoff -> !cutoff.isBefore(end))
                .isPresent();
    }

    @Test
    void tellsWhereTheKeyIsThenOnAnAxisOfNumbers() {
        Grid grid = new NumberGrid(BigDecimal.TEN, BigDecimal.ZERO);
        Keep keep = new Keep.Partitions(3);
        assertThat(Cutoff.passes(keep, grid, RangeLimit.at(20))).contains(RangeLimit.at(40));
        assertThat(Cutoff.passes(keep, grid, RangeLimit.at(15))).contains(RangeLimit.at(40));
        assertThat(Cutoff.of(keep, grid, RangeLimit.at(40), Instant.EPOCH)).contains(RangeLimit.at(20));
        assertThat(Cutoff.passes(Keep.parse("1 GB"), grid, RangeLimit.at(20))).isEqualTo(Optional.empty());
    }
}
