package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How one level of a table is divided; levels nest to any depth. */
public sealed interface Scheme {

    /** The most partitions that one level may list by name or by hash. */
    int MOST_PARTITIONS = 10_000;

    /** The key column. */
    Identifier column();

    PartitionMethod method();

    /** How each partition of this level is divided further. */
    Optional<Scheme> then();

    /** How partitions of this level are called; empty for the usual name of the method and period. */
    Optional<Naming> naming();

    /** The DEFAULT partition of this level; hash knows none. */
    DefaultPartition fallback();

    <R> R accept(Visitor<R> visitor);

    /**
     * For those who need to know the method.
     *
     * @param <R> what a visit gives
     */
    interface Visitor<R> {
        R range(Range scheme);

        R values(Values scheme);

        R hash(Hash scheme);
    }

    /**
     * The same level, its partitions called otherwise.
     *
     * @throws PartitaException if the template does not fit the level, or calls two of its partitions the same
     */
    Scheme named(Naming newNaming);

    /**
     * The same level with that DEFAULT partition.
     *
     * @throws PartitaException if the level can have none, or one of its partitions is called like it
     */
    Scheme otherwise(DefaultPartition newFallback);

    /**
     * The same level, each partition divided further.
     *
     * @throws PartitaException if a column is the key of two levels (but for a range divided by a finer one), or names below do not hold their parent's
     */
    Scheme thenBy(Scheme level);

    /** This level and those below it, outermost first. */
    default List<Scheme> levels() {
        return Stream.concat(Stream.of(this), then().stream().flatMap(next -> next.levels().stream()))
                .toList();
    }

    /** The outermost of the levels that is a range, to which retention looks. */
    default Optional<Range> outermostRange() {
        return levels().stream()
                .filter(level -> level instanceof Range)
                .map(Range.class::cast)
                .findFirst();
    }

    private static void checkLevelsBelow(Identifier column, Optional<Spacing> spacing, Optional<Scheme> then) {
        for (Scheme level : then.map(Scheme::levels).orElse(List.of())) {
            boolean finer = level instanceof Range range
                    && spacing.map(range.spacing()::finerThan).orElse(false);
            if (level.column().equals(column) && !finer) {
                throw Refusal.value(
                        "then-by",
                        column.written()
                                + " is the key of two levels, and the lower does not divide the upper's partitions",
                        "divide by another column, or by a range with a smaller every");
            }
            if (level.naming().isPresent() && !level.naming().get().namesTheTable()) {
                throw Refusal.of(
                        ProblemCode.NAME_INVALID,
                        "then-by",
                        "'" + level.naming().get() + "' gives partitions of different parents the same name",
                        "begin it with {table}, which stands for the direct parent");
            }
        }
    }

    private static void checkCount(int partitions) {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw Refusal.value(
                    "partitions",
                    partitions + " partitions cannot be meant",
                    "write a number from 1 to " + MOST_PARTITIONS + "; a handful is usual");
        }
    }

    /**
     * By ranges.
     *
     * @param column the key
     * @param spacing how wide, and from where
     * @param ahead how much future
     */
    record Range(
            Identifier column,
            Spacing spacing,
            Ahead ahead,
            DefaultPartition fallback,
            Optional<Naming> naming,
            Optional<Scheme> then)
            implements Scheme {

        /** @throws PartitaException if the parts do not fit each other */
        public Range {
            if (ahead instanceof Ahead.Horizon horizon) {
                checkHorizon(spacing, horizon.period());
            }
            if (naming.isPresent()) {
                checkNames(spacing, naming.get());
            }
            checkLevelsBelow(column, Optional.of(spacing), then);
        }

        private static void checkHorizon(Spacing spacing, Period horizon) {
            if (!(spacing instanceof Spacing.Time time)) {
                throw Refusal.value(
                        "ahead",
                        "numbers do not know how far " + horizon + " reaches",
                        "write how many partitions, such as 3");
            }
            if (horizon.roughSeconds() > Ahead.MOST * time.period().roughSeconds()) {
                throw Refusal.value(
                        "ahead",
                        horizon + " of partitions by " + time.period() + " are more than " + Ahead.MOST,
                        "look less far ahead, or make the partitions larger");
            }
        }

        /** The column's type is not known here, so names are told apart on a wall clock; planning looks again. */
        private static void checkNames(Spacing spacing, Naming naming) {
            if (spacing instanceof Spacing.Time time) {
                naming.mustFit("periods", Naming.TIME_TOKENS, Naming.TIME_TOKENS);
                boolean typeDecides = time.encoding() instanceof Encoding.Native;
                naming.mustTellApart(time.on(typeDecides ? new TimeAxis.WallClock() : new TimeAxis.Instants()));
            } else {
                naming.mustFit("ranges of numbers", Naming.NUMBER_TOKENS, Naming.NUMBER_TOKENS);
            }
        }

        /** Three partitions ahead, no DEFAULT, the usual names. */
        public static Range of(Identifier column, Spacing spacing) {
            return new Range(column, spacing, Ahead.USUAL, DefaultPartition.NONE, Optional.empty(), Optional.empty());
        }

        /** @throws PartitaException if a horizon does not fit the spacing */
        public Range ahead(Ahead newAhead) {
            return new Range(column, spacing, newAhead, fallback, naming, then);
        }

        @Override
        public Range named(Naming newNaming) {
            return new Range(column, spacing, ahead, fallback, Optional.of(newNaming), then);
        }

        @Override
        public Range otherwise(DefaultPartition newFallback) {
            return new Range(column, spacing, ahead, newFallback, naming, then);
        }

        @Override
        public Range thenBy(Scheme level) {
            return new Range(column, spacing, ahead, fallback, naming, Optional.of(level));
        }

        @Override
        public PartitionMethod method() {
            return PartitionMethod.RANGE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.range(this);
        }
    }

    /**
     * By listed values.
     *
     * @param column the key
     * @param partitions in the declared order, at least one; no name and no value twice
     */
    record Values(
            Identifier column,
            List<ListPartition> partitions,
            DefaultPartition fallback,
            Optional<Naming> naming,
            Optional<Scheme> then)
            implements Scheme {

        public static final Naming DEFAULT_NAME = new Naming("{table}_{name}");

        /** @throws PartitaException if the parts do not fit each other; clashes are all named */
        public Values {
            partitions = List.copyOf(partitions);
            checkCount(partitions.size());
            List<Problem> clashes =
                    clashes(partitions).stream().map(Clash::problem).toList();
            if (!clashes.isEmpty()) {
                throw new PartitaException(clashes);
            }
            String suffix = fallback.suffix();
            if (fallback.wanted()
                    && partitions.stream()
                            .anyMatch(partition -> partition.name().equals(suffix))) {
                throw Refusal.of(
                        ProblemCode.NAME_INVALID,
                        "default",
                        "the default partition is called '" + suffix + "' like one of the list",
                        "give it another name: default: {policy: "
                                + fallback.policy().word() + ", name: rest}");
            }
            naming.ifPresent(template -> template.mustFit("a list", Naming.LIST_TOKENS, Naming.LIST_TOKENS));
            checkLevelsBelow(column, Optional.empty(), then);
        }

        /**
         * A value or a name that comes a second time.
         *
         * @param partition which partition, counted from 0
         * @param value which of its values, counted from 0; -1 for its name
         * @param problem what is wrong
         */
        public record Clash(int partition, int value, Problem problem) {}

        /** Every name and every value that another partition, or the same one, has had before. */
        public static List<Clash> clashes(List<ListPartition> partitions) {
            List<Clash> clashes = new ArrayList<>();
            Map<ListValue, String> owners = new HashMap<>();
            Map<String, Integer> names = new HashMap<>();
            for (int at = 0; at < partitions.size(); at++) {
                ListPartition partition = partitions.get(at);
                if (names.put(partition.name(), at) != null) {
                    clashes.add(new Clash(at, -1, nameTwice(partition.name())));
                }
                for (int index = 0; index < partition.values().size(); index++) {
                    ListValue value = partition.values().get(index);
                    String owner = owners.putIfAbsent(value, partition.name());
                    if (owner != null) {
                        clashes.add(new Clash(at, index, valueTwice(value, owner, partition.name())));
                    }
                }
            }
            return clashes;
        }

        private static Problem nameTwice(String name) {
            return Problem.of(
                    ProblemCode.KEY_DUPLICATE, "partitions", "two partitions are called '" + name + "'", "rename one");
        }

        private static Problem valueTwice(ListValue value, String owner, String other) {
            return Problem.of(
                    ProblemCode.LIST_VALUE_TWICE,
                    "partitions",
                    owner.equals(other)
                            ? value + " is listed twice in " + owner
                            : value + " is listed in " + owner + " and in " + other,
                    "keep it in one place: a row belongs to one partition");
        }

        /** Alarm about rows outside the list, the usual names. */
        public static Values of(Identifier column, List<ListPartition> partitions) {
            return new Values(column, partitions, DefaultPartition.ALERT, Optional.empty(), Optional.empty());
        }

        @Override
        public Values named(Naming newNaming) {
            return new Values(column, partitions, fallback, Optional.of(newNaming), then);
        }

        @Override
        public Values otherwise(DefaultPartition newFallback) {
            return new Values(column, partitions, newFallback, naming, then);
        }

        @Override
        public Values thenBy(Scheme level) {
            return new Values(column, partitions, fallback, naming, Optional.of(level));
        }

        @Override
        public PartitionMethod method() {
            return PartitionMethod.LIST;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.values(this);
        }
    }

    /**
     * By the hash of a value.
     *
     * @param column the key
     * @param partitions how many; the modulus
     */
    record Hash(Identifier column, int partitions, Optional<Naming> naming, Optional<Scheme> then) implements Scheme {

        public static final Naming DEFAULT_NAME = new Naming("{table}_h_{remainder}");

        /** @throws PartitaException if the parts do not fit each other */
        public Hash {
            checkCount(partitions);
            naming.ifPresent(template -> template.mustFit("a hash", Naming.HASH_TOKENS, Set.of("remainder")));
            checkLevelsBelow(column, Optional.empty(), then);
        }

        /** The usual names. */
        public static Hash of(Identifier column, int partitions) {
            return new Hash(column, partitions, Optional.empty(), Optional.empty());
        }

        @Override
        public Hash named(Naming newNaming) {
            return new Hash(column, partitions, Optional.of(newNaming), then);
        }

        @Override
        public Hash otherwise(DefaultPartition newFallback) {
            if (newFallback.wanted()) {
                throw Refusal.value(
                        "default", "a hash takes every row and so has no default partition", "leave default out");
            }
            return this;
        }

        @Override
        public Hash thenBy(Scheme level) {
            return new Hash(column, partitions, naming, Optional.of(level));
        }

        @Override
        public PartitionMethod method() {
            return PartitionMethod.HASH;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.hash(this);
        }

        @Override
        public DefaultPartition fallback() {
            return DefaultPartition.NONE;
        }
    }
}
