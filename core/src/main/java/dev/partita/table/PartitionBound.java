package dev.partita.table;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows a partition takes. */
public sealed interface PartitionBound {

    /** Whether some row could belong to both; bounds of different kinds never share one, but for what cannot be read. */
    boolean overlaps(PartitionBound other);

    /**
     * From the lower limit (included) to the upper (excluded), on a key of one column.
     *
     * @param from the lower limit
     * @param to the upper limit, above the lower
     */
    record Range(RangeLimit from, RangeLimit to) implements PartitionBound {

        public Range {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("an empty range: " + from + " to " + to);
            }
        }

        public boolean contains(RangeLimit place) {
            return !place.isBefore(from) && place.isBefore(to);
        }

        @Override
        public boolean overlaps(PartitionBound other) {
            return other instanceof Opaque
                    || other instanceof Range range && from.isBefore(range.to) && range.from.isBefore(to);
        }
    }

    /**
     * Exactly these values.
     *
     * @param values at least one, kept in the given order; may hold {@link ListValue#NULL}
     */
    record Values(Set<ListValue> values) implements PartitionBound {

        public Values {
            values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a list partition without a value");
            }
        }

        @Override
        public boolean overlaps(PartitionBound other) {
            return other instanceof Opaque
                    || other instanceof Values list && list.values.stream().anyMatch(values::contains);
        }

        @Override
        public String toString() {
            return values.stream().map(ListValue::toString).collect(Collectors.joining(", ", "Values[", "]"));
        }
    }

    /**
     * The rows whose hash leaves this remainder.
     *
     * @param modulus at least 1
     * @param remainder from 0 to modulus - 1
     */
    record Hash(int modulus, int remainder) implements PartitionBound {

        public Hash {
            if (modulus < 1 || remainder < 0 || remainder >= modulus) {
                throw new IllegalArgumentException("modulus " + modulus + ", remainder " + remainder);
            }
        }

        /** Two remainders meet where they agree under what the moduli have in common: in PostgreSQL the smaller of the two. */
        @Override
        public boolean overlaps(PartitionBound other) {
            if (!(other instanceof Hash hash)) {
                return other instanceof Opaque;
            }
            int common = BigInteger.valueOf(modulus)
                    .gcd(BigInteger.valueOf(hash.modulus))
                    .intValueExact();
            return remainder % common == hash.remainder % common;
        }
    }

    /** Whatever no sibling takes. */
    record Default() implements PartitionBound {

        @Override
        public boolean overlaps(PartitionBound other) {
            return other instanceof Default;
        }
    }

    /**
     * A bound that partita reads but does not manage: several columns, an expression, a type without an axis. Untouchable.
     *
     * @param text as PostgreSQL prints it
     */
    record Opaque(String text) implements PartitionBound {

        @Override
        public boolean overlaps(PartitionBound other) {
            return !(other instanceof Default);
        }
    }
}
