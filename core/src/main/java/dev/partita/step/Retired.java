package dev.partita.step;

import dev.partita.catalog.Marker;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.stream.Stream;

/**
 * A retired partition, so that no other table can be meant.
 *
 * @param name its name
 * @param oid its identity
 * @param comment its comment, marker first
 */
public record Retired(TableName name, long oid, Marker.Comment comment) {

    /** The lock under which it is changed; nobody else uses it. */
    RelationLock lock() {
        return new RelationLock(name, Lock.ACCESS_EXCLUSIVE);
    }

    /** A change to it: under its lock, and only if it is the table that is meant. */
    List<Sql> changed(Sql... changes) {
        return Stream.concat(Stream.of(lock().statement(), guard()), Stream.of(changes))
                .toList();
    }

    /**
     * A statement that does nothing when the table of this name is the one that is meant, is attached to nothing and is marked
     * as it was, and refuses otherwise. It travels with the change in one transaction, under the table's lock, wherever the
     * change is run.
     */
    private Sql guard() {
        return Identity.guard(
                Sql.of(
                        "SELECT FROM pg_catalog.pg_class c WHERE c.oid = {} AND c.oid = to_regclass({})"
                                + " AND NOT c.relispartition AND obj_description(c.oid, 'pg_class') = {}",
                        new Sql(Long.toString(oid)),
                        Literal.of(name.sql()),
                        Literal.of(comment.text())),
                name.sql() + " is not the table that was retired, or was changed since");
    }
}
