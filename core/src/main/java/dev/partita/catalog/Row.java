package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.TableName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The current row of a result, in our words. */
public final class Row {

    private final ResultSet result;

    /** Owners and schemas repeat in thousands of rows. */
    private final Map<String, Identifier> names = new HashMap<>();

    Row(ResultSet result) {
        this.result = result;
    }

    public String text(String column) throws SQLException {
        String text = result.getString(column);
        if (text == null) {
            throw new SQLException("NULL in column " + column);
        }
        return text;
    }

    public Optional<String> textIfAny(String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }

    public Identifier name(String column) throws SQLException {
        return names.computeIfAbsent(text(column), Identifier::of);
    }

    public Optional<Identifier> nameIfAny(String column) throws SQLException {
        return textIfAny(column).map(Identifier::of);
    }

    public TableName table(String schema, String name) throws SQLException {
        return new TableName(name(schema), Identifier.of(text(name)));
    }

    public Optional<TableName> tableIfAny(String schema, String name) throws SQLException {
        return result.getString(name) == null ? Optional.empty() : Optional.of(table(schema, name));
    }

    public long number(String column) throws SQLException {
        return result.getLong(column);
    }

    double real(String column) throws SQLException {
        return result.getDouble(column);
    }

    public boolean flag(String column) throws SQLException {
        return result.getBoolean(column);
    }

    RelationKind kind(String column) throws SQLException {
        return RelationKind.of(text(column));
    }

    /** A type by its catalog name; {@code enum} is told by the query, and NULL is a type that is not PostgreSQL's own. */
    KeyType type(String column) throws SQLException {
        String type = result.getString(column);
        return type == null ? KeyType.OTHER : type.equals("enum") ? KeyType.ENUM : KeyType.ofCatalogName(type);
    }

    /** The elements of an array; none for NULL. */
    public <T> List<@Nullable T> list(String column, Class<T> type) throws SQLException {
        Array array = result.getArray(column);
        if (array == null) {
            return List.of();
        }
        List<@Nullable T> list = new ArrayList<>();
        for (Object element : (Object[]) array.getArray()) {
            list.add(element == null ? null : type.cast(element));
        }
        return list;
    }
}
