package dev.partita.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A piece of SQL, or a whole statement without its semicolon.
 *
 * @param sql the text
 */
public record Sql(String sql) implements SqlPart {

    /**
     * Fills a template that stands in our source code.
     *
     * @param template SQL in which each {@code {}} is a hole; must be a constant, never data
     * @param parts what fills the holes, in order; parts are inserted as they are, holes inside them stay untouched
     * @throws IllegalArgumentException if holes and parts differ in number
     */
    public static Sql of(String template, SqlPart... parts) {
        StringBuilder text = new StringBuilder();
        int part = 0;
        int from = 0;
        for (int hole = template.indexOf("{}"); hole >= 0; hole = template.indexOf("{}", from)) {
            if (part == parts.length) {
                throw new IllegalArgumentException("more holes than parts in: " + template);
            }
            text.append(template, from, hole).append(parts[part++].sql());
            from = hole + 2;
        }
        if (part != parts.length) {
            throw new IllegalArgumentException("more parts than holes in: " + template);
        }
        return new Sql(text.append(template.substring(from)).toString());
    }

    /** The parts, separated by commas. */
    public static Sql list(Collection<? extends SqlPart> parts) {
        return new Sql(parts.stream().map(SqlPart::sql).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return sql;
    }
}
