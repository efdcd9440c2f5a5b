package dev.partita.declaration;

import dev.partita.sql.Identifier;
import dev.partita.table.TableName;

/**
 * The user's own {@code CREATE TABLE}, without {@code PARTITION BY}: the one place where a declaration holds SQL.
 *
 * <p>It is run as it stands, with {@code PARTITION BY} behind it, by the role that owns the table and with no more rights.
 *
 * @param sql a single statement that ends with its list of columns, without semicolon
 */
public record CreateSql(String sql) {

    /** @throws dev.partita.problem.PartitaException if the text is anything but one such statement */
    public CreateSql {
        sql = SingleStatement.of(sql).sql();
    }

    /**
     * The table that the statement makes.
     *
     * @param usualSchema the schema that a name without one means
     */
    public TableName table(Identifier usualSchema) {
        return TableName.parse(SingleStatement.of(sql).table(), usualSchema);
    }
}
