package dev.partita.declaration;

import dev.partita.sql.Identifier;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every leaf gets besides what its parent says; PostgreSQL lets a partitioned table carry no storage options itself.
 *
 * @param storage such as {@code fillfactor} or {@code autovacuum_vacuum_scale_factor}, with the value as text
 * @param tablespace empty for the parent's
 */
public record LeafOptions(SortedMap<String, String> storage, Optional<Identifier> tablespace) {

    public static final LeafOptions NONE = new LeafOptions(new TreeMap<>(), Optional.empty());

    public LeafOptions {
        storage = Collections.unmodifiableSortedMap(new TreeMap<>(storage));
    }

    public static LeafOptions of(Map<String, String> storage) {
        return new LeafOptions(new TreeMap<>(storage), Optional.empty());
    }
}
