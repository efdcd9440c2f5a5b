package dev.partita.sql;

import java.util.Locale;

/** PostgreSQL's table-level lock modes, weakest first. */
public enum Lock implements SqlPart {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /** As PostgreSQL writes it: {@code SHARE UPDATE EXCLUSIVE}. */
    @Override
    public String sql() {
        return name().replace('_', ' ');
    }

    /** As {@code pg_locks.mode} writes it: {@code ShareUpdateExclusiveLock}. */
    public String catalogName() {
        StringBuilder text = new StringBuilder();
        for (String word : name().split("_")) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.append("Lock").toString();
    }

    /** Whether a plain SELECT has to wait for this lock. */
    public boolean blocksReads() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** Whether INSERT, UPDATE and DELETE have to wait for this lock. */
    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }
}
