package dev.partita.sql;

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

    public Identifier {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name cannot be empty");
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name cannot hold a NUL character");
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (!new String(utf8, StandardCharsets.UTF_8).equals(name)) {
            throw new IllegalArgumentException("a name cannot hold half a character: " + name);
        }
        if (utf8.length > MAX_BYTES) {
            throw new IllegalArgumentException("a name cannot be longer than " + MAX_BYTES + " bytes: " + name);
        }
    }

    public static Identifier of(String name) {
        return new Identifier(name);
    }

    /** The length that counts for PostgreSQL: bytes in UTF-8. */
    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Quoted where it has to be. */
    @Override
    public String sql() {
        return PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
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
