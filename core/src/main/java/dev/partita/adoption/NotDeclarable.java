package dev.partita.adoption;

/** Thrown and caught in here only: a table that no declaration describes. The message is a clause without a full stop. */
final class NotDeclarable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDeclarable(String why) {
        super(why, null, false, false);
    }
}
