package dev.partita.test;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The majors that a run of tests is for. */
public final class Majors {

    static final List<Integer> SUPPORTED = List.of(14, 15, 16, 17, 18);

    private static final String PROPERTY = "partita.test.majors";
    private static final String VARIABLE = "PARTITA_TEST_MAJORS";

    private Majors() {}

    /** All supported ones, or those that {@code -Dpartita.test.majors=14,18} or {@code PARTITA_TEST_MAJORS} says. */
    public static SortedSet<Integer> selected() {
        return selected(Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                .orElse(""));
    }

    static SortedSet<Integer> selected(String wish) {
        if (wish.isBlank()) {
            return new TreeSet<>(SUPPORTED);
        }
        SortedSet<Integer> majors = new TreeSet<>();
        Arrays.stream(wish.split(",")).map(String::strip).map(Integer::valueOf).forEach(majors::add);
        return majors;
    }
}
