package dev.partita.execution;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Says, inside a writing transaction, whether we still may write.
 *
 * <p>A session that was paused for long may wake up when another has taken over; only a look inside the very transaction that
 * writes tells.
 */
@FunctionalInterface
public interface Fence {

    /** Nobody competes: without the state schema the advisory lock and a look at the catalog have to do. */
    Fence NONE = connection -> {};

    /**
     * Passes, and keeps others from taking over until the transaction ends. Several transactions of ours may pass at a time.
     *
     * @throws dev.partita.problem.PartitaException if somebody else has taken over
     */
    void pass(Connection connection) throws SQLException;
}
