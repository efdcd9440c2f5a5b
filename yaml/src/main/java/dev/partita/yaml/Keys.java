package dev.partita.yaml;

import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.LevelKey;
import dev.partita.table.PartitionMethod;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys that each section of the file knows. The schema for editors knows the same; a test compares the two. */
final class Keys {

    static final String VERSION = "version";
    static final String DATABASE = "database";
    static final String DEFAULTS = "defaults";
    static final String TABLES = "tables";

    static final String CREATE = "create";
    static final String INDEXES = "indexes";
    static final String LEAF_INDEXES = "leaf-indexes";
    static final String LEAF = "leaf";
    static final String KEEP = "keep";
    static final String THEN = "then";
    static final String GRACE = "grace";
    static final String RETIRE = "retire";
    static final String DROP = "drop";
    static final String PINS = "pins";
    static final String UNLESS = "unless";
    static final String RETIRE_WINDOW = "retire-window";

    static final Set<String> FILE = ordered(Stream.of(VERSION, DATABASE, DEFAULTS, TABLES));
    static final Set<String> METHODS =
            ordered(Arrays.stream(PartitionMethod.values()).map(PartitionMethod::word));
    static final Set<String> LEVEL = ordered(
            Stream.concat(METHODS.stream(), Arrays.stream(LevelKey.values()).map(LevelKey::word)));
    static final Set<String> TABLE = ordered(Stream.concat(
            LEVEL.stream(),
            Stream.of(
                    CREATE,
                    INDEXES,
                    LEAF_INDEXES,
                    LEAF,
                    KEEP,
                    THEN,
                    GRACE,
                    DROP,
                    RETIRE,
                    RETIRE_WINDOW,
                    PINS,
                    UNLESS)));
    /** What may be said for all tables: not what makes a table the table that it is. */
    static final Set<String> FOR_ALL =
            ordered(TABLE.stream()
                    .filter(Predicate.not(METHODS::contains))
                    .filter(Predicate.not(Set.of(
                            LevelKey.PARTITIONS.word(),
                            LevelKey.THEN_BY.word(),
                            LevelKey.EARLIER.word(),
                            CREATE,
                            PINS,
                            UNLESS)::contains)));

    static final Set<String> DEFAULT = ordered(Stream.of("policy", "name"));
    static final Set<String> ENCODING = Set.of("snowflake");
    static final Set<String> SNOWFLAKE = ordered(Stream.of("epoch", "shift"));
    static final Set<String> INDEX = ordered(Stream.of("columns", "unique", "name", "using", "include", "newest"));
    static final String TABLESPACE = "tablespace";
    static final Set<String> STORAGE = ordered(Stream.concat(Stream.of(TABLESPACE), LeafOptions.known().stream()));

    private Keys() {}

    private static Set<String> ordered(Stream<String> keys) {
        return keys.collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The sections in which a key would be known, for those who put it in the wrong one. */
    static List<String> homes(String key) {
        return Stream.of(
                        TABLE.contains(key) ? "a table" : "",
                        FILE.contains(key) ? "the file" : "",
                        INDEX.contains(key) ? "an index" : "",
                        STORAGE.contains(key) ? "leaf" : "")
                .filter(home -> !home.isEmpty())
                .toList();
    }
}
