package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting of the server for the length of one transaction.
 *
 * @param name such as {@code lock_timeout}
 * @param value as {@code SHOW} prints it
 */
public record Setting(String name, String value) {

    /** As people write it: {@code SET LOCAL lock_timeout = '300'}. */
    public Sql written() {
        // The only list of names among ours; in quotes it would be one name.
        return name.equals("search_path")
                ? new Sql("SET LOCAL search_path = " + value)
                : Sql.of("SET LOCAL {} = {}", Identifier.of(name), Literal.of(value));
    }

    /** Several in one statement, which costs the server and the driver a tenth of as many; it gives one row. */
    @SafeVarargs
    public static Sql all(List<Setting>... groups) {
        return new Sql(Stream.of(groups)
                .flatMap(List::stream)
                .map(setting -> Sql.of(
                                "pg_catalog.set_config({}, {}, true)",
                                Literal.of(setting.name()),
                                Literal.of(setting.value()))
                        .sql())
                .collect(Collectors.joining(", ", "SELECT ", "")));
    }
}
