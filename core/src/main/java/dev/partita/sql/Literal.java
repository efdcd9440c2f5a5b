package dev.partita.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A string constant.
 *
 * @param text the value; such as PostgreSQL can store
 */
public record Literal(String text) implements SqlPart {

    public Literal {
        if (Storable.flaw(text).isPresent()) {
            throw new IllegalArgumentException(
                    "a literal " + Storable.flaw(text).get());
        }
    }

    public static Literal of(Object value) {
        return new Literal(value.toString());
    }

    /** An array of these values, as PostgreSQL reads it. */
    public static Literal array(Collection<?> values) {
        return new Literal(values.stream().map(Literal::element).collect(Collectors.joining(",", "{", "}")));
    }

    private static String element(Object value) {
        return value instanceof Number
                ? value.toString()
                : '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Quoted so that it means the same whatever {@code standard_conforming_strings} says. */
    @Override
    public String sql() {
        String doubled = text.replace("'", "''");
        return doubled.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }

    @Override
    public String toString() {
        return sql();
    }
}
