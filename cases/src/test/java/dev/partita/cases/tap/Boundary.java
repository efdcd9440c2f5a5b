package dev.partita.cases.tap;

/** A point at which what is under way can be broken off. */
public enum Boundary {
    /** A statement is about to be sent. */
    STATEMENT("before a statement"),
    /** A statement that is a transaction by itself is done. */
    ALONE("after a statement of its own"),
    /** A transaction is about to be committed. */
    COMMIT("before a commit"),
    /** A transaction is committed, and the client has not been told yet. */
    COMMITTED("after a commit");

    private final String words;

    Boundary(String words) {
        this.words = words;
    }

    /** Whether what was done is there to stay already. */
    public boolean isAfter() {
        return this == ALONE || this == COMMITTED;
    }

    @Override
    public String toString() {
        return words;
    }
}
