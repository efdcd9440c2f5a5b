package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a migration is tried out: temporary relations that are called like the ones they stand for, as far as their schema is the table's. */
final class Stage {

    private static final Identifier TEMPORARY = Identifier.of("pg_temp");
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private static final List<String> ESCAPES = List.of("\\\"", "\\\\\"", "\\\\\\\\\"");

    private final TableName table;
    private final Map<TableName, TableName> names = new LinkedHashMap<>();

    Stage(TableName table) {
        this.table = table;
        add(table);
    }

    /** Something that is made here, or stands for what there is. */
    TableName add(TableName name) {
        return names.computeIfAbsent(
                name,
                real -> new TableName(
                        TEMPORARY,
                        real.schema().equals(table.schema())
                                ? real.name()
                                : Identifier.of("partita_stand_in_" + names.size())));
    }

    /** Whether all names can be told from text around them. */
    boolean isReadable() {
        return names.keySet().stream()
                .noneMatch(name -> (name.schema().name() + name.name().name())
                        .chars()
                        .anyMatch(c -> c == '\'' || c == '"' || c == '\\'));
    }

    /** The same statement, about what stands for the relations that it names. */
    Sql of(Sql statement) {
        Map<String, String> spelled = new HashMap<>();
        names.forEach((real, standIn) -> spellings(real).forEach(spelling -> {
            spelled.put(spelling, standIn.sql());
            // As an element of an array, within a literal, within the literal of a block.
            for (String escape : ESCAPES) {
                spelled.put(spelling.replace("\"", escape), standIn.sql().replace("\"", escape));
            }
        }));
        String any = spelled.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return new Sql(Pattern.compile("(?<![\\w$.])(?:" + any + ")(?![\\w$])")
                .matcher(statement.sql())
                .replaceAll(match -> Matcher.quoteReplacement(String.valueOf(spelled.get(match.group())))));
    }

    /** Whether a statement, as it would be run here, may still be about something real; then it must not be run. */
    boolean isReal(Sql statement) {
        return names.keySet().stream()
                .anyMatch(name -> Pattern.compile(
                                "(?<![\\w$])" + Pattern.quote(name.schema().name()) + "[\"\\\\]*\\.[\"\\\\]*"
                                        + Pattern.quote(name.name().name()) + "(?![\\w$])")
                        .matcher(statement.sql())
                        .find());
    }

    /** With quotation marks or without them, as whoever has written it found it necessary. */
    private static List<String> spellings(TableName name) {
        List<String> spellings = new ArrayList<>();
        for (String schema : spellings(name.schema())) {
            for (String relation : spellings(name.name())) {
                spellings.add(schema + "." + relation);
            }
        }
        return spellings;
    }

    private static List<String> spellings(Identifier name) {
        String quoted = "\"" + name.name() + "\"";
        return PLAIN.matcher(name.name()).matches() ? List.of(name.name(), quoted) : List.of(quoted, name.sql());
    }
}
