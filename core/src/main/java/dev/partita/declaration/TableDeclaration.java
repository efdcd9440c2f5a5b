package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One table and how it is to be partitioned.
 *
 * @param name the table
 * @param scheme its levels
 * @param create the statement that makes the table where it does not exist yet, a {@code CREATE TABLE} without {@code
 *     PARTITION BY}; empty when the user's own migrations make it
 * @param indexes on the table, and so on every partition
 * @param leafIndexes on each partition only; without names, since each partition needs one of its own
 * @param leaf what every new leaf gets
 * @param retention how long partitions stay
 */
public record TableDeclaration(
        TableName name,
        Scheme scheme,
        Optional<CreateSql> create,
        List<IndexDeclaration> indexes,
        List<IndexDeclaration> leafIndexes,
        LeafOptions leaf,
        Retention retention) {

    /** @throws PartitaException if the parts do not fit each other */
    public TableDeclaration {
        indexes = List.copyOf(indexes);
        leafIndexes = List.copyOf(leafIndexes);
        if (create.isPresent()) {
            checkCreates(create.get(), name);
        }
        checkNames(name, indexes);
        checkUnique(name, scheme, indexes);
        for (IndexDeclaration index : indexes) {
            if (index.newest().isPresent()) {
                throw Refusal.value(
                        name.sql(),
                        "the index " + index + " of the table is on every partition, and not on the newest only",
                        "put it under leaf-indexes, or leave newest out");
            }
        }
        for (IndexDeclaration index : leafIndexes) {
            index.newest().ifPresent(newest -> checkNewest(name, scheme, newest));
            if (index.name().isPresent()) {
                throw Refusal.value(
                        name.sql(),
                        "an index of each leaf cannot be called " + index + ", since each needs a name of its own",
                        "leave its name out, or put it under indexes");
            }
        }
        retention.misfit(scheme).ifPresent(problem -> {
            throw new PartitaException(problem.at(name.sql()));
        });
    }

    /** A name without a schema means the declared one: the statement is run with it as search path. */
    private static void checkCreates(CreateSql create, TableName name) {
        TableName made = create.table(name.schema());
        if (!made.equals(name)) {
            throw Refusal.of(
                    ProblemCode.CREATE_SQL_INVALID,
                    name.sql(),
                    "the statement creates " + made + ", not " + name,
                    "write CREATE TABLE " + name + " (…)");
        }
    }

    private static void checkNames(TableName name, List<IndexDeclaration> indexes) {
        Set<Identifier> names = new HashSet<>();
        for (IndexDeclaration index : indexes) {
            if (index.name().isPresent() && !names.add(index.name().get())) {
                throw Refusal.of(
                        ProblemCode.NAME_INVALID, name.sql(), "two indexes are called " + index, "rename one of them");
            }
        }
    }

    private static void checkNewest(TableName name, Scheme scheme, Retention.Keep newest) {
        Optional<Scheme.Range> range = scheme.outermostRange();
        if (range.isEmpty()) {
            throw Refusal.value(
                    name.sql(),
                    "only ranges have newest partitions, and no level of this table is a range",
                    "leave newest out of leaf-indexes");
        }
        if (newest instanceof Retention.Keep.Time && !(range.get().spacing() instanceof Spacing.Time)) {
            throw Refusal.value(
                    name.sql(),
                    "numbers have no age, so the newest " + newest + " of a range by numbers cannot be told",
                    "write a number of partitions behind newest (3 partitions)");
        }
    }

    /** PostgreSQL keeps rows unique within a partition only, so the key of every level has to be in the index. */
    private static void checkUnique(TableName name, Scheme scheme, List<IndexDeclaration> indexes) {
        for (IndexDeclaration index : indexes) {
            Set<Identifier> held = index.columns().stream()
                    .map(IndexDeclaration.Column::column)
                    .collect(Collectors.toSet());
            List<Identifier> missing = scheme.levels().stream()
                    .map(Scheme::column)
                    .filter(key -> !held.contains(key))
                    .toList();
            if (index.unique() && !missing.isEmpty()) {
                throw Refusal.of(
                        ProblemCode.UNIQUE_LACKS_PARTITION_KEY,
                        name.sql(),
                        "the unique index " + index + " lacks the partition key " + words(missing.stream())
                                + ", and PostgreSQL can only keep rows unique within a partition",
                        "index "
                                + words(Stream.concat(
                                        index.columns().stream().map(IndexDeclaration.Column::column),
                                        missing.stream()))
                                + " instead, or put it under leaf-indexes, where it holds within each partition");
            }
        }
    }

    private static String words(Stream<Identifier> columns) {
        return columns.map(Identifier::written).collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Begins a declaration in Java that reads like the one in {@code partita.yml}.
     *
     * @param name as people write it in SQL; without a schema it is {@code public}
     * @throws PartitaException if it is not a table's name
     */
    public static TableBuilder table(String name) {
        return new TableBuilder(name);
    }

    /** A declaration of the scheme alone. */
    public static TableDeclaration of(TableName name, Scheme scheme) {
        return new TableDeclaration(
                name, scheme, Optional.empty(), List.of(), List.of(), LeafOptions.NONE, Retention.FOREVER);
    }

    /** @throws PartitaException if the statement creates another table */
    public TableDeclaration withCreate(CreateSql newCreate) {
        return new TableDeclaration(name, scheme, Optional.of(newCreate), indexes, leafIndexes, leaf, retention);
    }

    /** @throws PartitaException if two have one name, or a unique one lacks a level's key */
    public TableDeclaration withIndexes(List<IndexDeclaration> newIndexes) {
        return new TableDeclaration(name, scheme, create, newIndexes, leafIndexes, leaf, retention);
    }

    /** @throws PartitaException if one has a name */
    public TableDeclaration withLeafIndexes(List<IndexDeclaration> newLeafIndexes) {
        return new TableDeclaration(name, scheme, create, indexes, newLeafIndexes, leaf, retention);
    }

    public TableDeclaration withLeaf(LeafOptions newLeaf) {
        return new TableDeclaration(name, scheme, create, indexes, leafIndexes, newLeaf, retention);
    }

    /** @throws PartitaException if the retention does not fit the scheme */
    public TableDeclaration withRetention(Retention newRetention) {
        return new TableDeclaration(name, scheme, create, indexes, leafIndexes, leaf, newRetention);
    }
}
