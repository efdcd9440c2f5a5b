package dev.partita.sql;

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
