package dev.partita.yaml;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of the file.
 *
 * @param path the keys that lead to it, as a person would say them
 * @param key where its key stands; an item of a list stands for itself
 * @param node the value
 * @param faults hears what is wrong with it
 */
record Value(String path, Node key, Node node, Faults faults) {

    private static final int LONGEST_WORD = 1_000;

    /** The path of something below. */
    String below(String name) {
        return path.isEmpty() ? name : path + " > " + name;
    }

    void wrong(ProblemCode code, String message, String... waysOut) {
        faults.add(node, path, Problem.of(code, path, message, waysOut));
    }

    /** A problem with the value, or with the key itself where the key is what is wrong. */
    void wrong(Problem problem) {
        boolean atTheKey = problem.code() == ProblemCode.KEY_UNKNOWN || problem.code() == ProblemCode.KEY_MISSING;
        faults.add(atTheKey ? key : node, path, problem);
    }

    /** The value as it stands, or nothing when it is more than a single one; never a fault. */
    String plain() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    boolean isSection() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether nothing stands there, or null. */
    boolean isEmpty() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The value as text, whatever type YAML sees in it. */
    Optional<String> word() {
        return text(LONGEST_WORD);
    }

    /** The value as text of any length. */
    Optional<String> text() {
        return text(Source.MOST_BYTES);
    }

    private Optional<String> text(int longest) {
        if (!(node instanceof ScalarNode scalar)) {
            wrong(ProblemCode.VALUE_INVALID, "a single value belongs here, not " + kind(), "write key: value");
            return Optional.empty();
        }
        if (isEmpty()) {
            wrong(ProblemCode.VALUE_INVALID, "has no value", "give it one, or leave the key out");
            return Optional.empty();
        }
        if (scalar.getValue().length() > longest) {
            wrong(ProblemCode.VALUE_INVALID, "is longer than " + longest + " characters", "shorten it");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    private String kind() {
        return isSection() ? "keys with values" : isList() ? "a list" : "a single value";
    }

    Optional<Boolean> yesOrNo() {
        if (!node.getTag().equals(Tag.BOOL)) {
            wrong(ProblemCode.VALUE_INVALID, "is neither true nor false", "write true or false");
            return Optional.empty();
        }
        return word().map(word -> word.equalsIgnoreCase("true"));
    }

    /** The keys below; empty, and a fault, when this is no mapping. */
    Optional<Section> section(Set<String> known) {
        return mapping().map(mapping -> Section.of(this, mapping, known));
    }

    /** The keys below, whatever they are. */
    Optional<Section> anyKeys() {
        return mapping().map(mapping -> Section.of(this, mapping));
    }

    private Optional<MappingNode> mapping() {
        if (node instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        if (isEmpty()) {
            wrong(ProblemCode.VALUE_INVALID, "has no value", "write key: value below it, or leave the key out");
        } else {
            wrong(
                    ProblemCode.VALUE_INVALID,
                    "keys with values belong here, not " + kind(),
                    "write key: value below it");
        }
        return Optional.empty();
    }

    /** The items of a list; a single value stands for a list of one. */
    List<Value> items() {
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(this);
        }
        List<Value> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new Value(path, item, item, faults)));
        return items;
    }

    /**
     * What a list partition takes: a text as it stands, a whole number or boolean as PostgreSQL prints it, null for rows
     * without a value. What YAML could read otherwise than it looks has to say in quotes that it is a text.
     */
    Optional<ListValue> listValue() {
        if (isEmpty() && plain().isEmpty()) {
            wrong(
                    ProblemCode.VALUE_INVALID,
                    "has no value",
                    "write null for rows without a value, '' for an empty text");
            return Optional.empty();
        }
        if (isEmpty()) {
            return Optional.of(ListValue.NULL);
        }
        Optional<String> word = word();
        Tag tag = node.getTag();
        boolean clear = tag.equals(Tag.INT)
                ? word.filter(text -> text.matches("0|-?[1-9][0-9]*")).isPresent()
                : tag.equals(Tag.BOOL)
                        ? word.filter(text -> text.matches("true|false")).isPresent()
                        : !tag.equals(Tag.FLOAT)
                                || word.filter(text -> text.matches("-?(0|[1-9][0-9]*)\\.[0-9]+"))
                                        .isPresent();
        if (word.isPresent() && !clear) {
            wrong(
                    ProblemCode.VALUE_INVALID,
                    word.get() + " could be read in two ways",
                    "put it in quotes if it is a text: '" + word.get() + "'",
                    "write it plainly if it is a number or boolean: 7, 1.5, true, false");
            return Optional.empty();
        }
        return word.flatMap(text -> tried(() -> new ListValue(text)));
    }

    /** What the supplier makes; empty, and a fault here, when it refuses. */
    <T> Optional<T> tried(Supplier<T> supplier) {
        try {
            return Optional.of(supplier.get());
        } catch (PartitaException e) {
            e.problems().forEach(this::wrong);
            return Optional.empty();
        }
    }
}
