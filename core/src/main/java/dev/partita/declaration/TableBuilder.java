package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionMethod;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A table as people say it, see {@link TableDeclaration#table}. Not thread-safe. */
public final class TableBuilder extends LevelWords<TableBuilder> {

    private final TableName table;
    private final RetentionWords retention = new RetentionWords();
    private final Map<String, String> storage = new LinkedHashMap<>();
    private final List<IndexDeclaration> indexes = new ArrayList<>();
    private final List<IndexDeclaration> leafIndexes = new ArrayList<>();
    private Optional<String> create = Optional.empty();
    private Optional<String> tablespace = Optional.empty();

    TableBuilder(String name) {
        table = TableName.parse(name);
    }

    @Override
    TableBuilder self() {
        return this;
    }

    /**
     * Divided by ranges.
     *
     * @param column the key, as people write it in SQL
     */
    public TableBuilder range(String column) {
        return dividedBy(PartitionMethod.RANGE, column);
    }

    /**
     * Divided by listed values.
     *
     * @param column the key, as people write it in SQL
     */
    public TableBuilder list(String column) {
        return dividedBy(PartitionMethod.LIST, column);
    }

    /**
     * Divided by the hash of a value.
     *
     * @param column the key, as people write it in SQL
     */
    public TableBuilder hash(String column) {
        return dividedBy(PartitionMethod.HASH, column);
    }

    /** The statement that makes the table where it does not exist yet: a {@code CREATE TABLE} without {@code PARTITION BY}. */
    public TableBuilder create(String sql) {
        create = Optional.of(sql);
        return this;
    }

    /**
     * An index on the table, and so on every partition.
     *
     * @param columns names as in SQL, with {@code desc} behind if need be
     */
    public TableBuilder index(String... columns) {
        return index(IndexDeclaration.on(columns));
    }

    /** An index on the table, and so on every partition. */
    public TableBuilder index(IndexDeclaration index) {
        indexes.add(index);
        return this;
    }

    /**
     * An index on each new partition only.
     *
     * @param columns names as in SQL, with {@code desc} behind if need be
     */
    public TableBuilder leafIndex(String... columns) {
        return leafIndex(IndexDeclaration.on(columns));
    }

    /** An index on each new partition only. */
    public TableBuilder leafIndex(IndexDeclaration index) {
        leafIndexes.add(index);
        return this;
    }

    /**
     * A storage parameter of each new leaf.
     *
     * @param parameter such as {@code fillfactor}
     * @param value its value, whose text counts
     */
    public TableBuilder leaf(String parameter, Object value) {
        storage.put(parameter, value.toString());
        return this;
    }

    /** Where each new leaf is stored. */
    public TableBuilder tablespace(String name) {
        tablespace = Optional.of(name);
        return this;
    }

    /** How much is kept: {@code 24 months}, {@code 36 partitions}, {@code 500 GB}; {@code forever} unless said. */
    public TableBuilder keep(String limit) {
        return limit(RetentionWords.KEEP, limit);
    }

    /** What becomes of older partitions: {@code detach} unless said, {@code drop}, {@code move to history}, or {@code move to tablespace slow}. */
    public TableBuilder then(String fate) {
        return limit(RetentionWords.THEN, fate);
    }

    /** How long a detached partition stays before it is dropped; a week unless said. */
    public TableBuilder grace(String period) {
        return limit(RetentionWords.GRACE, period);
    }

    /** Who starts it: {@code ask} (a person) unless said, or {@code auto}. */
    public TableBuilder retire(String who) {
        return limit(RetentionWords.RETIRE, who);
    }

    /** What stays whatever its age, such as what a court wants kept: {@code 2023-07}, {@code 2023-07..2023-09}. */
    public TableBuilder pin(String stretch) {
        retention.pin(stretch);
        return this;
    }

    /**
     * A row that has one of these values in the column keeps its partition, whatever its age.
     *
     * @param values texts, whole numbers, booleans, enum constants, or null for rows without a value
     */
    public TableBuilder unless(String column, @Nullable Object... values) {
        return unlessAny(column, Arrays.stream(values).map(ListValue::of).toList());
    }

    /** The same, of values that are known already. */
    public TableBuilder unlessAny(String column, List<ListValue> values) {
        retention.unless(column, values);
        return this;
    }

    /** In which hours of the week a run that nobody has asked for may retire: {@code Sat 02:00-05:00}. */
    public TableBuilder retireWindow(String hours) {
        return limit(RetentionWords.RETIRE_WINDOW, hours);
    }

    /** When what is detached is dropped: {@code after grace} unless said, or {@code when released}. */
    public TableBuilder drop(String when) {
        return limit(RetentionWords.DROP, when);
    }

    private TableBuilder limit(String key, String word) {
        retention.say(key, word);
        return this;
    }

    /**
     * The declaration.
     *
     * @throws PartitaException with everything that is wrong, each problem under the table's name
     */
    public TableDeclaration build() {
        List<Problem> problems = new ArrayList<>();
        Optional<TableDeclaration> declaration =
                declaration((key, problem) -> problems.add(inside(key, problem).at(table.sql())));
        if (!problems.isEmpty()) {
            throw new PartitaException(problems);
        }
        return declaration.orElseThrow(
                () -> new IllegalStateException("nothing was wrong, and yet there is no declaration"));
    }

    /**
     * The declaration, for spellings that know the place of each key.
     *
     * @param complaints hears everything that is wrong
     * @return empty when too much is wrong to go on; with complaints, a declaration that may lack parts
     */
    public Optional<TableDeclaration> declaration(Complaints complaints) {
        Optional<CreateSql> sql = create.flatMap(text -> attempt(complaints, "create", () -> new CreateSql(text)));
        LeafOptions leaf = leaf(complaints);
        Optional<Scheme> whole = scheme(complaints);
        Optional<Retention> kept = retention.retention(complaints, whole);
        return whole.map(scheme -> {
            TableDeclaration declaration = TableDeclaration.of(table, scheme).withLeaf(leaf);
            if (sql.isPresent()) {
                declaration = with(complaints, "create", declaration, it -> it.withCreate(sql.get()));
            }
            declaration = with(complaints, "indexes", declaration, it -> it.withIndexes(indexes));
            declaration = with(complaints, "leaf-indexes", declaration, it -> it.withLeafIndexes(leafIndexes));
            return kept.isEmpty()
                    ? declaration
                    : with(complaints, RetentionWords.KEEP, declaration, it -> it.withRetention(kept.get()));
        });
    }

    private static TableDeclaration with(
            Complaints complaints, String key, TableDeclaration declaration, UnaryOperator<TableDeclaration> change) {
        return attempt(complaints, key, () -> change.apply(declaration)).orElse(declaration);
    }

    private LeafOptions leaf(Complaints complaints) {
        LeafOptions leaf = LeafOptions.NONE;
        for (Map.Entry<String, String> parameter : storage.entrySet()) {
            LeafOptions before = leaf;
            leaf = attempt(
                            complaints,
                            "leaf." + parameter.getKey(),
                            () -> before.with(parameter.getKey(), parameter.getValue()))
                    .orElse(before);
        }
        LeafOptions all = leaf;
        return tablespace
                .flatMap(name -> attempt(complaints, "leaf.tablespace", () -> all.in(Identifier.parse(name))))
                .orElse(all);
    }
}
