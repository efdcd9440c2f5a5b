package dev.partita.declaration;

import dev.partita.sql.Identifier;
import dev.partita.table.PartitionMethod;
import java.util.List;
import java.util.Optional;

/** How one level of a table is divided; levels nest to any depth. */
public sealed interface Scheme {

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
     * @param partitions in the declared order; no value twice
     */
    record Values(
            Identifier column,
            List<ListPartition> partitions,
            DefaultPartition fallback,
            Optional<Naming> naming,
            Optional<Scheme> then)
            implements Scheme {

        public static final Naming DEFAULT_NAME = new Naming("{table}_{name}");

        public Values {
            partitions = List.copyOf(partitions);
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

        public Hash {
            if (partitions < 1) {
                throw new IllegalArgumentException("a hash needs at least one partition, not " + partitions);
            }
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
