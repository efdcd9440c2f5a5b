package dev.partita.sql;

/** Something that may stand inside a statement because it knows how to quote itself. */
public interface SqlPart {

    /** This part as SQL text, quoted where PostgreSQL needs it. */
    String sql();
}
