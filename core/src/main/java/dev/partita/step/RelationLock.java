package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A lock that a step takes on a relation that others use.
 *
 * @param relation on what
 * @param mode how strong
 */
public record RelationLock(TableName relation, Lock mode) {

    /** Takes it, and waits for whoever holds one that stands against it. */
    public Sql statement() {
        return Sql.of("LOCK TABLE ONLY {} IN {} MODE", relation, mode);
    }

    /** The strongest for each relation, in the order given: a table that refers to itself is parent and neighbour at once. */
    static List<RelationLock> strongest(Stream<RelationLock> locks) {
        Map<TableName, Lock> strongest = new LinkedHashMap<>();
        locks.forEach(lock -> strongest.merge(lock.relation(), lock.mode(), Lock::stronger));
        return strongest.entrySet().stream()
                .map(lock -> new RelationLock(lock.getKey(), lock.getValue()))
                .toList();
    }

    @Override
    public String toString() {
        return mode.sql() + " on " + relation;
    }
}
