package dev.partita.step;

import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One change to the database, as a value: it can be printed, compared and refused, and what it prints is what is run.
 *
 * <p>Statements of one step share a transaction. A new kind of step breaks the build wherever kinds matter, because {@link
 * StepVisitor} has no default methods.
 */
public sealed interface Step
        permits CreateTable,
                CreateIndex,
                CreatePartition,
                CreateFromDefault,
                ExcludeFromDefault,
                ValidateExclusion,
                DropExclusion,
                MarkPartitions,
                DetachPartition,
                Concurrent,
                FinalizeDetach,
                MovePartition,
                StoreElsewhere,
                ReleasePartition,
                AdoptPartition,
                DropForeignKey,
                DropPartition,
                AlignPartition,
                AttachAgain,
                CreateIndexOnly,
                AttachIndex,
                RepairPartition,
                ValidateConstraint,
                Rewriting {

    /** The declared table that this is done for. */
    TableName table();

    /** The relation that is made or changed. */
    TableName relation();

    /** All that are made or changed where there are several: what fails for one of them is not tried for it any more. */
    default Set<TableName> relations() {
        return Set.of(relation());
    }

    /** What earlier steps must not have failed to make or change, for this one to be tried. */
    default Set<TableName> needs() {
        return relations();
    }

    /** Why the planner wants it. */
    Reason reason();

    /** What takes the lock under which the runner looks whether the table still is as planned; runs first. */
    default Optional<Sql> lock() {
        return Optional.empty();
    }

    /** The statements that change something, in order; pure. */
    List<Sql> sql();

    /** What has to hold in the very moment of the commit, and refuses otherwise; travels with it. */
    default Optional<Sql> beforeCommit() {
        return Optional.empty();
    }

    /** Everything in order, without {@code BEGIN} and {@code COMMIT}: this is what is printed and what is run. */
    default List<Sql> script() {
        return Stream.of(lock().stream(), sql().stream(), beforeCommit().stream())
                .flatMap(statements -> statements)
                .toList();
    }

    /** What the statements lock besides relations that nobody else can see yet, strongest per relation. */
    List<RelationLock> locks();

    /** The locks of others for which it waits; those that it takes itself, as a rule. */
    default List<RelationLock> waitsFor() {
        return locks();
    }

    /** What its statements see of others' commits. */
    default Isolation isolation() {
        return Isolation.READ_COMMITTED;
    }

    /** The longest that one of its statements may take; zero where that is as long as it takes. */
    default Duration limit() {
        return takesLong() ? Duration.ZERO : Duration.ofMinutes(1);
    }

    /** What only one runner at a time works on: the table, as a rule; a part of it alone where that takes long. */
    default Exclusive exclusive() {
        return new Exclusive(takesLong() ? relation() : table(), false);
    }

    /**
     * What others of ours are kept away from.
     *
     * @param relation from what
     * @param shared whether those that share it as well are let in
     */
    record Exclusive(TableName relation, boolean shared) {}

    /** What is written down about it in the state schema, with the rights of whoever runs it, in the transaction that does it. */
    default List<Sql> notes() {
        return List.of();
    }

    /** A few words for people: {@code create partition}. */
    String words();

    /** Whether it may run inside a transaction. */
    default boolean transactional() {
        return true;
    }

    /** Whether it is to run even when an earlier step of the same table failed, because it only takes something back. */
    default boolean evenAfterFailure() {
        return false;
    }

    /** Whether nothing else depends on it, so that the other steps of the table run even when it was not done. */
    default boolean standsAlone() {
        return false;
    }

    /**
     * Whether it takes rows out of a table, or removes what was taken out. Such steps run when all others of all tables have
     * run, so that the making of partitions never depends on them.
     */
    default boolean retires() {
        return false;
    }

    /**
     * Whether it belongs to building an index while everybody works, which may take hours. Such steps run last of all, so that
     * nothing else ever waits for them.
     */
    default boolean builds() {
        return false;
    }

    /**
     * Whether all of a partition is read or written, which may take hours, and nothing waits for it. Such steps run when
     * everything else is done.
     */
    default boolean takesLong() {
        return false;
    }

    /**
     * Whether a crash of the server right after the commit may lose it, because the next run simply does it again. Whatever an
     * application commits into it afterwards makes it durable as well; the run ends with a commit that does.
     */
    default boolean repeatable() {
        return false;
    }

    <R> R accept(StepVisitor<R> visitor);
}
