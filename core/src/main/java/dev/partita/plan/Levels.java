package dev.partita.plan;

import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionKey;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks down the levels of a table and finds what is missing on each.
 *
 * @param table the facts
 * @param now the present
 * @param windows what somebody asked for besides the declaration, on the topmost range level
 * @param findings where to tell what is noticed
 */
record Levels(CatalogTable table, Instant now, List<Window> windows, Optional<Retention.Keep> keep, Findings findings) {

    /**
     * One relation and how it is divided.
     *
     * @param name the relation
     * @param partitions what it has
     * @param within the range of this same column that the relation itself is limited to, if a level above divides by it too
     */
    record Place(TableName name, List<CatalogPartition> partitions, Optional<Within> within) {

        Optional<CatalogPartition> fallback() {
            return partitions.stream().filter(CatalogPartition::isDefault).findFirst();
        }

        /** The bounds of all partitions but DEFAULT. */
        List<PartitionBound> bounds() {
            return partitions.stream()
                    .map(CatalogPartition::bound)
                    .filter(bound -> !(bound instanceof PartitionBound.Default))
                    .toList();
        }
    }

    /**
     * A limit that a level above sets on a column.
     *
     * @param column the column
     * @param range its part
     */
    record Within(Identifier column, PartitionBound.Range range) {}

    /** What is missing on a level and below, in no particular order. */
    List<Missing> missing(Scheme scheme, Place place) {
        List<Missing> missing = new ArrayList<>(scheme.accept(new Scheme.Visitor<List<Missing>>() {
            @Override
            public List<Missing> range(Scheme.Range range) {
                Optional<Grid> grid = range.spacing().grid(type(range));
                return grid.map(found -> new RangeLevel(Levels.this, range, found, place).missing())
                        .orElse(List.of());
            }

            @Override
            public List<Missing> values(Scheme.Values values) {
                return new ListLevel(Levels.this, values, place).missing();
            }

            @Override
            public List<Missing> hash(Scheme.Hash hash) {
                return new HashLevel(Levels.this, hash, place).missing();
            }
        }));
        missing.addAll(fallback(scheme, place));
        place.partitions().forEach(partition -> missing.addAll(below(scheme, partition, place)));
        return missing;
    }

    CatalogColumn column(Scheme scheme) {
        return table.column(scheme.column()).orElseThrow();
    }

    KeyType type(Scheme scheme) {
        return column(scheme).keyType();
    }

    private List<Missing> fallback(Scheme scheme, Place place) {
        DefaultPartition wanted = scheme.fallback();
        if (!wanted.wanted() || place.fallback().isPresent()) {
            return List.of();
        }
        // In a list it is one more name; names made of time or numbers have none for it.
        Naming naming = scheme instanceof Scheme.Values values
                ? values.naming().orElse(Scheme.Values.DEFAULT_NAME)
                : Scheme.Values.DEFAULT_NAME;
        Identifier name = naming.name(place.name().name(), token -> wanted.suffix());
        NewPartition partition = wanted.policy() == DefaultPartition.Policy.ACCEPT
                ? partition(scheme, place, name, new PartitionBound.Default())
                : leaf(scheme, place, name, new PartitionBound.Default());
        return List.of(new Missing(
                place.name(),
                scheme.column(),
                partition,
                new Reason(Reason.Why.AHEAD, "a DEFAULT partition is declared"),
                Optional.empty(),
                false));
    }

    private List<Missing> below(Scheme scheme, CatalogPartition partition, Place place) {
        Optional<PartitionKey> key = partition.key();
        if (partition.detachPending() || scheme.then().isEmpty() || key.isEmpty()) {
            return List.of();
        }
        Scheme then = scheme.then().get();
        if (!fits(key.get(), then)) {
            findings.warning(
                    ProblemCode.KEY_DIFFERS,
                    "partition " + partition.name() + " is divided by " + key.get() + ", the declaration says "
                            + then.method().word() + " (" + then.column() + "); it is left as it is",
                    "nothing has to be done: new partitions follow the declaration");
            return List.of();
        }
        return below(scheme, findings)
                .missing(
                        then,
                        new Place(partition.name(), partition.partitions(), within(scheme, place, partition.bound())));
    }

    /** Whether a relation is divided as a level declares. */
    static boolean fits(PartitionKey key, Scheme scheme) {
        return key.method() == scheme.method() && key.singleColumn().equals(Optional.of(scheme.column()));
    }

    private static Optional<Within> within(Scheme scheme, Place place, PartitionBound bound) {
        return bound instanceof PartitionBound.Range range
                ? Optional.of(new Within(scheme.column(), range))
                : place.within();
    }

    /** What was asked for is a stretch of the topmost range, and so is what is kept; a range below it divides something else. */
    private Levels below(Scheme scheme, Findings heard) {
        return scheme instanceof Scheme.Range
                ? new Levels(table, now, List.of(), Optional.empty(), heard)
                : new Levels(table, now, windows, keep, heard);
    }

    /** The same, and nobody hears what is found. */
    Levels unheard() {
        return new Levels(table, now, List.of(), keep, new Findings(table.name()));
    }

    /** A partition of a level with everything that is to hang below it. */
    NewPartition partition(Scheme scheme, Place place, Identifier name, PartitionBound bound) {
        TableName relation = place.name().sibling(name);
        Optional<NewPartition.Division> division =
                scheme.then().map(then -> new NewPartition.Division(then.method(), then.column()));
        Levels unheard = below(scheme, new Findings(table.name()));
        List<NewPartition> children = scheme.then()
                .map(then ->
                        unheard.missing(then, new Place(relation, List.of(), within(scheme, place, bound))).stream()
                                .map(Missing::partition)
                                .toList())
                .orElse(List.of());
        return new NewPartition(relation, bound, type(scheme), division, children);
    }

    private NewPartition leaf(Scheme scheme, Place place, Identifier name, PartitionBound bound) {
        return new NewPartition(place.name().sibling(name), bound, type(scheme), Optional.empty(), List.of());
    }

    /** Tells about existing partitions that planning has to walk around. */
    void tellOddities(Scheme scheme, Place place) {
        List<CatalogPartition> partitions = place.partitions();
        for (CatalogPartition partition : partitions) {
            if (partition.kind() == RelationKind.FOREIGN) {
                findings.info(
                        ProblemCode.FOREIGN_PARTITION,
                        "partition " + partition.name() + " is a foreign table; it is counted and left alone");
            }
        }
        long plain = partitions.stream()
                .filter(partition -> partition.kind() == RelationKind.TABLE)
                .filter(partition ->
                        !partition.isDefault() || scheme.fallback().policy() != DefaultPartition.Policy.ALERT)
                .count();
        if (scheme.then().isPresent() && plain > 0) {
            findings.info(
                    ProblemCode.LEVEL_ADDED_LATER,
                    plain + (plain == 1 ? " partition is" : " partitions are") + " older than the level "
                            + scheme.then().get().method().word() + " ("
                            + scheme.then().get().column()
                            + ") and " + (plain == 1 ? "stays" : "stay") + " plain; new ones are divided");
        }
    }
}
