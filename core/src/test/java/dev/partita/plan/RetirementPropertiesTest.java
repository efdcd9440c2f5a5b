package dev.partita.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.catalog.Answers;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DetachedPartition;
import dev.partita.catalog.Fingerprint;
import dev.partita.catalog.Likeness;
import dev.partita.catalog.Marker;
import dev.partita.catalog.RelationKind;
import dev.partita.catalog.Server;
import dev.partita.declaration.Cell;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Period;
import dev.partita.declaration.Period.Unit;
import dev.partita.declaration.Restraint;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Keep;
import dev.partita.declaration.Retention.Then;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.Stretch;
import dev.partita.declaration.TableDeclaration;
import dev.partita.declaration.TimeGrid;
import dev.partita.declaration.WeeklyWindow;
import dev.partita.sql.Identifier;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.DropPartition;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.Step;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.PartitionKey;
import dev.partita.table.PartitionMethod;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What can never be retired, tried on random declarations, catalogs and clocks.
 *
 * <p>{@code -Dpartita.seed=…} repeats a run, {@code -Dpartita.tries=…} makes it longer; a failure names the seed of its try,
 * with which {@code -Dpartita.tries=1} repeats it alone.
 */
class RetirementPropertiesTest {

    private static final int TRIES = Integer.getInteger("partita.tries", 100_000);
    private static final long SEED = Long.getLong("partita.seed", new Random().nextLong());

    private static final TableName TABLE = TableName.parse("public.t");
    private static final Identifier AT = Identifier.of("at");
    private static final Identifier OWNER = Identifier.of("shop_owner");
    private static final Server.DatabaseIdentity HERE = new Server.DatabaseIdentity("7000000000000000001", "shop");
    private static final Server.DatabaseIdentity ELSEWHERE = new Server.DatabaseIdentity("7000000000000000002", "shop");

    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC,
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Pacific/Apia"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Australia/Lord_Howe"));

    /** How often something was retired: a property that holds because nothing ever happens says nothing. */
    private int detached;

    private int dropped;

    @Test
    void whatIsYoungerThanKeepAndWhatIsNotOursStays() {
        long started = System.nanoTime();
        for (int i = 0; i < TRIES; i++) {
            long seed = SEED + i;
            World world = new World(new Random(seed));
            try {
                holds(world);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + world, e);
            }
        }
        System.out.printf(
                "%,d plans, %,d partitions detached and %,d dropped in them, seed %d, %.1f s%n",
                TRIES, detached, dropped, SEED, (System.nanoTime() - started) / 1e9);
        assertThat(detached).isGreaterThan(TRIES / 10);
        assertThat(dropped).isGreaterThan(TRIES / 100);
    }

    private void holds(World world) {
        Plan plan = Planner.plan(new Declarations(List.of(world.declaration)), world.catalog, world.now, world.request);
        List<Step> steps = plan.steps().filter(Step::retires).toList();
        Set<TableName> gone = new HashSet<>();
        for (Step step : steps) {
            if (step instanceof DetachPartition || step instanceof DetachConcurrently) {
                gone.add(step.relation());
            }
            if (step instanceof DropPartition drop) {
                dropped++;
                assertThat(world.droppable).as("is dropped").contains(drop.relation());
            }
            if (step instanceof FinalizeDetach) {
                assertThat(step).as("nothing is half detached").isNull();
            }
        }
        detached += gone.size();
        assertThat(world.ours).as("nothing but what is ours is named").containsAll(gone);
        if (world.request.retire() == Request.Retire.NEVER
                || world.request.retire() == Request.Retire.AUTO && world.retire == Retention.Retire.ASK) {
            assertThat(steps).as("nobody has asked").isEmpty();
        }
        if (world.hours && world.request.retire() == Request.Retire.AUTO && !world.isNight()) {
            assertThat(steps).as("it is day").isEmpty();
        }
        List<CatalogPartition> survivors = world.partitions.stream()
                .filter(partition -> !gone.contains(partition.name()))
                .toList();
        assertThat(survivors).as("the last stays").isNotEmpty();
        world.partitions.stream()
                .filter(partition -> gone.contains(partition.name()))
                .forEach(partition -> {
                    Range range = (Range) partition.bound();
                    assertThat(range.contains(world.present))
                            .as("holds the present")
                            .isFalse();
                    assertThat(world.newest().isBefore(range.to()) || range.to().equals(world.newest()))
                            .as("the newest goes")
                            .isFalse();
                    assertThat(world.isPinned(range)).as("%s is pinned", range).isFalse();
                    assertThat(world.isOldEnough(range))
                            .as("%s is old enough", range)
                            .isTrue();
                });
        int most = world.request.most().orElse(Math.max(1, world.partitions.size() / 10));
        assertThat(gone.size()).as("no more than the guard lets pass").isLessThanOrEqualTo(most);
    }

    /** A table, its declaration, and a moment. */
    private static final class World {

        private final Random random;
        final KeyType type;
        final Spacing spacing;
        final Grid grid;
        Optional<RangeLimit> pinned = Optional.empty();
        boolean hours;
        boolean untilReleased;
        final Instant now;
        final RangeLimit present;
        final Retention.Retire retire;
        final TableDeclaration declaration;
        final Request request;
        final Keep keep;
        final List<CatalogPartition> partitions = new ArrayList<>();
        final Set<TableName> ours = new HashSet<>();
        final Set<TableName> droppable = new HashSet<>();
        final Map<Long, Long> sizes = new HashMap<>();
        final Catalog catalog;

        World(Random random) {
            this.random = random;
            boolean time = random.nextInt(4) > 0;
            this.now = Instant.ofEpochSecond(1_000_000_000L + random.nextInt(800_000_000));
            this.type = time
                    ? pick(KeyType.DATE, KeyType.TIMESTAMP, KeyType.TIMESTAMPTZ)
                    : pick(KeyType.INTEGER, KeyType.BIGINT, KeyType.NUMERIC);
            this.spacing = time ? period() : Spacing.Numbers.of(BigDecimal.valueOf(1 + random.nextInt(100_000)));
            this.grid = spacing.grid(type).orElseThrow();
            this.present =
                    grid instanceof TimeGrid calendar ? calendar.place(now) : RangeLimit.at(random.nextInt(1_000_000));
            this.keep = keep(time);
            this.retire = pick(Retention.Retire.values());
            Then then = pick(
                    new Then.Detach(),
                    new Then.Drop(),
                    new Then.MoveTo(Identifier.of("history")),
                    new Then.MoveToTablespace(Identifier.of("slow")));
            Optional<Period> grace = then instanceof Then.Drop && random.nextBoolean()
                    ? Optional.of(Period.of(1 + random.nextInt(20), pick(Unit.HOUR, Unit.DAY, Unit.WEEK)))
                    : Optional.empty();
            this.declaration = TableDeclaration.of(TABLE, Scheme.Range.of(AT, spacing))
                    .withRetention(new Retention.Limited(keep, then, grace, retire).with(restraint(then)));
            this.request = new Request(
                    List.of(),
                    pick(Request.Retire.values()),
                    random.nextBoolean() ? Optional.of(1 + random.nextInt(40)) : Optional.empty(),
                    Set.of(),
                    Map.of(),
                    random.nextBoolean(),
                    List.of());
            fill();
            this.catalog = catalog(then, grace.orElse(Retention.USUAL_GRACE));
        }

        /** A place whose partition stays, hours of the night, and drops that wait for somebody. */
        private Restraint restraint(Then then) {
            if (random.nextInt(3) == 0) {
                Cell cell = grid.cellAt(present);
                for (int i = random.nextInt(20); i > 0; i--) {
                    cell = grid.previous(cell);
                }
                pinned = Optional.of(cell.from());
            }
            hours = random.nextInt(3) == 0;
            untilReleased = then instanceof Then.Drop && random.nextInt(3) == 0;
            return new Restraint(
                    pinned.stream().map(this::at).toList(),
                    List.of(),
                    hours ? Optional.of(WeeklyWindow.parse("22:00-05:00")) : Optional.empty(),
                    untilReleased);
        }

        private Stretch at(RangeLimit place) {
            if (grid instanceof TimeGrid time) {
                Instant instant =
                        time.time(place).withZoneSameLocal(time.zone()).toInstant();
                return new Stretch.Instants(instant, instant);
            }
            return new Stretch.Numbers(place.position(), place.position());
        }

        boolean isNight() {
            ZoneId zone = grid instanceof TimeGrid time ? time.zone() : ZoneOffset.UTC;
            int hour = now.atZone(zone).getHour();
            return hour >= 22 || hour < 5;
        }

        boolean isPinned(Range range) {
            return pinned.filter(range::contains).isPresent();
        }

        private Spacing period() {
            Unit unit = type == KeyType.DATE
                    ? pick(Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
                    : pick(Unit.values());
            return Spacing.Time.of(Period.of(1 + random.nextInt(4), unit)).withZone(pick(ZONES.toArray(ZoneId[]::new)));
        }

        private Keep keep(boolean time) {
            int kind = random.nextInt(time ? 4 : 2);
            if (kind == 0) {
                return new Keep.Partitions(1 + random.nextInt(12));
            }
            if (kind == 1) {
                return new Keep.Bytes(BigInteger.valueOf(1 + random.nextInt(20_000)));
            }
            Period every = ((Spacing.Time) spacing).period();
            return new Keep.Time(Period.of(every.count() * (1 + random.nextInt(9)), every.unit()));
        }

        /** From some cells back on up to some ahead: most as declared, some by hand, some missing. */
        private void fill() {
            Cell cell = grid.cellAt(present);
            int back = random.nextInt(30);
            for (int i = 0; i < back; i++) {
                cell = grid.previous(cell);
            }
            int count = 1 + random.nextInt(back + 4);
            for (int i = 0; i < count; i++) {
                switch (random.nextInt(12)) {
                    case 0 -> {} // a gap
                    case 1 -> {
                        Cell next = grid.next(cell);
                        add(new Range(cell.from(), next.to()), RelationKind.TABLE, false);
                        cell = next;
                    }
                    case 2 -> half(cell);
                    case 3 -> add(cell.range(), RelationKind.FOREIGN, false);
                    default -> add(cell.range(), RelationKind.TABLE, true);
                }
                cell = grid.next(cell);
            }
            if (random.nextInt(8) == 0) {
                add(new Range(cell.from(), RangeLimit.MAXVALUE), RelationKind.TABLE, false);
            }
            if (random.nextInt(8) == 0 && !partitions.isEmpty()) {
                RangeLimit oldest = partitions.stream()
                        .map(partition -> ((Range) partition.bound()).from())
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                add(new Range(RangeLimit.MINVALUE, oldest), RelationKind.TABLE, false);
            }
            if (partitions.isEmpty()) {
                add(grid.cellAt(present).range(), RelationKind.TABLE, true);
            }
            if (random.nextInt(5) == 0) {
                add(new PartitionBound.Default(), RelationKind.TABLE, false);
            }
            Collections.shuffle(partitions, random);
        }

        /** Two halves of a cell are not what the declaration makes. */
        private void half(Cell cell) {
            BigDecimal from = cell.from().position();
            BigDecimal middle =
                    from.add(cell.to().position().subtract(from).divideToIntegralValue(BigDecimal.valueOf(2)));
            if (middle.compareTo(from) > 0) {
                add(new Range(cell.from(), RangeLimit.at(middle)), RelationKind.TABLE, false);
            }
        }

        private void add(PartitionBound bound, RelationKind kind, boolean isOurs) {
            long oid = 20_000 + partitions.size();
            TableName name = new TableName(TABLE.schema(), Identifier.of("t_" + oid));
            partitions.add(new CatalogPartition(
                    oid,
                    name,
                    kind,
                    bound,
                    "FOR VALUES FROM (…) TO (…)",
                    false,
                    Optional.empty(),
                    OWNER,
                    Collections.emptySortedMap(),
                    Optional.empty(),
                    0,
                    -1,
                    List.of(),
                    List.of()));
            if (isOurs) {
                ours.add(name);
            }
            sizes.put(oid, (long) random.nextInt(1_000));
        }

        private Catalog catalog(Then then, Period grace) {
            List<DetachedPartition> out = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                long oid = 30_000 + i;
                TableName name = new TableName(TABLE.schema(), Identifier.of("t_" + oid));
                Instant instant = now.minusSeconds(random.nextInt(40 * 86_400)).truncatedTo(ChronoUnit.SECONDS);
                boolean here = random.nextInt(4) > 0;
                boolean itself = random.nextInt(4) > 0;
                Marker marker = new Marker(
                        TABLE, "FOR VALUES FROM (1) TO (2)", instant, itself ? oid : 1, here ? HERE : ELSEWHERE);
                boolean released = random.nextBoolean();
                Marker.Comment unreleased = new Marker.Comment(marker, Optional.empty());
                Marker.Comment comment =
                        released ? unreleased.with(new Marker.Release(now, "not needed any more")) : unreleased;
                out.add(new DetachedPartition(
                        oid,
                        name,
                        RelationKind.TABLE,
                        comment,
                        new Range(RangeLimit.at(1), RangeLimit.at(2)),
                        0,
                        -1,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new DetachedPartition.Stored(name, false, Identifier.of("fast"))),
                        List.of(),
                        List.of()));
                boolean held = untilReleased && !released || isPinned(new Range(RangeLimit.at(1), RangeLimit.at(2)));
                if (then instanceof Then.Drop && here && itself && isOver(instant, grace) && !held) {
                    droppable.add(name);
                }
            }
            CatalogTable table = new CatalogTable(
                    16_384,
                    TABLE,
                    RelationKind.PARTITIONED,
                    Optional.of(new PartitionKey(
                            PartitionMethod.RANGE,
                            List.of(new PartitionKey.Part(Optional.of(AT), type, Optional.empty(), Optional.empty())))),
                    List.of(new CatalogColumn(AT, type.sqlName(), type, true)),
                    List.of(),
                    List.of(),
                    List.of(),
                    new Likeness(
                            OWNER,
                            List.of(),
                            List.of(),
                            Likeness.RowSecurity.OFF,
                            List.of(),
                            new Likeness.ReplicaIdentity.PrimaryKey(),
                            Collections.emptySortedMap(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    partitions,
                    out,
                    -1,
                    grid instanceof TimeGrid ? Optional.empty() : Optional.of(present),
                    false,
                    false,
                    Fingerprint.ABSENT,
                    Optional.empty());
            Server server = new Server(
                    180_000,
                    HERE,
                    OWNER,
                    false,
                    Duration.ofSeconds(1),
                    Set.of(Identifier.of("slow")),
                    Optional.empty());
            Answers answers = Answers.NONE.withSizes(sizes);
            return new Catalog(server, Map.of(TABLE, table), answers);
        }

        /** Told by the calendar of Java alone. */
        private boolean isOver(Instant instant, Period grace) {
            ZoneId zone = spacing instanceof Spacing.Time time ? time.zone() : ZoneOffset.UTC;
            return switch (grace.unit()) {
                case HOUR -> !now.isBefore(instant.plus(Duration.ofHours(grace.count())));
                case DAY ->
                    !now.isBefore(LocalDateTime.ofInstant(instant, zone)
                            .plusDays(grace.count())
                            .atZone(zone)
                            .toInstant());
                default ->
                    !now.isBefore(LocalDateTime.ofInstant(instant, zone)
                            .plusWeeks(grace.count())
                            .atZone(zone)
                            .toInstant());
            };
        }

        RangeLimit newest() {
            return partitions.stream()
                    .map(CatalogPartition::bound)
                    .filter(Range.class::isInstance)
                    .map(bound -> ((Range) bound).to())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        /** Whether no row of the range is younger than what is kept. */
        boolean isOldEnough(Range range) {
            if (keep instanceof Keep.Time time) {
                return !youngestKept(time.period()).isBefore(range.to());
            }
            if (keep instanceof Keep.Partitions kept) {
                Cell oldest = grid.cellAt(present);
                for (int i = 1; i < kept.count(); i++) {
                    oldest = grid.previous(oldest);
                }
                return !oldest.from().isBefore(range.to());
            }
            long from = partitions.stream()
                    .filter(partition -> !(partition.bound() instanceof Range other)
                            || !other.to().isBefore(range.to()))
                    .mapToLong(partition -> sizes.get(partition.oid()))
                    .sum();
            return BigInteger.valueOf(from).compareTo(((Keep.Bytes) keep).bytes()) > 0;
        }

        /** Where the youngest row lies that may go. */
        private RangeLimit youngestKept(Period period) {
            ZoneId zone = ((Spacing.Time) spacing).zone();
            LocalDateTime local = LocalDateTime.ofInstant(now, zone);
            LocalDateTime back = switch (period.unit()) {
                case MINUTE, HOUR -> local;
                case DAY -> local.minusDays(period.count());
                case WEEK -> local.minusWeeks(period.count());
                case MONTH -> local.minusMonths(period.count());
                case QUARTER -> local.minusMonths(3L * period.count());
                case YEAR -> local.minusYears(period.count());
            };
            Instant instant = switch (period.unit()) {
                case MINUTE -> now.minus(Duration.ofMinutes(period.count()));
                case HOUR -> now.minus(Duration.ofHours(period.count()));
                default -> back.atZone(zone).toInstant();
            };
            boolean elapsed = period.unit() == Unit.MINUTE || period.unit() == Unit.HOUR;
            Instant onTheAxis = type == KeyType.TIMESTAMPTZ
                    ? instant
                    : (elapsed ? LocalDateTime.ofInstant(instant, zone) : back).toInstant(ZoneOffset.UTC);
            return RangeLimit.at(
                    BigDecimal.valueOf(onTheAxis.getEpochSecond()).multiply(BigDecimal.valueOf(1_000_000)));
        }

        @SafeVarargs
        private <T> T pick(T... values) {
            return values[random.nextInt(values.length)];
        }

        @Override
        public String toString() {
            return type + " every " + spacing.every() + " keep " + keep + " now " + now + " present " + present + " "
                    + request + " "
                    + partitions.stream().map(CatalogPartition::bound).toList();
        }
    }
}
