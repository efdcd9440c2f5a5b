package dev.partita.migration;

import java.time.Duration;

/**
 * How much is done at once: more is faster, less is sooner over for whoever waits for it.
 *
 * @param chunk so many blocks are copied in one transaction, from 1
 * @param batch so many noted changes are brought over in one transaction, from 1
 * @param little so few noted changes left, the rest is brought over while everybody waits, from 0
 * @param aim so long one connection is to copy at once, by how fast it has copied so far; zero to keep the number of blocks
 */
public record Pace(long chunk, int batch, int little, Duration aim) {

    /** A second's worth of blocks, 16 MiB at first. */
    public static final Pace BRISK = new Pace(2_048, 10_000, 500, Duration.ofSeconds(1));

    private static final long FEWEST = 16;

    /** 1 GiB. */
    private static final long MOST = 131_072;

    /** At the end there are still so many pieces for each connection, so that all have something to do until then. */
    private static final long PIECES_LEFT = 8;

    /** The same number of blocks all the time. */
    public Pace(long chunk, int batch, int little) {
        this(chunk, batch, little, Duration.ZERO);
    }

    public Pace {
        if (chunk < 1 || batch < 1 || little < 0 || aim.isNegative()) {
            throw new IllegalArgumentException("not a pace: " + chunk + ", " + batch + ", " + little + ", " + aim);
        }
    }

    /** The same, but all noted changes at once: in parts, rows that have exchanged unique values stand in each other's way. */
    Pace withTheWholeLog() {
        return new Pace(chunk, ApplyLog.ALL, little, aim);
    }

    /** So many noted changes may be left to the moment in which nobody writes; none after a failure, for even a few can be of huge rows. */
    int left() {
        return batch == ApplyLog.ALL ? 0 : little;
    }

    /**
     * With as many blocks as one connection copies in the time that is aimed at.
     *
     * @param speed how many it has copied a second; 0 when that is not known
     * @param left how many there are still to be copied
     * @param workers how many connections copy
     */
    Pace at(double speed, long left, int workers) {
        if (aim.isZero() || speed <= 0) {
            return this;
        }
        double inTime = speed * aim.toMillis() / 1_000;
        double most = Math.min(MOST, (double) left / (workers * PIECES_LEFT));
        return new Pace((long) Math.max(FEWEST, Math.min(inTime, most)), batch, little, aim);
    }
}
