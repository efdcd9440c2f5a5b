package dev.partita.step;

/**
 * Why a step is wanted.
 *
 * @param why for programs
 * @param sentence for people, without a full stop
 */
public record Reason(Why why, String sentence) {

    /** The kinds of reasons, most urgent first: the order in which partitions are made. */
    public enum Why {
        /** Something a crash left behind. */
        LEFTOVER,
        /** The table is declared and does not exist. */
        NEW,
        /** Rows of the present have nowhere to go. */
        CURRENT,
        /** The declared future is not there yet. */
        AHEAD,
        /** Somebody asked for this range by name. */
        ASKED,
        /** A hole between partitions, or an older period that is declared. */
        GAP,
        /** Makes another step kind to the application. */
        KINDNESS,
        /** Older, or more, than what is kept. */
        KEPT_LONG_ENOUGH,
        /** Its grace is over. */
        GRACE_OVER,
        /** It was retired, and is to be kept after all. */
        WANTED_AGAIN,
        /** An index is declared and not there, or not on every partition. */
        INDEX_DECLARED,
        /** A partition has become unlike its table. */
        REPAIR
    }

    @Override
    public String toString() {
        return sentence;
    }
}
