package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;

/** Makes sure of what a step touches, in a statement that travels with the step wherever it is run. */
public final class Identity {

    /** The SQLSTATE with which a guard refuses. */
    public static final String REFUSED = "PT001";

    private Identity() {}

    /**
     * Does nothing if a row is found, and refuses otherwise.
     *
     * @param found a query
     * @param message what to say when there is none
     */
    public static Sql guard(Sql found, String message) {
        return refuse("NOT EXISTS", found, message);
    }

    /**
     * Refuses if a row is found, and does nothing otherwise.
     *
     * @param found a query
     * @param message what to say when there is one
     */
    public static Sql refusal(Sql found, String message) {
        return refuse("EXISTS", found, message);
    }

    private static Sql refuse(String when, Sql found, String message) {
        Sql body = Sql.of(
                "BEGIN IF {} ({}) THEN RAISE EXCEPTION USING ERRCODE = {}, MESSAGE = {}; END IF; END",
                new Sql(when),
                found,
                Literal.of(REFUSED),
                Literal.of(message));
        return Sql.of("DO {}", Literal.of(body.sql()));
    }
}
