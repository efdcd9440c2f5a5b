package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import java.util.List;
import java.util.stream.Stream;

/**
 * A setting of the server, for one transaction or for a session.
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
        return Sql.of("SELECT {}", set(Stream.of(groups).flatMap(List::stream), true));
    }

    /** Sets them for the session; gives one row of what was set before, in order, and more columns. */
    public static Sql takeAway(List<Setting> settings) {
        // A list is computed from left to right.
        List<Sql> present = settings.stream()
                .map(setting -> Sql.of("pg_catalog.current_setting({})", Literal.of(setting.name())))
                .toList();
        return Sql.of("SELECT {}, {}", Sql.list(present), set(settings.stream(), false));
    }

    /** Sets them for the session. */
    public static Sql giveBack(List<Setting> settings) {
        return Sql.of("SELECT {}", set(settings.stream(), false));
    }

    private static Sql set(Stream<Setting> settings, boolean local) {
        return Sql.list(settings.map(setting -> Sql.of(
                        "pg_catalog.set_config({}, {}, {})",
                        Literal.of(setting.name()),
                        Literal.of(setting.value()),
                        new Sql(Boolean.toString(local))))
                .toList());
    }
}
