package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.Period.Unit;
import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds for every grid, tried on random ones.
 *
 * <p>{@code -Dpartita.seed=…} repeats a run, {@code -Dpartita.tries=…} makes it longer; a failure names the seed of its try,
 * with which {@code -Dpartita.tries=1} repeats it alone.
 */
class GridPropertiesTest {

    private static final int TRIES = Integer.getInteger("partita.tries", 10_000);
    private static final long SEED = Long.getLong("partita.seed", new Random().nextLong());

    private static final List<ZoneId> ZONES =
            new TreeSet<>(ZoneId.getAvailableZoneIds()).stream().map(ZoneId::of).toList();

    private static final long BEGIN_OF_1990 = 631_152_000L;
    private static final long END_OF_2050 = 2_556_143_999L;

    /** A grid on a column of a type, and a place on it. */
    private record Sample(KeyType type, Grid grid, RangeLimit present) {}

    @Test
    void everyGridDividesItsAxis() {
        long started = System.nanoTime();
        for (int i = 0; i < TRIES; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            Sample sample = random.nextInt(5) == 0 ? number(random) : time(random);
            try {
                divides(sample, random);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + sample, e);
            }
        }
        System.out.printf("%,d grids, seed %d, %.1f s%n", TRIES, SEED, (System.nanoTime() - started) / 1e9);
    }

    private static void divides(Sample sample, Random random) {
        Grid grid = sample.grid();
        RangeLimit present = sample.present();
        assertThat(grid.reaches(present)).isTrue();
        Cell current = grid.cellAt(present);
        assertThat(current.range().contains(present)).isTrue();

        List<Cell> cells = forward(grid, current, 1 + random.nextInt(6));
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            assertThat(cell.range().contains(present)).isEqualTo(i == 0);
            assertThat(cell.from()).isEqualTo(grid.limit(cell.index()));
            assertThat(cell.to()).isEqualTo(grid.limit(cell.index() + 1));
            assertThat(grid.cellAt(cell.from())).isEqualTo(cell);
            assertThat(grid.cellAt(between(cell, random))).isEqualTo(cell);
            assertThat(grid.isCell(cell.range())).isTrue();
            isNoCellWhenMoved(grid, cell, random);
            if (i > 0) {
                assertThat(cell.from()).isEqualTo(cells.get(i - 1).to());
                assertThat(cell.index()).isGreaterThan(cells.get(i - 1).index());
            }
        }
        Cell last = cells.get(cells.size() - 1);
        assertThat(backward(grid, last, cells.size())).isEqualTo(cells);
        assertThat(grid.cells(present, between(last, random))).isEqualTo(cells);
        assertThat(grid.cells(last.to(), current.from())).isEmpty();
        isNamedApart(sample, cells, random);
        isReadAsItIsPrinted(sample.type(), cells);
    }

    private static List<Cell> forward(Grid grid, Cell first, int count) {
        return Stream.iterate(first, grid::next).limit(count).toList();
    }

    private static List<Cell> backward(Grid grid, Cell last, int count) {
        List<Cell> cells = new ArrayList<>();
        for (Cell cell = last; cells.size() < count; cell = grid.previous(cell)) {
            cells.add(0, cell);
        }
        return cells;
    }

    /** A place that the cell holds; its last one every other time. */
    private static RangeLimit between(Cell cell, Random random) {
        BigDecimal from = cell.from().position();
        BigDecimal width = cell.to().position().subtract(from);
        BigDecimal part = random.nextBoolean()
                ? width.multiply(BigDecimal.valueOf(random.nextDouble()))
                : width.multiply(new BigDecimal("0.999999999999999999999999999999"));
        return RangeLimit.at(from.add(part));
    }

    private static void isNoCellWhenMoved(Grid grid, Cell cell, Random random) {
        BigDecimal width = cell.to().position().subtract(cell.from().position());
        BigDecimal by = width.multiply(BigDecimal.valueOf(0.001 + 0.998 * random.nextDouble()));
        RangeLimit from = RangeLimit.at(cell.from().position().add(by));
        RangeLimit to = RangeLimit.at(cell.to().position().add(by));
        assertThat(grid.isCell(new Range(from, to))).isFalse();
        assertThat(grid.isCell(new Range(from, cell.to()))).isFalse();
        assertThat(grid.isCell(new Range(cell.from(), to))).isFalse();
        assertThat(grid.isCell(new Range(cell.from(), RangeLimit.MAXVALUE))).isFalse();
        assertThat(grid.isCell(new Range(RangeLimit.MINVALUE, cell.to()))).isFalse();
    }

    private static void isNamedApart(Sample sample, List<Cell> cells, Random random) {
        Identifier table = table(random);
        Set<Identifier> names = new HashSet<>();
        for (Cell cell : cells) {
            Identifier name = name(sample.grid(), table, cell);
            assertThat(Identifier.bytes(name.name())).isBetween(1, Identifier.MAX_BYTES);
            assertThat(name(sample.grid(), table, cell)).isEqualTo(name);
            assertThat(names.add(name)).as("a second " + name).isTrue();
        }
    }

    private static Identifier name(Grid grid, Identifier table, Cell cell) {
        return new Naming(grid.defaultName()).name(table, token -> grid.token(token, cell));
    }

    private static void isReadAsItIsPrinted(KeyType type, List<Cell> cells) {
        for (Cell cell : cells) {
            if (type.expresses(cell.from())) {
                assertThat(type.limit(type.print(cell.from()))).contains(cell.from());
            }
        }
    }

    private static Sample time(Random random) {
        Period every = period(random);
        LocalDateTime anchor = random.nextBoolean()
                ? TimeGrid.defaultAnchor(every)
                : LocalDateTime.ofEpochSecond(moment(random), 0, ZoneOffset.UTC);
        if (random.nextBoolean()) {
            anchor = anchor.toLocalDate().atStartOfDay();
        }
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        KeyType type = pick(
                random,
                KeyType.DATE,
                KeyType.TIMESTAMP,
                KeyType.TIMESTAMPTZ,
                KeyType.INTEGER,
                KeyType.BIGINT,
                KeyType.NUMERIC,
                KeyType.UUID);
        Encoding encoding = pick(
                random,
                new Encoding.Native(),
                new Encoding.Uuid7(),
                new Encoding.Epoch(pick(random, Encoding.Epoch.Unit.values())),
                new Encoding.Snowflake(
                        Instant.ofEpochSecond(moment(random), random.nextInt(1000) * 1_000_000L),
                        1 + random.nextInt(31)));
        Optional<Grid> grid = new Spacing.Time(every, zone, Optional.of(anchor), encoding, Optional.empty()).grid(type);
        if (grid.isEmpty()) {
            return time(random);
        }
        Instant present = Instant.ofEpochSecond(moment(random), random.nextInt(1_000_000_000));
        return new Sample(type, grid.get(), ((TimeGrid) grid.get()).place(present));
    }

    private static Period period(Random random) {
        return switch (pick(random, Unit.values())) {
            case MINUTE -> Period.of(1 + random.nextInt(10_000), Unit.MINUTE);
            case HOUR -> Period.of(1 + random.nextInt(1_000), Unit.HOUR);
            case DAY -> Period.of(1 + random.nextInt(400), Unit.DAY);
            case WEEK -> Period.of(1 + random.nextInt(60), Unit.WEEK);
            case MONTH -> Period.of(1 + random.nextInt(30), Unit.MONTH);
            case QUARTER -> Period.of(1 + random.nextInt(10), Unit.QUARTER);
            case YEAR -> Period.of(1 + random.nextInt(120), Unit.YEAR);
        };
    }

    private static long moment(Random random) {
        return BEGIN_OF_1990 + (long) (random.nextDouble() * (END_OF_2050 - BEGIN_OF_1990));
    }

    private static Sample number(Random random) {
        KeyType type = pick(random, KeyType.SMALLINT, KeyType.INTEGER, KeyType.BIGINT, KeyType.NUMERIC);
        int scale = type == KeyType.NUMERIC ? random.nextInt(7) : 0;
        BigDecimal step = BigDecimal.valueOf(1 + Math.abs(random.nextInt() / 2), scale);
        BigDecimal anchor = BigDecimal.valueOf(random.nextInt(), scale);
        Grid grid = new Spacing.Numbers(step, anchor, Spacing.Cursor.KEY, Optional.empty())
                .grid(type)
                .orElseThrow();
        return new Sample(
                type, grid, RangeLimit.at(BigDecimal.valueOf(random.nextLong() >> random.nextInt(48), scale)));
    }

    /** Of up to sixty bytes, with characters of one to four. */
    private static Identifier table(Random random) {
        StringBuilder name = new StringBuilder();
        int bytes = 1 + random.nextInt(60);
        while (true) {
            String next = pick(random, "a", "Z", "_", " ", "\"", "$", "{", "}", "é", "ß", "€", "漢", "😀", "\u0301");
            if (Identifier.bytes(name + next) > bytes) {
                return Identifier.of(name.isEmpty() ? "t" : name.toString());
            }
            name.append(next);
        }
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
