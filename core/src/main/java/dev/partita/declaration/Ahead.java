package dev.partita.declaration;

import dev.partita.problem.PartitaException;

/** How much future is always to be there. */
public sealed interface Ahead {

    /** The most partitions that a declaration may keep ahead. */
    int MOST = 10_000;

    /** Three partitions after the current one: what is meant when nothing is said. */
    Ahead USUAL = new Partitions(3);

    /**
     * Reads a count or a period: {@code 3}, {@code 90 days}.
     *
     * @throws PartitaException if it is neither
     */
    static Ahead parse(String text) {
        String trimmed = text.strip();
        if (trimmed.matches("\\d{1,9}")) {
            return new Partitions(Integer.parseInt(trimmed));
        }
        if (trimmed.matches("[-+]?[\\d_.]+")) {
            throw refused(text);
        }
        return new Horizon(Period.parse(text));
    }

    private static PartitaException refused(String count) {
        return Refusal.value(
                "ahead",
                "'" + count + "' is not a number of partitions to keep ahead",
                "write a whole number from 0 to " + MOST + ", or a horizon such as 90 days");
    }

    /**
     * So many partitions after the current one.
     *
     * @param count from 0 to {@value #MOST}
     */
    record Partitions(int count) implements Ahead {

        /** @throws PartitaException if the count lies outside */
        public Partitions {
            if (count < 0 || count > MOST) {
                throw refused(Integer.toString(count));
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
