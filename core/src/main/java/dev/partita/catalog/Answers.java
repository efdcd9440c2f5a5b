package dev.partita.catalog;

import dev.partita.declaration.Restraint.Unless;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers to {@link Questions}.
 *
 * @param taken of the wanted names those that exist, with what they are
 * @param rows per question how many rows of the wanted bound lie in DEFAULT
 * @param pages the present size of each DEFAULT asked about, in pages of 8 KiB, all below it included; missing when somebody's
 *     lock kept us from asking
 * @param moving what a move of rows out of a DEFAULT means, for each that holds wanted ones
 * @param comments by identity, of those that have one
 * @param sizes by identity, in bytes with indexes and TOAST; missing when somebody's lock kept us from asking
 * @param referenced per question whether somebody refers to the range
 * @param indexes by identity, of each partition asked about that is still there
 * @param kept per question whether a row keeps the partition
 * @param drift in what partitions differ from their table, by identity; those that do not are missing
 * @param strays of the tables that somebody names those that exist
 */
public record Answers(
        Map<TableName, Taken> taken,
        Map<Questions.DefaultRows, Rows> rows,
        Map<TableName, Long> pages,
        Map<TableName, Moving> moving,
        Map<Long, String> comments,
        Map<Long, Long> sizes,
        Map<Questions.Referenced, Reference> referenced,
        Map<Long, PartitionIndexes> indexes,
        Map<Questions.Keeping, Kept> kept,
        Map<Long, List<Drift>> drift,
        Map<TableName, Stray> strays) {

    public static final Answers NONE = new Answers(
            Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
            Map.of());

    public Answers {
        taken = Map.copyOf(taken);
        rows = Map.copyOf(rows);
        pages = Map.copyOf(pages);
        moving = Map.copyOf(moving);
        comments = Map.copyOf(comments);
        sizes = Map.copyOf(sizes);
        referenced = Map.copyOf(referenced);
        indexes = Map.copyOf(indexes);
        kept = Map.copyOf(kept);
        drift = Map.copyOf(drift);
        strays = Map.copyOf(strays);
    }

    /** The same, and these sizes by identity. */
    public Answers withSizes(Map<Long, Long> newSizes) {
        return new Answers(taken, rows, pages, moving, comments, newSizes, referenced, indexes, kept, drift, strays);
    }

    /**
     * Somebody has the name already.
     *
     * @param what such as {@code a plain table} or {@code a type}
     * @param kind what can be done with it
     * @param rowsInside whether it is a table that holds at least one row; empty when that cannot be told
     */
    public record Taken(String what, Kind kind, Optional<Boolean> rowsInside) {

        /** What can be done with it. */
        public enum Kind {
            /** May be attached. */
            TABLE,
            /** An index, a sequence, a view and the like; {@code ALTER TABLE} renames these as well. */
            RELATION,
            TYPE
        }
    }

    /**
     * What it means to move rows out of a DEFAULT partition.
     *
     * @param columns those that hold what was written into them, in order; generated ones are computed anew
     * @param hearers who would hear of the rows being deleted there, and not of their coming back
     */
    public record Moving(List<Identifier> columns, List<Hearer> hearers) {

        /** So many rows are moved while everybody waits, and no more. */
        public static final long MOST_ROWS = 10_000;

        public Moving {
            columns = List.copyOf(columns);
            hearers = List.copyOf(hearers);
        }
    }

    /**
     * Somebody who hears of rows that are deleted.
     *
     * @param table where the foreign key, the trigger or the rule stands
     * @param definition of a foreign key, as PostgreSQL prints it
     */
    public record Hearer(Kind kind, TableName table, Identifier name, Optional<String> definition) {

        /** How it hears. */
        public enum Kind {
            /** Deletes or changes rows of its own table, or refuses. */
            FOREIGN_KEY,
            TRIGGER,
            RULE
        }
    }

    /** Whether somebody refers to a range. */
    public sealed interface Reference {

        record Nobody() implements Reference {}

        /**
         * At least one row does.
         *
         * @param table whose
         */
        record By(TableName table) implements Reference {}

        /**
         * Not known.
         *
         * @param table which table could not be looked through
         * @param why a clause
         */
        record Unknown(TableName table, String why) implements Reference {}
    }

    /**
     * A table that somebody names.
     *
     * @param oid its identity
     * @param attached whether it is a partition
     * @param comment what stands in its comment
     */
    public record Stray(long oid, boolean attached, Optional<String> comment) {}

    /** Whether a row keeps a partition. */
    public sealed interface Kept {

        record ByNothing() implements Kept {}

        /**
         * At least one row does.
         *
         * @param unless what it is like
         */
        record By(Unless unless) implements Kept {}

        /**
         * Not known.
         *
         * @param why a clause
         */
        record Unknown(String why) implements Kept {}
    }

    /** How many rows were found. */
    public sealed interface Rows {
        /**
         * Counted, up to a bound.
         *
         * @param count the rows, or the bound
         * @param more whether there may be more than that
         */
        record Counted(long count, boolean more) implements Rows {}

        /**
         * Not known, because looking would have taken too long or somebody holds a lock.
         *
         * @param why a clause: {@code looking through it took longer than 2 s}
         * @param tooLarge whether that is because there is so much to look through
         */
        record Unknown(String why, boolean tooLarge) implements Rows {}
    }
}
