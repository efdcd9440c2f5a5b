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

    /** The one that is held by whoever took both. */
    public static Lock stronger(Lock one, Lock other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether a plain SELECT has to wait for this lock. */
    public boolean blocksReads() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** Whether INSERT, UPDATE and DELETE have to wait for this lock. */
    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }

    /** The mode that {@code pg_locks.mode} calls so. */
    public static Lock ofCatalogName(String name) {
        for (Lock lock : values()) {
            if (lock.catalogName().equals(name)) {
                return lock;
            }
        }
        throw new IllegalArgumentException("no lock mode is called " + name);
    }

    /** Whether one session cannot hold this while another holds that, by PostgreSQL's table of conflicts. */
    public boolean conflictsWith(Lock other) {
        return switch (this) {
            case ACCESS_SHARE -> other == ACCESS_EXCLUSIVE;
            case ROW_SHARE -> other.compareTo(EXCLUSIVE) >= 0;
            case ROW_EXCLUSIVE -> other.compareTo(SHARE) >= 0;
            case SHARE_UPDATE_EXCLUSIVE -> other.compareTo(SHARE_UPDATE_EXCLUSIVE) >= 0;
            case SHARE -> other == ROW_EXCLUSIVE || other.compareTo(SHARE_UPDATE_EXCLUSIVE) >= 0 && other != SHARE;
            case SHARE_ROW_EXCLUSIVE -> other.compareTo(ROW_EXCLUSIVE) >= 0;
            case EXCLUSIVE -> other.compareTo(ROW_SHARE) >= 0;
            case ACCESS_EXCLUSIVE -> true;
        };
    }
}
