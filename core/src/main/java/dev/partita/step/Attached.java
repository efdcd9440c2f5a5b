package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;

/**
 * A partition in its place, so that no other can be meant.
 *
 * @param name its name
 * @param oid its identity
 * @param parent to what it is attached
 * @param bound which rows it takes, as PostgreSQL prints it with pinned settings
 */
public record Attached(TableName name, long oid, TableName parent, String bound) {

    /** A statement that does nothing when the partition is there as it is meant, and refuses otherwise. */
    Sql guard() {
        return Identity.guard(found(), elsewhere());
    }

    /** A query that gives a row when the partition is there as it is meant. */
    public Sql found() {
        return Sql.of(
                "SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid"
                        + " WHERE c.oid = {} AND c.oid = to_regclass({}) AND i.inhparent = to_regclass({})"
                        + " AND NOT i.inhdetachpending AND pg_get_expr(c.relpartbound, 0) = {}",
                new Sql(Long.toString(oid)),
                Literal.of(name.sql()),
                Literal.of(parent.sql()),
                Literal.of(bound));
    }

    /** What to say when there is none. */
    public String elsewhere() {
        return name.sql() + " is not the partition that was meant, or has changed its place or its bounds";
    }
}
