package dev.partita.table;

import dev.partita.sql.SqlPart;
import java.util.Locale;

/** How a table is divided. */
public enum PartitionMethod implements SqlPart {
    RANGE,
    LIST,
    HASH;

    @Override
    public String sql() {
        return name();
    }

    /** As people write it: {@code range}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
