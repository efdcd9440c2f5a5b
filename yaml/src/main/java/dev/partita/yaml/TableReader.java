package dev.partita.yaml;

import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.LevelKey;
import dev.partita.declaration.LevelKey.Fit;
import dev.partita.declaration.TableBuilder;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells a declaration what the file says about its table. */
final class TableReader extends LevelReader {

    private final TableBuilder table;

    TableReader(TableBuilder table, Value self) {
        super(table, self);
        this.table = table;
    }

    /**
     * The declaration of one table.
     *
     * @param name the table
     * @param value what the file says about it
     * @param defaults what the file says about all tables
     * @return empty when too much is wrong
     */
    static Optional<TableDeclaration> read(String name, Value value, Defaults defaults) {
        Optional<Section> section = value.isEmpty() ? Optional.of(Section.empty(value)) : value.section(Keys.TABLE);
        return section.flatMap(known -> {
            TableReader told = new TableReader(TableDeclaration.table(name), value);
            told.tell(known);
            Keys.TABLE.forEach(key -> {
                if (LevelKey.of(key).isEmpty()) {
                    known.value(key).ifPresent(own -> told.tell(key, own));
                }
            });
            told.tell(known, defaults);
            return told.table.declaration(told);
        });
    }

    /** Tells what is said about all tables, as far as the table does not say it itself and it means something there. */
    private void tell(Section own, Defaults defaults) {
        if (own.has(PartitionMethod.RANGE.word()) && !own.has(LevelKey.EVERY.word())) {
            defaults.take(LevelKey.EVERY.word()).ifPresent(value -> tell(LevelKey.EVERY, value));
        }
        Optional<Fit> kind = table.kind();
        for (LevelKey key : LevelKey.values()) {
            if (kind.isPresent() && key != LevelKey.EVERY && !own.has(key.word())) {
                defaults.take(key, kind.get()).ifPresent(value -> tell(key, value));
            }
        }
        for (String key : List.of(Keys.INDEXES, Keys.LEAF_INDEXES, Keys.LEAF)) {
            if (!own.has(key)) {
                defaults.take(key).ifPresent(value -> tell(key, value));
            }
        }
        retention(own, defaults);
    }

    private void retention(Section own, Defaults defaults) {
        Optional<Value> keep = own.value(Keys.KEEP).or(() -> {
            Optional<Value> taken = defaults.takeKeep(table.outermostRange());
            taken.ifPresent(value -> tell(Keys.KEEP, value));
            return taken;
        });
        if (keep.isEmpty() || keep.get().plain().equals("forever")) {
            return;
        }
        for (String key : List.of(Keys.THEN, Keys.RETIRE, Keys.RETIRE_WINDOW)) {
            if (!own.has(key)) {
                defaults.take(key).ifPresent(value -> tell(key, value));
            }
        }
        for (String key : List.of(Keys.GRACE, Keys.DROP)) {
            if (!own.has(key) && place(Keys.THEN).plain().equals("drop")) {
                defaults.take(key).ifPresent(value -> tell(key, value));
            }
        }
    }

    /** Tells what the file says about one key, whether of the table or of its outermost level. */
    void tell(String key, Value value) {
        Optional<LevelKey> ofLevel = LevelKey.of(key);
        if (ofLevel.isPresent()) {
            tell(ofLevel.get(), value);
            return;
        }
        remember(key, value);
        switch (key) {
            case Keys.CREATE -> heard(value, Value::text).ifPresent(table::create);
            case Keys.KEEP -> heard(value, Value::word).ifPresent(table::keep);
            case Keys.THEN -> heard(value, Value::word).ifPresent(table::then);
            case Keys.GRACE -> heard(value, Value::word).ifPresent(table::grace);
            case Keys.RETIRE -> heard(value, Value::word).ifPresent(table::retire);
            case Keys.DROP -> heard(value, Value::word).ifPresent(table::drop);
            case Keys.RETIRE_WINDOW -> hours(value);
            case Keys.PINS ->
                value.items().forEach(item -> heard(item, Value::word).ifPresent(table::pin));
            case Keys.UNLESS -> unless(value);
            case Keys.INDEXES -> indexes(value, table::index);
            case Keys.LEAF_INDEXES -> indexes(value, table::leafIndex);
            case Keys.LEAF -> leaf(value);
            default -> {
                // a method, which the level has been told already
            }
        }
    }

    private void hours(Value value) {
        List<String> hours = value.items().stream()
                .flatMap(item -> heard(item, Value::word).stream())
                .toList();
        if (hours.size() == value.items().size()) {
            table.retireWindow(String.join(", ", hours));
        }
    }

    private void unless(Value value) {
        value.anyKeys()
                .ifPresent(section -> section.values().forEach((column, listed) -> {
                    List<Value> items = listed.items();
                    List<ListValue> values = items.stream()
                            .flatMap(item -> item.listValue().stream())
                            .toList();
                    if (values.size() == items.size()) {
                        table.unlessAny(column, values);
                    }
                }));
    }

    private void leaf(Value value) {
        value.section(Keys.STORAGE)
                .ifPresent(section -> section.values().forEach((key, option) -> {
                    remember(Keys.LEAF + "." + key, option);
                    Optional<String> word = heard(option, Value::word);
                    if (key.equals(Keys.TABLESPACE)) {
                        word.ifPresent(table::tablespace);
                    } else {
                        word.ifPresent(text -> table.leaf(key, text));
                    }
                }));
    }

    private void indexes(Value value, Consumer<IndexDeclaration> each) {
        if (!value.isList()) {
            value.wrong(
                    ProblemCode.VALUE_INVALID,
                    "a list of indexes belongs here",
                    "write [customer_id], or one item a line");
            return;
        }
        value.items().forEach(item -> heard(item, TableReader::index).ifPresent(each));
    }

    private static Optional<IndexDeclaration> index(Value item) {
        if (!item.isSection()) {
            return columns(item).flatMap(columns -> item.tried(() -> IndexDeclaration.of(columns)));
        }
        return item.section(Keys.INDEX).flatMap(section -> {
            if (!section.has("columns")) {
                item.wrong(ProblemCode.KEY_MISSING, "the index does not say its columns", "add columns: [customer_id]");
                return Optional.empty();
            }
            return section.value("columns")
                    .flatMap(
                            value -> columns(value).flatMap(columns -> value.tried(() -> IndexDeclaration.of(columns))))
                    .map(plain -> described(section, plain));
        });
    }

    private static IndexDeclaration described(Section section, IndexDeclaration plain) {
        IndexDeclaration index = plain;
        Optional<Value> name = section.value("name");
        Optional<Value> include = section.value("include");
        Optional<Value> using = section.value("using");
        Optional<Value> unique = section.value("unique");
        if (name.isPresent()) {
            index = name.get()
                    .word()
                    .flatMap(word -> name.get().tried(() -> Identifier.parse(word)))
                    .map(index::named)
                    .orElse(index);
        }
        if (include.isPresent()) {
            index = index.including(names(include.get()));
        }
        IndexDeclaration soFar = index;
        if (using.isPresent()) {
            index = using.get()
                    .word()
                    .flatMap(word -> using.get().tried(() -> soFar.using(word)))
                    .orElse(index);
        }
        if (unique.isPresent() && unique.get().yesOrNo().orElse(false)) {
            IndexDeclaration before = index;
            index = unique.get().tried(before::forbiddingDuplicates).orElse(before);
        }
        Optional<Value> newest = section.value("newest");
        if (newest.isPresent()) {
            IndexDeclaration everywhere = index;
            index = newest.get()
                    .word()
                    .flatMap(word -> newest.get().tried(() -> everywhere.onNewest(word)))
                    .orElse(everywhere);
        }
        return index;
    }

    private static List<Identifier> names(Value value) {
        List<Identifier> names = new ArrayList<>();
        value.items()
                .forEach(item -> item.word()
                        .flatMap(word -> item.tried(() -> Identifier.parse(word)))
                        .ifPresent(names::add));
        return names;
    }

    /** The columns of an index; empty when one of them is no column. */
    private static Optional<List<IndexDeclaration.Column>> columns(Value value) {
        List<IndexDeclaration.Column> columns = new ArrayList<>();
        List<Value> items = value.items();
        items.forEach(item -> item.word()
                .flatMap(word -> item.tried(() -> IndexDeclaration.Column.parse(word)))
                .ifPresent(columns::add));
        return columns.size() < items.size() ? Optional.empty() : Optional.of(columns);
    }
}
