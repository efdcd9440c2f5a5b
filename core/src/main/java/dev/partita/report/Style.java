package dev.partita.report;

/**
 * What emphasis looks like; the caller knows whether there is a terminal and which codes it understands. A style may add
 * what has no width, and nothing else.
 */
public interface Style {

    /** No emphasis: for files, pipes and tests. */
    Style PLAIN = new Style() {};

    /** The names of tables, and sums. */
    default String strong(String text) {
        return text;
    }

    /** What is made, and what worked. */
    default String good(String text) {
        return text;
    }

    /** What somebody should look at. */
    default String warning(String text) {
        return text;
    }

    /** What did not work. */
    default String bad(String text) {
        return text;
    }

    /** What may be overlooked. */
    default String faint(String text) {
        return text;
    }
}
