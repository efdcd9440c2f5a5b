package dev.partita.yaml;

import dev.partita.declaration.Complaints;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Encoding;
import dev.partita.declaration.Level;
import dev.partita.declaration.LevelKey;
import dev.partita.declaration.LevelWords;
import dev.partita.declaration.ListPartition;
import dev.partita.declaration.Scheme;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells one level of a declaration what the file says, a key at a time, and remembers where it said so: complaints about a
 * key come back to its place.
 */
class LevelReader implements Complaints {

    private final LevelWords<?> level;
    private final Value self;
    private final Map<String, Value> said = new HashMap<>();
    private boolean listOfValues;
    private boolean misread;

    LevelReader(LevelWords<?> level, Value self) {
        this.level = level;
        this.self = self;
    }

    /** The level that a {@code then-by} describes. */
    private static Optional<Scheme> below(Value value) {
        return value.section(Keys.LEVEL).flatMap(section -> {
            Level level = Level.undivided();
            LevelReader told = new LevelReader(level, value);
            told.tell(section);
            return level.scheme(told);
        });
    }

    /** Tells everything that a section says about the level. */
    final void tell(Section section) {
        method(section);
        for (LevelKey key : LevelKey.values()) {
            section.value(key.word()).ifPresent(value -> tell(key, value));
        }
    }

    private void method(Section section) {
        Optional<PartitionMethod> first = Optional.empty();
        for (PartitionMethod method : PartitionMethod.values()) {
            Optional<Value> column = section.value(method.word());
            if (column.isPresent() && first.isPresent()) {
                Value other = column.get();
                other.faults()
                        .add(
                                other.key(),
                                other.path(),
                                Problem.of(
                                        ProblemCode.KEY_DUPLICATE,
                                        "",
                                        "a level is divided one way, and "
                                                + first.get().word() + " is there already",
                                        "keep one of the two, or put the second under then-by"));
            } else if (column.isPresent()) {
                first = Optional.of(method);
                said.put(method.word(), column.get());
                listOfValues = method == PartitionMethod.LIST;
                level.dividedBy(method, heard(column.get(), Value::word).orElse("unknown"));
            }
        }
    }

    /** Tells what the file says about one key. */
    final void tell(LevelKey key, Value value) {
        said.put(key.word(), value);
        switch (key) {
            case EVERY -> heard(value, Value::word).ifPresent(level::every);
            case ZONE -> heard(value, Value::word).ifPresent(level::zone);
            case AHEAD -> heard(value, Value::word).ifPresent(level::ahead);
            case FROM -> heard(value, Value::word).ifPresent(level::from);
            case ANCHOR -> heard(value, Value::word).ifPresent(level::anchor);
            case CURSOR -> heard(value, Value::word).ifPresent(level::cursor);
            case EARLIER -> earlier(value);
            case NAME -> heard(value, Value::word).ifPresent(level::name);
            case ENCODING -> encoding(value);
            case DEFAULT -> fallback(value);
            case PARTITIONS -> partitions(value);
            case THEN_BY -> heard(value, LevelReader::below).ifPresent(level::thenBy);
        }
    }

    /** What can be read from the value; remembers when it cannot, since a complaint about its absence is then noise. */
    final <T> Optional<T> heard(Value value, Function<Value, Optional<T>> reading) {
        int before = value.faults().count();
        Optional<T> heard = reading.apply(value);
        misread |= value.faults().count() > before;
        return heard;
    }

    private void earlier(Value value) {
        List<String> periods = value.items().stream()
                .flatMap(item -> heard(item, Value::word).stream())
                .toList();
        if (periods.size() == value.items().size()) {
            level.earlier(periods.toArray(String[]::new));
        }
    }

    private void encoding(Value value) {
        if (value.isSection()) {
            heard(value, LevelReader::snowflake).ifPresent(level::encoding);
        } else {
            heard(value, Value::word).ifPresent(level::encoding);
        }
    }

    private static Optional<Encoding> snowflake(Value value) {
        Optional<Value> found = value.section(Keys.ENCODING).flatMap(section -> section.value("snowflake"));
        if (found.isEmpty()) {
            value.wrong(
                    ProblemCode.KEY_MISSING,
                    "only snowflake has keys of its own",
                    "write encoding: epoch-ms, or another word");
            return Optional.empty();
        }
        return found.get().section(Keys.SNOWFLAKE).flatMap(section -> {
            Optional<Value> epoch = section.value("epoch");
            if (epoch.isEmpty()) {
                found.get()
                        .wrong(
                                ProblemCode.KEY_MISSING,
                                "does not say when its clock begins",
                                "add epoch: 2010-11-04T01:42:54.657Z for Twitter's, 2020-01-01 for TSID's");
                return Optional.empty();
            }
            Optional<Integer> shift = section.value("shift")
                    .map(LevelReader::wholeNumber)
                    .orElse(Optional.of(Encoding.Snowflake.USUAL_SHIFT));
            return epoch.get()
                    .word()
                    .flatMap(word -> epoch.get().tried(() -> Encoding.Snowflake.epoch(word)))
                    .flatMap(begin -> shift.flatMap(bits -> section.value("shift")
                            .orElse(found.get())
                            .tried(() -> new Encoding.Snowflake(begin, bits))));
        });
    }

    private static Optional<Integer> wholeNumber(Value value) {
        Optional<String> word = value.word();
        if (word.isPresent() && !word.get().matches("\\d{1,9}")) {
            value.wrong(ProblemCode.VALUE_INVALID, "'" + word.get() + "' is not a whole number", "write digits");
            return Optional.empty();
        }
        return word.map(Integer::valueOf);
    }

    private void fallback(Value value) {
        if (value.isSection()) {
            heard(value, LevelReader::namedDefault).ifPresent(level::otherwise);
        } else {
            heard(value, Value::word).ifPresent(level::otherwise);
        }
    }

    private static Optional<DefaultPartition> namedDefault(Value value) {
        return value.section(Keys.DEFAULT).flatMap(section -> {
            String policy =
                    section.value("policy").isPresent() ? section.word("policy").orElse("") : "accept";
            Optional<String> name = section.has("name") ? section.word("name") : Optional.of("default");
            return policy.isEmpty()
                    ? Optional.empty()
                    : name.flatMap(suffix -> value.tried(() -> DefaultPartition.parse(policy, suffix)));
        });
    }

    private void partitions(Value value) {
        if (value.isSection()) {
            heard(value, LevelReader::listed).ifPresent(partitions -> partitions.forEach(level::partition));
        } else if (listOfValues) {
            heard(value, wrong -> {
                wrong.wrong(
                        ProblemCode.VALUE_INVALID,
                        "a list names its partitions and what belongs there",
                        "write partitions: { na: [NA], apac: [AS, OC] }");
                return Optional.empty();
            });
        } else {
            heard(value, Value::word).ifPresent(level::partitions);
        }
    }

    private static Optional<List<ListPartition>> listed(Value value) {
        return value.anyKeys().map(section -> {
            List<ListPartition> partitions = new ArrayList<>();
            List<Value> places = new ArrayList<>();
            section.values()
                    .forEach((name, place) -> listed(name, place).ifPresent(partition -> {
                        partitions.add(partition);
                        places.add(place);
                    }));
            Set<ListPartition> clashing = new HashSet<>();
            for (Scheme.Values.Clash clash : Scheme.Values.clashes(partitions)) {
                Value place = places.get(clash.partition());
                place.items().get(Math.max(0, clash.value())).wrong(clash.problem());
                clashing.add(partitions.get(clash.partition()));
            }
            partitions.removeAll(clashing);
            return partitions;
        });
    }

    private static Optional<ListPartition> listed(String name, Value place) {
        List<ListValue> values = new ArrayList<>();
        List<Value> items = place.items();
        items.forEach(item -> item.listValue().ifPresent(values::add));
        return values.size() < items.size() ? Optional.empty() : place.tried(() -> new ListPartition(name, values));
    }

    /** Where the file says something about a key, or where it should have. */
    Value place(String key) {
        return said.getOrDefault(key, self);
    }

    final void remember(String key, Value value) {
        said.put(key, value);
    }

    @Override
    public void about(String key, Problem problem) {
        if (problem.code() != ProblemCode.KEY_MISSING || !misread) {
            place(key).wrong(problem);
        }
    }
}
