package dev.partita.migration;

/**
 * How much is done at once: more is faster, less is sooner over for whoever waits for it.
 *
 * @param chunk so many blocks are copied in one transaction, from 1
 * @param batch so many noted changes are brought over in one transaction, from 1
 * @param little so few noted changes left, the rest is brought over while everybody waits, from 0
 */
public record Pace(long chunk, int batch, int little) {

    /** 16 MiB at once, half a second, so that all who copy have something to do until the end. */
    public static final Pace BRISK = new Pace(2_048, 10_000, 500);

    /** The same, but all noted changes at once: in parts, rows that have exchanged unique values stand in each other's way. */
    Pace withTheWholeLog() {
        return new Pace(chunk, ApplyLog.ALL, little);
    }

    public Pace {
        if (chunk < 1 || batch < 1 || little < 0) {
            throw new IllegalArgumentException("not a pace: " + chunk + ", " + batch + ", " + little);
        }
    }
}
