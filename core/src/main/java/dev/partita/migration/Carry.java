package dev.partita.migration;

import dev.partita.sql.Sql;

/**
 * Carries what was written to the one side over to the other: takes out there what the notes name, and puts in what the written side
 * has now. It does not matter in which order notes were made, nor how often the same is carried over.
 *
 * @param back whether the new table is written, and the old one is to be like it
 */
record Carry(Rewrite rewrite, boolean back) {

    /**
     * Takes rows out: those at noted places, and those at the places where the rows of noted keys are now.
     *
     * @param notes a query for keys and places
     */
    Sql gone(Sql notes) {
        return Sql.of(
                "DELETE FROM {} AS d USING (SELECT {} FROM ({}) AS l UNION SELECT {} FROM {} AS s WHERE {}) AS p WHERE {}",
                rewrite.target(back),
                Rewrite.of("l", rewrite.noted()),
                notes,
                Rewrite.of("s", rewrite.noted()),
                rewrite.written(back),
                noted(notes),
                Rewrite.same("d", "p", rewrite.noted()));
    }

    /**
     * Puts rows in: those of noted keys, as they are now.
     *
     * @param notes a query for keys and places
     */
    Sql come(Sql notes) {
        Sql columns = Sql.list(rewrite.columns());
        return Sql.of(
                "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {} AS s WHERE {}",
                rewrite.target(back).name(),
                columns,
                columns,
                rewrite.written(back),
                noted(notes));
    }

    private Sql noted(Sql notes) {
        return Sql.of(
                "({}) IN (SELECT {} FROM ({}) AS k)",
                Rewrite.of("s", rewrite.key()),
                Rewrite.of("k", rewrite.key()),
                notes);
    }
}
