package dev.partita.migration;

import java.util.Arrays;

/** Where a migration is; in this order, but for its ends. */
public enum Phase {
    /** The new table and its partitions are made. */
    PREPARING("preparing"),
    /** Changes of the old table are noted, and its rows are copied. */
    COPYING("copying"),
    /** The new table gets its indexes. */
    INDEXING("indexing"),
    /** What has changed meanwhile is brought over. */
    CATCHING_UP("catching up"),
    /** The two are compared. */
    VERIFYING("verifying"),
    /** The new table may take the old one's place. */
    READY("ready"),
    /** Every change is made in both tables, until nobody has an older snapshot; then they change places. */
    IN_STEP("in step"),
    /** They have, and the old one is kept up to date. */
    SWAPPED("swapped"),
    /** The old table is to take its place again. */
    ROLLING_BACK("rolling back"),
    /** Every change is made in both tables, until nobody has an older snapshot; then they change places again. */
    RETURNING("returning"),
    /** The old table is gone. */
    FINISHED("finished"),
    /** The old table is in its place again, with everything that was written meanwhile. */
    ROLLED_BACK("rolled back"),
    /** Given up before the new table was used. */
    ABORTED("aborted");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** As it stands in the state schema. */
    public String word() {
        return word;
    }

    /** Whether nothing comes after it. */
    public boolean isOver() {
        return compareTo(RETURNING) > 0;
    }

    /** Whether the application works with the new table. */
    public boolean isSwapped() {
        return this == SWAPPED || this == ROLLING_BACK || this == RETURNING;
    }

    /** Whether changes are made in both tables. */
    boolean isMirrored() {
        return this == IN_STEP || this == RETURNING;
    }

    /** Whether the tables are about to change places, as soon as nobody has an older snapshot. */
    boolean waitsForSnapshots() {
        return this == READY || this == ROLLING_BACK || isMirrored();
    }

    /** @throws IllegalArgumentException if a newer partita has written it */
    static Phase of(String word) {
        return Arrays.stream(values())
                .filter(phase -> phase.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no phase is called " + word));
    }
}
