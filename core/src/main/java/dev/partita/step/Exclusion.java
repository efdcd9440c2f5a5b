package dev.partita.step;

import dev.partita.declaration.Naming;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;

/**
 * A range that a DEFAULT partition provably holds no row of.
 *
 * @param partition the DEFAULT partition
 * @param column the key
 * @param type the key's type
 * @param range what is excluded
 */
public record Exclusion(TableName partition, Identifier column, KeyType type, PartitionBound.Range range) {

    /** How the names of these constraints begin; whatever is called so was left by us. */
    public static final String PREFIX = "partita_excludes_";

    /** The name of the constraint, made from the range. */
    public Identifier constraint() {
        return new Naming(PREFIX + "{from}_{to}")
                .name(
                        partition.name(),
                        token -> token.equals("from")
                                ? range.from().toString()
                                : range.to().toString());
    }

    /** In a form that PostgreSQL proves to imply that no row belongs to the range; NULL keys never do. */
    Sql condition() {
        return Sql.of(
                "{} IS NULL OR {} < {} OR {} >= {}",
                column,
                column,
                BoundSql.limit(range.from(), type),
                column,
                BoundSql.limit(range.to(), type));
    }
}
