package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Identity;
import dev.partita.table.TableName;

/**
 * That the rows of the old table lie where they did when capture began: TRUNCATE, CLUSTER and VACUUM FULL give a table another file,
 * and a snapshot from before them would find it empty.
 *
 * @param table its name
 * @param source its identity
 * @param filenode in which file its rows have to lie
 */
record SameFile(TableName table, long source, long filenode) {

    /** Refuses if they do not; to be asked when the table is locked, so that it stays true. */
    Sql guard() {
        return Identity.guard(
                Sql.of(
                        "SELECT WHERE pg_relation_filenode({}::oid::regclass) = {}",
                        Literal.of(source),
                        Literal.of(filenode)),
                table.sql() + " was written anew meanwhile, by TRUNCATE, CLUSTER, VACUUM FULL or the like");
    }
}
