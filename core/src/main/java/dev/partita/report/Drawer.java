package dev.partita.report;

import dev.partita.plan.Outlook.Wait;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.util.Optional;

/**
 * A partition of the topmost level, with everything below it.
 *
 * @param name its name
 * @param bound which rows it takes
 * @param type of the table's key, which says how the bound is written
 * @param words the bound as people read it
 * @param place where it lies, seen from the present
 * @param bytes how large it is, with indexes and TOAST; empty while somebody's lock hides the size of a part of it
 * @param estimatedRows by the last VACUUM or ANALYZE; negative when nobody has looked yet
 * @param leaves how many tables hold its rows
 * @param detachPending whether an interrupted DETACH CONCURRENTLY hides it from readers
 * @param closed whether its time is over by the clock of the database; never where the key is no time
 * @param awaits for what it waits, if it has been kept long enough, or its rows want another place
 */
public record Drawer(
        TableName name,
        PartitionBound bound,
        KeyType type,
        String words,
        Place place,
        Optional<Long> bytes,
        double estimatedRows,
        int leaves,
        boolean detachPending,
        boolean closed,
        Optional<Wait> awaits) {

    /** Where a partition lies. */
    public enum Place {
        /** Its end has passed. */
        PAST,
        /** Rows of the present go there. */
        NOW,
        /** It begins later. */
        FUTURE,
        /** It takes what no other takes. */
        DEFAULT,
        /** The key is no time and no growing number. */
        TIMELESS
    }
}
