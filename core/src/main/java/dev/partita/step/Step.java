package dev.partita.step;

import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * One change to the database, as a value: it can be printed, compared and refused, and what it prints is what is run.
 *
 * <p>Statements of one step share a transaction. A new kind of step breaks the build wherever kinds matter, because {@link
 * StepVisitor} has no default methods.
 */
public sealed interface Step
        permits CreateTable, CreateIndex, CreatePartition, ExcludeFromDefault, ValidateExclusion, DropExclusion {

    /** The declared table that this is done for. */
    TableName table();

    /** The relation that is made or changed. */
    TableName relation();

    /** Why the planner wants it. */
    Reason reason();

    /** The statements, in order, without {@code BEGIN} and {@code COMMIT}; pure. */
    List<Sql> sql();

    /** What the statements lock besides relations that nobody else can see yet, strongest per relation. */
    List<RelationLock> locks();

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

    <R> R accept(StepVisitor<R> visitor);
}
