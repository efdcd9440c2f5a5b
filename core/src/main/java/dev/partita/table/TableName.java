package dev.partita.table;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.SqlPart;
import java.util.ArrayList;
import java.util.List;

/**
 * A relation's schema and name, as the catalog spells them.
 *
 * @param schema the schema, always present: partita never relies on {@code search_path}
 * @param name the relation's own name
 */
public record TableName(Identifier schema, Identifier name) implements SqlPart, Comparable<TableName> {

    private static final Identifier PUBLIC = Identifier.of("public");

    public static TableName of(String schema, String name) {
        return new TableName(Identifier.of(schema), Identifier.of(name));
    }

    /**
     * Reads {@code orders}, {@code shop.orders} or {@code "My Shop"."Orders"}.
     *
     * @param text a name as people write it in SQL; unquoted parts are folded to lower case as PostgreSQL does; without
     *     a schema it is {@code public}
     * @throws PartitaException if the text is not one or two names
     */
    public static TableName parse(String text) {
        return parse(text, PUBLIC);
    }

    /**
     * Reads a name where another schema than {@code public} is meant when none is said.
     *
     * @param text a name as people write it in SQL
     * @param usualSchema the schema of a name without one
     * @throws PartitaException if the text is not one or two names
     */
    public static TableName parse(String text, Identifier usualSchema) {
        List<Identifier> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            int end = endOfPart(text, at);
            parts.add(Identifier.parse(text.substring(at, end)));
            if (end == text.length()) {
                break;
            }
            if (text.charAt(end) != '.') {
                throw invalid(text, "is not a table's name");
            }
            at = end + 1;
        }
        return switch (parts.size()) {
            case 1 -> new TableName(usualSchema, parts.get(0));
            case 2 -> new TableName(parts.get(0), parts.get(1));
            default -> throw invalid(text, "has more parts than schema and table");
        };
    }

    private static PartitaException invalid(String text, String what) {
        return new PartitaException(Problem.of(
                ProblemCode.NAME_INVALID,
                text,
                "'" + text + "' " + what,
                "write it as in SQL: orders, shop.orders, \"My Shop\".\"Orders\""));
    }

    private static int endOfPart(String text, int from) {
        if (from >= text.length() || text.charAt(from) != '"') {
            int dot = text.indexOf('.', from);
            return dot < 0 ? text.length() : dot;
        }
        int at = from + 1;
        while (at < text.length()) {
            if (text.charAt(at) != '"') {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw invalid(text, "does not close a quote");
    }

    /** The shortest text that {@link #parse} reads as this name, its schema included. */
    public String written() {
        return schema.written() + "." + name.written();
    }

    /** Another relation in the same schema. */
    public TableName sibling(Identifier otherName) {
        return new TableName(schema, otherName);
    }

    @Override
    public String sql() {
        return schema.sql() + "." + name.sql();
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return sql();
    }
}
