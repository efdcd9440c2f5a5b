package dev.partita.sql;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What PostgreSQL can store as text, and what it cannot. */
public final class Storable {

    private Storable() {}

    /** Why PostgreSQL cannot store the text; empty when it can. */
    public static Optional<String> flaw(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("cannot hold a NUL character");
        }
        boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return whole ? Optional.empty() : Optional.of("cannot hold half a character");
    }
}
