package dev.partita.sql;

import java.util.Optional;

/** What PostgreSQL can store as text, and what it cannot. */
public final class Storable {

    private Storable() {}

    /** Why PostgreSQL cannot store the text; empty when it can. */
    public static Optional<String> flaw(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\0') {
                return Optional.of("cannot hold a NUL character");
            }
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c)) {
                return Optional.of("cannot hold half a character");
            }
        }
        return Optional.empty();
    }
}
