package dev.partita.report;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TimeGrid;
import dev.partita.plan.Outlook;
import dev.partita.plan.Outlook.Coming;
import dev.partita.plan.TablePlan;
import dev.partita.report.Drawer.Place;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the partitions of one table into drawers. */
final class Chest {

    private static final Comparator<CatalogPartition> ORDER = Comparator.comparing(CatalogPartition::isDefault)
            .thenComparing(partition -> partition.bound() instanceof Range range ? range.from() : RangeLimit.MINVALUE)
            .thenComparing(partition -> partition.bound() instanceof PartitionBound.Hash hash ? hash.remainder() : 0)
            .thenComparing(CatalogPartition::name);

    private final TablePlan plan;
    private final List<CatalogPartition> partitions;
    private final Map<Long, Long> sizes;
    private final Instant now;
    private final Optional<Grid> grid;
    private final Optional<RangeLimit> present;
    private final KeyType type;

    Chest(TablePlan plan, Optional<CatalogTable> table, Map<Long, Long> sizes, Instant now) {
        this.plan = plan;
        this.partitions = table.map(CatalogTable::partitions).orElse(List.of()).stream()
                .sorted(ORDER)
                .toList();
        this.sizes = sizes;
        this.now = now;
        this.type = plan.key().map(key -> key.type()).orElse(KeyType.OTHER);
        this.grid = plan.declaration().scheme() instanceof Scheme.Range range
                ? range.spacing().grid(type)
                : Optional.empty();
        this.present = grid.flatMap(known ->
                known instanceof TimeGrid time ? Optional.of(time.place(now)) : table.flatMap(CatalogTable::cursor));
    }

    TableStatus status() {
        BoundWords words = new BoundWords(plan.declaration().scheme());
        return new TableStatus(
                plan,
                partitions.stream().map(partition -> drawer(partition, words)).toList(),
                left(),
                next());
    }

    private Drawer drawer(CatalogPartition partition, BoundWords words) {
        List<CatalogPartition> leaves = partition
                .tree()
                .filter(part -> part.kind() != RelationKind.PARTITIONED)
                .toList();
        boolean seen = leaves.stream().allMatch(leaf -> sizes.containsKey(leaf.oid()));
        double rows = leaves.stream()
                .mapToDouble(CatalogPartition::estimatedRows)
                .filter(known -> known >= 0)
                .reduce(Double::sum)
                .orElse(-1);
        return new Drawer(
                partition.name(),
                partition.bound(),
                type,
                words.of(partition.bound(), type, 0),
                place(partition.bound()),
                seen
                        ? Optional.of(leaves.stream()
                                .mapToLong(leaf -> sizes.getOrDefault(leaf.oid(), 0L))
                                .sum())
                        : Optional.empty(),
                rows,
                leaves.size(),
                partition.detachPending(),
                isClosed(partition.bound()),
                plan.outlook().waiting().stream()
                        .filter(waiting -> waiting.name().equals(partition.name()))
                        .map(Outlook.Waiting::awaits)
                        .findFirst());
    }

    private boolean isClosed(PartitionBound bound) {
        return grid.orElse(null) instanceof TimeGrid && place(bound) == Place.PAST;
    }

    private Place place(PartitionBound bound) {
        if (bound instanceof PartitionBound.Default) {
            return Place.DEFAULT;
        }
        if (!(bound instanceof Range range) || present.isEmpty()) {
            return Place.TIMELESS;
        }
        if (range.contains(present.get())) {
            return Place.NOW;
        }
        return present.get().isBefore(range.from()) ? Place.FUTURE : Place.PAST;
    }

    /** From the present to the end of the last partition before a hole. */
    private Optional<Duration> left() {
        if (present.isEmpty() || !(grid.orElse(null) instanceof TimeGrid time)) {
            return Optional.empty();
        }
        RangeLimit end = present.get();
        for (CatalogPartition partition : partitions) {
            if (partition.bound() instanceof Range range && range.contains(end)) {
                end = range.to();
            }
        }
        return time.reaches(end) && present.get().isBefore(end)
                ? Optional.of(Duration.between(
                        LocalDateTime.ofInstant(now, time.zone()),
                        time.time(end).toLocalDateTime()))
                : Optional.empty();
    }

    private List<String> next() {
        List<String> next = new ArrayList<>();
        if (!plan.steps().isEmpty()) {
            next.add("partita apply: " + StepCounts.of(plan.steps()).words());
        }
        plan.outlook().coming().forEach(coming -> next.add(sentence(coming)));
        return next;
    }

    private static String sentence(Coming coming) {
        boolean one = coming.others() == 0;
        return (coming.clock() ? "on " : "when the key reaches ")
                + coming.when()
                + (coming.clock() ? " " : ", ")
                + Visible.of(coming.partition().name())
                + (one ? "" : " and " + coming.others() + " more")
                + switch (coming.event()) {
                    case CREATION -> one ? " is due" : " are due";
                    case RETIREMENT -> (one ? " has" : " have") + " been kept long enough";
                };
    }
}
