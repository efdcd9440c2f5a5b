package dev.partita.test;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every session of a role starts with, as {@code ALTER ROLE … SET} says it.
 *
 * @param settings SQL values by the name of the setting: {@code TimeZone → 'Pacific/Apia'}
 */
public record SessionDefaults(SortedMap<String, String> settings) {

    /** Settings that code must not depend on, each with values that are legal and that somebody somewhere has. */
    private static final Map<String, List<String>> HOSTILE = new TreeMap<>(Map.of(
            "TimeZone",
                    quoted("Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "Etc/GMT+12"),
            "DateStyle", quoted("German, DMY", "SQL, DMY", "SQL, MDY", "Postgres, DMY", "ISO, YMD"),
            "IntervalStyle", quoted("sql_standard", "postgres_verbose", "iso_8601"),
            "search_path", List.of("''", "decoy, pg_catalog", "pg_temp, decoy, pg_catalog, public"),
            "standard_conforming_strings", List.of("off", "on"),
            "escape_string_warning", List.of("off"),
            "default_transaction_isolation", quoted("repeatable read", "serializable", "read committed"),
            "extra_float_digits", List.of("-15", "0", "3"),
            "bytea_output", List.of("escape", "hex"),
            "quote_all_identifiers", List.of("on", "off")));

    /**
     * Those that a driver sends itself at login, so that the role's never count; with values that pgjdbc bears (it closes
     * a session whose dates aren't ISO).
     */
    private static final Map<String, String> SENT_BY_THE_DRIVER =
            Map.of("DateStyle", "'ISO, DMY'", "TimeZone", "", "extra_float_digits", "");

    public SessionDefaults {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** Nothing said: the server's own defaults. */
    public static SessionDefaults plain() {
        return new SessionDefaults(new TreeMap<>());
    }

    /** Settings that break whatever relies on its session; the same for the same seed. */
    public static SessionDefaults hostile(long seed) {
        Random random = new Random(seed);
        SortedMap<String, String> settings = new TreeMap<>();
        HOSTILE.forEach((name, values) -> settings.put(name, values.get(random.nextInt(values.size()))));
        return new SessionDefaults(settings);
    }

    /** The statements that make them the defaults of a role in one database. */
    String asDefaultsOf(String role, String database) {
        return settings.entrySet().stream()
                .map(setting -> "ALTER ROLE " + role + " IN DATABASE " + database + " SET " + setting.getKey() + " = "
                        + setting.getValue() + ";\n")
                .collect(Collectors.joining());
    }

    /** The statements that a JDBC session needs beside the defaults, because the driver has overruled some. */
    String afterLogin() {
        return settings.entrySet().stream()
                .filter(setting -> SENT_BY_THE_DRIVER.containsKey(setting.getKey()))
                .map(setting -> {
                    String bearable = SENT_BY_THE_DRIVER.getOrDefault(setting.getKey(), "");
                    return "SET " + setting.getKey() + " = " + (bearable.isEmpty() ? setting.getValue() : bearable)
                            + ";\n";
                })
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return settings.isEmpty()
                ? "plain sessions"
                : settings.entrySet().stream()
                        .map(setting -> setting.getKey() + " = " + setting.getValue())
                        .collect(Collectors.joining("; "));
    }

    private static List<String> quoted(String... values) {
        return Arrays.stream(values).map(value -> "'" + value + "'").toList();
    }
}
