package dev.partita.check;

/** What a look into a relation gave. */
public sealed interface Looked {

    /** It holds no row. */
    record Empty() implements Looked {}

    /** It holds at least one. */
    record Filled() implements Looked {}

    /**
     * Not known.
     *
     * @param why a clause: {@code locked by pid 4711 (psql)}
     */
    record Unknown(String why) implements Looked {}
}
