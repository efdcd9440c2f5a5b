package dev.partita.declaration;

import dev.partita.problem.Nearest;
import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every leaf gets besides what its parent says; PostgreSQL lets a partitioned table carry no storage options itself.
 *
 * @param storage such as {@code fillfactor} or {@code autovacuum_vacuum_scale_factor}, with the value as text; only
 *     parameters that PostgreSQL has, and values within their limits, in lower case
 * @param tablespace empty for the parent's
 */
public record LeafOptions(SortedMap<String, String> storage, Optional<Identifier> tablespace) {

    public static final LeafOptions NONE = new LeafOptions(new TreeMap<>(), Optional.empty());

    /** @throws PartitaException if a parameter is unknown or its value out of bounds */
    public LeafOptions {
        storage.forEach(LeafOptions::check);
        SortedMap<String, String> usual = new TreeMap<>(storage);
        usual.replaceAll((name, value) -> value.toLowerCase(Locale.ROOT));
        storage = Collections.unmodifiableSortedMap(usual);
    }

    private static void check(String name, String value) {
        if (!known().contains(name)) {
            throw Refusal.of(
                    ProblemCode.KEY_UNKNOWN,
                    "leaf",
                    "'" + name + "' is not a storage parameter",
                    Nearest.to(name, known())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("see the storage parameters of CREATE TABLE in PostgreSQL's documentation"));
        }
        StorageParameter.wanted(name, value).ifPresent(wanted -> {
            throw Refusal.value("leaf", name + " cannot be '" + value + "'", "write " + wanted);
        });
    }

    /** The storage parameters of a table in PostgreSQL 14 to 18, in alphabetical order. */
    public static Set<String> known() {
        return StorageParameter.names();
    }

    public static LeafOptions of(Map<String, String> storage) {
        return new LeafOptions(new TreeMap<>(storage), Optional.empty());
    }

    /** These options and one more, or one changed. */
    public LeafOptions with(String parameter, String value) {
        SortedMap<String, String> more = new TreeMap<>(storage);
        more.put(parameter, value);
        return new LeafOptions(more, tablespace);
    }

    /** These options in that tablespace. */
    public LeafOptions in(Identifier otherTablespace) {
        return new LeafOptions(storage, Optional.of(otherTablespace));
    }
}
