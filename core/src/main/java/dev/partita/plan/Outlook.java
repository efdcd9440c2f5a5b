package dev.partita.plan;

import dev.partita.catalog.Marker;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What waits on a table, for what, and what comes next.
 *
 * @param resting retired partitions that are there still, as tables of their own, longest first
 * @param waiting partitions that have been kept long enough and are in the table still, by name, and a DEFAULT with rows that
 *     want partitions of their own
 * @param coming what the clock, or the growing key, brings next once the plan has been run, soonest first; at most one of each event
 */
public record Outlook(List<Resting> resting, List<Waiting> waiting, List<Coming> coming) {

    static final Outlook NONE = new Outlook(List.of(), List.of(), List.of());

    /**
     * A retired partition that is there still.
     *
     * @param name its name now
     * @param since when it was taken out
     * @param until when its grace is over; empty when it is not to be dropped
     * @param awaits for what it waits; empty when it is to stay as it is
     * @param released that somebody has let it go, and why
     * @param pages its size in pages of 8 KiB by the last VACUUM or ANALYZE; 0 when never looked at
     */
    public record Resting(
            TableName name,
            Instant since,
            Optional<Instant> until,
            Optional<Wait> awaits,
            Optional<Marker.Release> released,
            long pages) {}

    /**
     * A partition that waits to be retired, or whose rows wait.
     *
     * @param name its name
     * @param awaits for what
     */
    public record Waiting(TableName name, Wait awaits) {}

    /**
     * For what something waits.
     *
     * @param cause for what
     * @param until when that is, where a clock tells
     */
    public record Wait(Cause cause, Optional<Instant> until) {
        static Wait of(Cause cause) {
            return new Wait(cause, Optional.empty());
        }
    }

    /** For what something waits. */
    public enum Cause {
        /** The next run; steps of the plan, as a rule. */
        RUN,
        /** A person's {@code apply --retire}. */
        PERSON,
        /** A person's {@code apply --retire}, because something has changed since the last run. */
        DOUBT,
        /** The hours in which a run may retire that nobody has asked for. */
        HOURS,
        /** The end of its grace. */
        GRACE,
        /** Somebody to let it go. */
        RELEASE,
        /** The declaration to pin it no longer. */
        PIN,
        /** Rows of its own that keep it, as far as can be seen. */
        ROWS,
        /** Rows of other tables that refer to it, as far as can be seen. */
        REFERENCES,
        /** A person who says that so many may go at once. */
        GUARD,
        /** A person, because its bounds are not those of a partition that the declaration makes. */
        BOUNDS,
        /** Partitions for the rows in DEFAULT. */
        LEAK
    }

    /** What happens by itself. */
    public enum Event {
        /** A partition is to be made. */
        CREATION,
        /** A partition has been kept long enough. */
        RETIREMENT
    }

    /**
     * What the clock or the growing key brings.
     *
     * @param event what happens
     * @param partition to which partition
     * @param others how many others it happens to at the same moment, in other branches
     * @param when the moment as people read it, on the calendar of the table, or where the key is then
     * @param clock whether a clock tells the moment
     */
    public record Coming(Event event, TableName partition, int others, String when, boolean clock) {}

    public Outlook {
        resting = List.copyOf(resting);
        waiting = List.copyOf(waiting);
        coming = List.copyOf(coming);
    }
}
