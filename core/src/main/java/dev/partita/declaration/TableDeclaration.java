package dev.partita.declaration;

import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * One table and how it is to be partitioned.
 *
 * @param name the table
 * @param scheme its levels
 * @param create the statement that makes the table where it does not exist yet, a {@code CREATE TABLE} without {@code
 *     PARTITION BY}; empty when the user's own migrations make it
 * @param indexes on the table, and so on every partition
 * @param leafIndexes on each new partition only
 * @param leaf what every new leaf gets
 * @param retention how long partitions stay
 */
public record TableDeclaration(
        TableName name,
        Scheme scheme,
        Optional<CreateSql> create,
        List<IndexDeclaration> indexes,
        List<IndexDeclaration> leafIndexes,
        LeafOptions leaf,
        Retention retention) {

    public TableDeclaration {
        indexes = List.copyOf(indexes);
        leafIndexes = List.copyOf(leafIndexes);
    }

    /** A declaration of the scheme alone. */
    public static TableDeclaration of(TableName name, Scheme scheme) {
        return new TableDeclaration(
                name, scheme, Optional.empty(), List.of(), List.of(), LeafOptions.NONE, new Retention.Forever());
    }
}
