package dev.partita.check;

import java.time.Duration;

/**
 * From where on something is worth a word.
 *
 * @param warn a runway shorter than that is a warning
 * @param page a runway shorter than that is an error; not above {@code warn}
 * @param oversized a leaf of more bytes than that is
 * @param skewed a leaf of fewer bytes than that is never called skewed
 */
public record Thresholds(Duration warn, Duration page, long oversized, long skewed) {

    private static final long MEGABYTE = 1L << 20;

    /** A month to act, a week to be woken. */
    public static final Thresholds USUAL =
            new Thresholds(Duration.ofDays(30), Duration.ofDays(7), 100 * 1024 * MEGABYTE, 64 * MEGABYTE);

    public Thresholds {
        if (page.isNegative() || warn.compareTo(page) < 0) {
            throw new IllegalArgumentException("a warning at " + warn + " comes after the page at " + page);
        }
    }

    /** The same with other limits of the runway. */
    public Thresholds runway(Duration newWarn, Duration newPage) {
        return new Thresholds(newWarn, newPage, oversized, skewed);
    }
}
