package dev.partita.sql;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of something in the database, as the catalog spells it (unquoted).
 *
 * @param name one to {@value #MAX_BYTES} bytes in UTF-8, no NUL, no unpaired surrogate
 */
public record Identifier(String name) implements SqlPart, Comparable<Identifier> {

    /** NAMEDATALEN - 1: PostgreSQL cuts longer names silently, so we refuse to build them. */
    public static final int MAX_BYTES = 63;

    /** What PostgreSQL's lexer takes for a name without quotes, but for what nobody sees, such as a space that does not break. */
    private static final Pattern UNQUOTED = Pattern.compile(
            "(?:[A-Za-z_]|HIGH)(?:[A-Za-z0-9_$]|HIGH)*".replace("HIGH", "[\\x{80}-\\x{10ffff}&&[^\\p{Z}\\p{C}]]"));

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")+\"");
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    /** Words that need quotes in some position, the union over PostgreSQL 14 to 18. */
    private static final Set<String> KEYWORDS = Set.of(("all analyse analyze and any array as asc asymmetric "
                    + "authorization between bigint binary bit boolean both case cast char character check coalesce "
                    + "collate collation column concurrently constraint create cross current_catalog current_date "
                    + "current_role current_schema current_time current_timestamp current_user dec decimal default "
                    + "deferrable desc distinct do else end except exists extract false fetch float for foreign freeze "
                    + "from full grant greatest group grouping having ilike in initially inner inout int integer "
                    + "intersect interval into is isnull join json json_array json_arrayagg json_exists json_object "
                    + "json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least "
                    + "left like limit localtime localtimestamp merge_action national natural nchar none normalize not "
                    + "notnull null nullif numeric offset on only or order out outer overlaps overlay placing position "
                    + "precision primary real references returning right row select session_user setof similar smallint "
                    + "some substring symmetric system_user table tablesample then time timestamp to trailing treat "
                    + "trim true union unique user using values varchar variadic verbose when where window with "
                    + "xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot "
                    + "xmlserialize xmltable")
            .split(" "));

    /** @throws PartitaException if PostgreSQL cannot hold the name */
    public Identifier {
        if (name.isEmpty()) {
            throw invalid("''", "a name cannot be empty", "write at least one character");
        }
        Storable.flaw(name).ifPresent(flaw -> {
            throw invalid("name", "a name " + flaw, "leave that character out");
        });
        if (bytes(name) > MAX_BYTES) {
            throw invalid(
                    name,
                    "a name cannot be longer than " + MAX_BYTES + " bytes, and this has " + bytes(name) + ": " + name,
                    "shorten it; PostgreSQL would cut it silently");
        }
    }

    private static PartitaException invalid(String where, String message, String wayOut) {
        return new PartitaException(Problem.of(ProblemCode.NAME_INVALID, where, message, wayOut));
    }

    public static Identifier of(String name) {
        return new Identifier(name);
    }

    /**
     * Reads a name as people write it in SQL.
     *
     * @param text {@code created_at}, folded to lower case as PostgreSQL does, or {@code "Created At"}, taken as it is
     * @throws PartitaException if it is not one; the problem says how to write it
     */
    public static Identifier parse(String text) {
        String trimmed = text.strip();
        if (QUOTED.matcher(trimmed).matches()) {
            return new Identifier(trimmed.substring(1, trimmed.length() - 1).replace("\"\"", "\""));
        }
        if (!UNQUOTED.matcher(trimmed).matches()) {
            throw invalid(
                    text,
                    "'" + text + "' is not a name",
                    "write it as in SQL; a name that needs double quotes there needs them here too");
        }
        return new Identifier(lowerAscii(trimmed));
    }

    /** PostgreSQL folds only ASCII letters in a UTF-8 database. */
    private static String lowerAscii(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    /** The shortest text that {@link #parse} reads as this name; keywords stand without quotes. */
    public String written() {
        return UNQUOTED.matcher(name).matches() && lowerAscii(name).equals(name) ? name : quoted();
    }

    /** The length that counts for PostgreSQL: bytes in UTF-8. */
    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Quoted where it has to be. */
    @Override
    public String sql() {
        return PLAIN.matcher(name).matches() && !KEYWORDS.contains(name) ? name : quoted();
    }

    private String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(Identifier other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return sql();
    }
}
