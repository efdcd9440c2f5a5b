package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Identity;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Where the rows lie that are rewritten: a plain table, or the leaves of partitioned ones. TRUNCATE, CLUSTER and VACUUM FULL give a
 * table another file, and a partition that comes or goes takes its file with it; what was noted of the old files means nothing then,
 * and a snapshot from before would find the new ones empty.
 *
 * @param roots the identities of tables, each with everything below it
 */
record Heaps(List<Long> roots) {

    Heaps {
        roots = List.copyOf(roots);
    }

    /** A query for the identity of each table that has rows of its own, as {@code heap}. */
    Sql each() {
        return Sql.of(
                "WITH RECURSIVE tree AS (SELECT unnest({}::oid[]) AS heap UNION ALL"
                        + " SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits AS i ON i.inhparent = tree.heap)"
                        + " SELECT tree.heap FROM tree JOIN pg_catalog.pg_class AS c ON c.oid = tree.heap AND c.relkind = 'r'",
                Literal.array(roots));
    }

    /** A query for what changes as soon as one of them lies in another file. */
    Sql files() {
        return Sql.of(
                "SELECT pg_catalog.md5(pg_catalog.string_agg(heap || ':' || pg_catalog.pg_relation_filenode(heap), ' ' ORDER BY heap))"
                        + " AS files FROM ({}) AS h",
                each());
    }

    /** A query for how long they are, as {@code heap} and {@code blocks}. */
    Sql sizes() {
        return Sql.of(
                "SELECT heap, pg_catalog.pg_relation_size(heap) / pg_catalog.current_setting('block_size')::int AS blocks FROM ({}) AS h",
                each());
    }

    /** Refuses if rows lie elsewhere than they did; to be asked when they are locked, so that it stays true. */
    Sql unmoved(String files, TableName table) {
        return Identity.guard(
                Sql.of("SELECT FROM ({}) AS now WHERE files = {}", files(), Literal.of(files)),
                table.sql() + " was written anew meanwhile, by TRUNCATE, CLUSTER, VACUUM FULL or the like");
    }
}
