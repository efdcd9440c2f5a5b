package dev.partita.yaml;

import dev.partita.problem.Nearest;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Keys with their values.
 *
 * @param self the section as a value
 * @param values by key, in the order of the file
 */
record Section(Value self, Map<String, Value> values) {

    private static final int MOST_LISTED = 30;

    /** The section; unknown keys and those that come twice are faults and left out. */
    static Section of(Value self, MappingNode mapping, Set<String> known) {
        Section section = of(self, mapping);
        section.values.keySet().stream()
                .filter(key -> !known.contains(key))
                .toList()
                .forEach(key -> section.refuse(key, known));
        return section;
    }

    /** The section; keys that come twice are faults and left out. */
    static Section of(Value self, MappingNode mapping) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode word)) {
                self.faults()
                        .add(
                                key,
                                self.path(),
                                Problem.of(
                                        ProblemCode.VALUE_INVALID,
                                        "",
                                        "a key has to be a single word",
                                        "write key: value"));
                continue;
            }
            String name = word.getValue();
            Value value = new Value(self.below(name), key, tuple.getValueNode(), self.faults());
            Value first = values.putIfAbsent(name, value);
            if (first != null) {
                self.faults()
                        .add(
                                key,
                                value.path(),
                                Problem.of(
                                        ProblemCode.KEY_DUPLICATE,
                                        "",
                                        "comes a second time; the first is in line " + Faults.line(first.key()),
                                        "keep one of the two"));
            }
        }
        return new Section(self, values);
    }

    /** A section that says nothing. */
    static Section empty(Value self) {
        return new Section(self, Map.of());
    }

    private void refuse(String key, Set<String> known) {
        Value value = values.remove(key);
        List<String> homes = Keys.homes(key);
        String wayOut = Nearest.to(key, known)
                .map(near -> "did you mean " + near + "?")
                .orElseGet(() -> !homes.isEmpty()
                        ? "it belongs to " + String.join(" or ", homes)
                        : known.size() <= MOST_LISTED
                                ? "known here: " + String.join(", ", known)
                                : "see those known in docs/reference/partita-yml.md");
        if (value != null) {
            value.wrong(Problem.of(ProblemCode.KEY_UNKNOWN, "", "'" + key + "' is not a key here", wayOut));
        }
    }

    Optional<Value> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> word(String key) {
        return value(key).flatMap(Value::word);
    }
}
