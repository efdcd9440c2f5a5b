package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * A partition in its place, so that no other can be meant.
 *
 * @param name its name
 * @param oid its identity
 * @param parent to what it is attached
 * @param bound which rows it takes, as PostgreSQL prints it with pinned settings
 */
public record Attached(TableName name, long oid, TableName parent, String bound) {

    private static final String ELSEWHERE =
            " is not the partition that was meant, or has changed its place or its bounds";

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
        return name.sql() + ELSEWHERE;
    }

    /** Does nothing if all are what is meant, and refuses otherwise, by name; one question for all of them. */
    static Sql guard(List<Attached> partitions) {
        Sql wanted = Sql.list(partitions.stream()
                .map(each -> Sql.of(
                        "({}::oid, {}, {}, {})",
                        Literal.of(each.oid),
                        Literal.of(each.name.sql()),
                        Literal.of(each.parent.sql()),
                        Literal.of(each.bound)))
                .toList());
        String body = Sql.of(
                        "DECLARE others text; BEGIN SELECT string_agg(w.name, ', ') INTO others"
                                + " FROM (VALUES {}) AS w (oid, name, parent, bound)"
                                + " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid"
                                + " WHERE c.oid = w.oid AND c.oid = to_regclass(w.name) AND i.inhparent = to_regclass(w.parent)"
                                + " AND NOT i.inhdetachpending AND pg_get_expr(c.relpartbound, 0) = w.bound);"
                                + " IF others IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = {}, MESSAGE = others || {}; END IF; END",
                        wanted,
                        Literal.of(Identity.REFUSED),
                        Literal.of(ELSEWHERE))
                .sql();
        return Sql.of("DO {}", Literal.of(body));
    }
}
