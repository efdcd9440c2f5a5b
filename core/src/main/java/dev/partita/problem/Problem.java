package dev.partita.problem;

import java.util.List;

/**
 * One thing that is wrong: data first, sentence second.
 *
 * @param code the stable name
 * @param where the table, or the place in a file as {@code partita.yml:12:5}
 * @param message what is wrong and why, as a sentence without the place
 * @param waysOut what a person can do about it, most advisable first; may hold SQL to run
 */
public record Problem(ProblemCode code, String where, String message, List<String> waysOut) {

    public Problem {
        waysOut = List.copyOf(waysOut);
    }

    public static Problem of(ProblemCode code, String where, String message, String... waysOut) {
        return new Problem(code, where, message, List.of(waysOut));
    }

    /** The same problem, seen from another place. */
    public Problem at(String otherPlace) {
        return new Problem(code, otherPlace, message, waysOut);
    }

    /** The problem as people read it: code, place, sentence, ways out, page. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(code).append("  ").append(where).append(": ").append(message);
        for (String wayOut : waysOut) {
            text.append("\n  fix: ").append(wayOut.replace("\n", "\n       "));
        }
        return text.append("\n  see: ").append(code.page()).toString();
    }
}
