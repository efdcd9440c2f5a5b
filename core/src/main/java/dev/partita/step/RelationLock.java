package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.table.TableName;

/**
 * A lock that a step takes on a relation that others use.
 *
 * @param relation on what
 * @param mode how strong
 */
public record RelationLock(TableName relation, Lock mode) {

    @Override
    public String toString() {
        return mode.sql() + " on " + relation;
    }
}
