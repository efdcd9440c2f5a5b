package dev.partita.yaml;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Everything that is wrong in one file. */
final class Faults {

    /** Nobody reads more at once. */
    private static final int MOST_SHOWN = 100;

    private static final int LONGEST_MESSAGE = 1_500;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    private record Fault(int index, Problem problem) {}

    private final String file;
    private final Set<Fault> faults = new LinkedHashSet<>();
    private int others;

    Faults(String file) {
        this.file = file;
    }

    /**
     * Something is wrong.
     *
     * @param node where
     * @param path the keys that lead there, empty for the file as a whole
     * @param problem what; its own place is forgotten
     */
    void add(Node node, String path, Problem problem) {
        add(node.getStartMark(), path, problem);
    }

    void add(Optional<Mark> mark, String path, Problem problem) {
        if (faults.size() == MOST_SHOWN) {
            others++;
            return;
        }
        String message = path.isEmpty() ? problem.message() : path + ": " + problem.message();
        faults.add(new Fault(
                mark.map(Mark::getIndex).orElse(0),
                new Problem(
                        problem.code(),
                        mark.map(at -> file + ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                                .orElse(file),
                        printable(message),
                        problem.waysOut().stream().map(Faults::printable).toList())));
    }

    /** At most so long, and without characters that a terminal would obey. */
    private static String printable(String text) {
        String whole = text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " …";
        return UNPRINTABLE
                .matcher(whole)
                .replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0)));
    }

    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    boolean none() {
        return faults.isEmpty();
    }

    int count() {
        return faults.size() + others;
    }

    /** @throws PartitaException if anything is wrong, with all of it in the order of the file */
    void raise() {
        if (faults.isEmpty()) {
            return;
        }
        List<Problem> problems = new ArrayList<>(faults.stream()
                .sorted(Comparator.comparingInt(Fault::index))
                .map(Fault::problem)
                .toList());
        if (others > 0) {
            problems.add(Problem.of(
                    ProblemCode.DECLARATION_UNREADABLE,
                    file,
                    "as many as " + others + " more problems are not shown",
                    "mend those above first"));
        }
        throw new PartitaException(problems);
    }
}
