package dev.partita.table;

import dev.partita.sql.Identifier;
import dev.partita.sql.SqlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A relation's schema and name, as the catalog spells them.
 *
 * @param schema the schema, always present: partita never relies on {@code search_path}
 * @param name the relation's own name
 */
public record TableName(Identifier schema, Identifier name) implements SqlPart, Comparable<TableName> {

    private static final Identifier PUBLIC = Identifier.of("public");
    private static final Pattern UNQUOTED =
            Pattern.compile("[A-Za-z_\\x80-\\x{10ffff}][A-Za-z0-9_$\\x80-\\x{10ffff}]*");

    public static TableName of(String schema, String name) {
        return new TableName(Identifier.of(schema), Identifier.of(name));
    }

    /**
     * Reads {@code orders}, {@code shop.orders} or {@code "My Shop"."Orders"}.
     *
     * @param text a name as people write it in SQL; unquoted parts are folded to lower case as PostgreSQL does; without
     *     a schema it is {@code public}
     * @throws IllegalArgumentException if the text is not one or two names
     */
    public static TableName parse(String text) {
        List<Identifier> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            int end = endOfPart(text, at);
            parts.add(part(text.substring(at, end), text));
            if (end == text.length()) {
                break;
            }
            if (text.charAt(end) != '.') {
                throw new IllegalArgumentException("not a table name: " + text);
            }
            at = end + 1;
        }
        return switch (parts.size()) {
            case 1 -> new TableName(PUBLIC, parts.get(0));
            case 2 -> new TableName(parts.get(0), parts.get(1));
            default -> throw new IllegalArgumentException("more than schema and table: " + text);
        };
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
        throw new IllegalArgumentException("a quote is not closed: " + text);
    }

    private static Identifier part(String part, String whole) {
        if (part.startsWith("\"")) {
            return Identifier.of(part.substring(1, part.length() - 1).replace("\"\"", "\""));
        }
        String trimmed = part.strip();
        if (!UNQUOTED.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("not a table name, unless it is quoted: " + whole);
        }
        return Identifier.of(lowerAscii(trimmed));
    }

    /** PostgreSQL folds only ASCII letters in a UTF-8 database. */
    private static String lowerAscii(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
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
