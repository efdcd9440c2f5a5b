package dev.partita.cli.connection;

import java.util.Arrays;

/** A password in memory: never printed, overwritten when closed. Not thread-safe. */
final class Secret implements AutoCloseable {

    private final char[] characters;

    private Secret(char[] characters) {
        this.characters = characters;
    }

    static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    /** Copies a part of the array and overwrites the whole of it. */
    static Secret takenFrom(char[] text, int from, int to) {
        Secret secret = new Secret(Arrays.copyOfRange(text, from, to));
        Arrays.fill(text, '\0');
        return secret;
    }

    /** The password as the driver wants it. A string cannot be overwritten: hand it on at once and keep no copy. */
    String reveal() {
        return new String(characters);
    }

    boolean isEmpty() {
        return characters.length == 0;
    }

    boolean sameAs(Secret other) {
        return Arrays.equals(characters, other.characters);
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
