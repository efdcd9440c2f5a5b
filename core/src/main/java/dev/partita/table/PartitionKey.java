package dev.partita.table;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By what a table is divided.
 *
 * @param method range, list or hash
 * @param parts the columns or expressions, in order; never empty
 */
public record PartitionKey(PartitionMethod method, List<Part> parts) {

    /**
     * One column or expression of the key.
     *
     * @param column the column; empty for an expression
     * @param type how its values lie on an axis
     * @param collation the collation if it is not the column type's default
     * @param operatorClass the operator class if it is not the type's default
     */
    public record Part(
            Optional<Identifier> column,
            KeyType type,
            Optional<TableName> collation,
            Optional<TableName> operatorClass) {}

    public PartitionKey {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a partition key without columns");
        }
    }

    /** The one column of a key that partita manages; empty when the key has several parts or an expression. */
    public Optional<Identifier> singleColumn() {
        return parts.size() == 1 ? parts.get(0).column() : Optional.empty();
    }

    /** The type of the first part. */
    public KeyType type() {
        return parts.get(0).type();
    }

    /** As people read it: {@code range (created_at)}. */
    @Override
    public String toString() {
        return method.word()
                + parts.stream()
                        .map(part -> part.column().map(Identifier::sql).orElse("<expression>"))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
