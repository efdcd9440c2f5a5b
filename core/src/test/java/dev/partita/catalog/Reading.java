package dev.partita.catalog;

import dev.partita.declaration.Ahead;
import dev.partita.declaration.CreateSql;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import dev.partita.test.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tests of the reader have in common. */
final class Reading {

    /** A table by year, empty. */
    static final String ORDERS = """
            CREATE TABLE orders (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
            CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            """;

    private Reading() {}

    /** What was found. */
    record Found(Catalog catalog) {

        /** The table of this name in {@code public}, which must be there. */
        CatalogTable table(String name) {
            return table(TableName.of("public", name));
        }

        CatalogTable table(TableName name) {
            return catalog.table(name).orElseThrow();
        }

        Collection<CatalogTable> all() {
            return catalog.tables().values();
        }
    }

    /** Reads tables by their names, separated by commas, as partita does. */
    static Found tables(TestDatabase database, String names) throws SQLException {
        return tables(
                database,
                Arrays.stream(names.split(", *"))
                        .map(name -> declared(TableName.parse(name)))
                        .toArray(TableDeclaration[]::new));
    }

    static Found tables(TestDatabase database, TableDeclaration... declarations) throws SQLException {
        try (Connection connection = database.partita().getConnection()) {
            Catalog catalog = new CatalogReader().read(connection, List.of(declarations));
            return new Found(catalog);
        }
    }

    static CatalogTable table(TestDatabase database, TableDeclaration declaration) throws SQLException {
        return tables(database, declaration).table(declaration.name());
    }

    static Answers answers(TestDatabase database, Questions questions) throws SQLException {
        try (Connection connection = database.partita().getConnection()) {
            return new CatalogReader().answer(connection, questions);
        }
    }

    static CatalogPartition partition(CatalogTable table, String name) {
        return table.tree()
                .filter(partition -> partition.name().name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Declared somehow: reading does not care. */
    static TableDeclaration declared(TableName name) {
        return TableDeclaration.of(name, new Scheme.Hash(Identifier.of("k"), 1, Optional.empty(), Optional.empty()));
    }

    static TableDeclaration created(TableName name, String create) {
        TableDeclaration plain = declared(name);
        return new TableDeclaration(
                name,
                plain.scheme(),
                Optional.of(new CreateSql(create)),
                plain.indexes(),
                plain.leafIndexes(),
                plain.leaf(),
                plain.retention());
    }

    static TableDeclaration numbers(TableName name, String column, Spacing.Cursor cursor) {
        return new TableDeclaration(
                name,
                range(column, cursor),
                Optional.empty(),
                List.of(),
                List.of(),
                LeafOptions.NONE,
                new Retention.Forever());
    }

    static Scheme range(String column, Spacing.Cursor cursor) {
        return new Scheme.Range(
                Identifier.of(column),
                new Spacing.Numbers(BigDecimal.valueOf(100), BigDecimal.ZERO, cursor, Optional.empty()),
                new Ahead.Partitions(3),
                DefaultPartition.NONE,
                Optional.empty(),
                Optional.empty());
    }

    static PartitionBound range(RangeLimit from, RangeLimit to) {
        return new PartitionBound.Range(from, to);
    }

    static PartitionBound range(long from, long to) {
        return range(RangeLimit.at(from), RangeLimit.at(to));
    }

    static PartitionBound values(@Nullable String... texts) {
        return new PartitionBound.Values(
                Arrays.stream(texts).map(ListValue::new).collect(Collectors.toSet()));
    }
}
