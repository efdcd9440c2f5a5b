package dev.partita.step;

import dev.partita.sql.Sql;

/** What the statements of a transaction see of what others commit. */
public enum Isolation {
    /** Each statement sees what was committed before it. */
    READ_COMMITTED,
    /** All see what was committed before the first. */
    REPEATABLE_READ;

    /** The first statement of such a transaction, whatever the role has by default. */
    public Sql sql() {
        return new Sql("SET TRANSACTION ISOLATION LEVEL " + name().replace('_', ' '));
    }
}
