package dev.partita.step;

import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.Optional;

/**
 * A step whose one statement makes transactions of its own, so that it shares none with its settings, its guard or the look at
 * the table. It has no {@code lock_timeout}: interrupted, it leaves its work half done.
 */
public sealed interface Concurrent extends Step
        permits DetachConcurrently, CreateIndexConcurrently, DropIndexConcurrently, VacuumTable {

    /** A query that finds a row if what it changes is what is meant. */
    Sql found();

    /** What to say if it is not. */
    String elsewhere();

    /** The same as a statement for scripts, which does nothing or refuses. */
    default Sql guard() {
        return Identity.guard(found(), elsewhere());
    }

    /** What nobody may have used in a transaction that is old already; empty where waiting for such a one harms nobody. */
    default Optional<TableName> unused() {
        return Optional.empty();
    }

    /** What to do when it was interrupted half-way. */
    default Optional<Remedy> remedy() {
        return Optional.empty();
    }

    /**
     * What puts right what an interrupted step left.
     *
     * @param needed a query that tells in one column whether there is something to put right
     * @param step what does it
     * @param finishes whether the interrupted step is done then; otherwise it has only been taken back
     */
    record Remedy(Sql needed, Step step, boolean finishes) {}

    @Override
    default boolean transactional() {
        return false;
    }
}
