package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;

/**
 * A column that a table has gained, so that what was taken out before can gain it too.
 *
 * @param name its name
 * @param definition what follows the name in {@code ADD COLUMN}, as the server prints it: type, collation, a constant default, {@code
 *     NOT NULL}
 */
public record AddedColumn(Identifier name, String definition) {

    /** The statement by which a table gains it. */
    public Sql addTo(TableName relation) {
        return Sql.of("ALTER TABLE {} ADD COLUMN {} {}", relation, name, new Sql(definition));
    }
}
