package dev.partita.declaration;

/** How much future is always to be there. */
public sealed interface Ahead {

    /**
     * So many partitions after the current one.
     *
     * @param count from 0
     */
    record Partitions(int count) implements Ahead {
        public Partitions {
            if (count < 0) {
                throw new IllegalArgumentException("ahead cannot be negative: " + count);
            }
        }

        @Override
        public String toString() {
            return Integer.toString(count);
        }
    }

    /**
     * Partitions up to this far from now, whatever their width.
     *
     * @param period how far
     */
    record Horizon(Period period) implements Ahead {
        @Override
        public String toString() {
            return period.toString();
        }
    }
}
