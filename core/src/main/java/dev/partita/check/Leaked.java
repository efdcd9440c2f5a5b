package dev.partita.check;

import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What a DEFAULT partition holds.
 *
 * @param partition the DEFAULT partition
 * @param looked whether it holds rows
 * @param counted how many, and of which missing ranges or values; empty without {@code --scan}
 */
public record Leaked(TableName partition, Looked looked, Optional<Counted> counted) {

    /**
     * Counted row by row.
     *
     * @param rows all of them
     * @param nulls those without a key
     * @param parts those with a key, by where they belong, in the order of the key; values the most frequent first
     * @param rest those that belong elsewhere than in {@code parts}, because there are too many places
     */
    public record Counted(long rows, long nulls, List<Part> parts, long rest) {
        public Counted {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Rows that belong together.
     *
     * @param where the range or the value, as people read it
     * @param far whether the range begins more than a year after the present
     */
    public record Part(String where, long rows, boolean far) {}
}
